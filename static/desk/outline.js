// The headings of the text in the outline follow what is typed, and lead to their lines.

const body = document.getElementById("id_body");
const headings = document.querySelector("[data-headings]");
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*\s*$/;

function headingsOf(text) {
  let fence = "";
  return text.split("\n").flatMap((line, number) => {
    const [, mark] = FENCE.exec(line) ?? [];
    if (mark && (!fence || mark.startsWith(fence))) fence = fence ? "" : mark;
    const [, signs, title] = (!fence && HEADING.exec(line)) || [];
    return title ? [{ number, title, level: signs.length }] : [];
  });
}

function listHeadings() {
  const lines = headingsOf(body.value).map(({ number, title, level }) => {
    const line = made("li");
    const link = made("a", { href: "#id_body", textContent: title, dir: "auto" });
    line.dataset.level = level;
    link.dataset.line = number;
    line.append(link);
    return line;
  });
  headings.replaceChildren(...lines);
}

// A copy of the field with the text before a line is as high as the place of that line.
function goToLine(number) {
  const before = body.value.split("\n").slice(0, number).join("\n");
  const copy = body.cloneNode();
  copy.removeAttribute("name");
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", inlineSize: `${body.offsetWidth}px`, blockSize: "0", minBlockSize: "0" });
  copy.value = before;
  body.after(copy);
  const { scrollHeight } = copy;
  copy.remove();
  const at = before.length + (number ? 1 : 0);
  body.focus({ preventScroll: true });
  body.setSelectionRange(at, at);
  body.scrollTop = Math.max(scrollHeight - 60, 0);
  body.scrollIntoView({ block: "start" });
}

if (body && headings) {
  let waiting;
  body.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(listHeadings, 300);
  });
  headings.addEventListener("click", (event) => {
    const { line } = event.target.dataset;
    if (line === undefined) return;
    event.preventDefault();
    goToLine(Number(line));
  });
}
