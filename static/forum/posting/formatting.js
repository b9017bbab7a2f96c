// Five buttons above the words, for whoever does not know the signs by heart, and keys for those who do.

const surround = (sign) => (words) => (words ? `${sign}${words}${sign}` : [`${sign}${sign}`, sign.length]);
const lines = (sign) => (words) => words.replace(/^/gm, sign);

function code(words) {
  if (words.includes("\n")) return `\`\`\`\n${words}\n\`\`\``;
  return surround("`")(words);
}

function link(words) {
  if (/^https?:\S+$/.test(words)) return [`[](${words})`, 1];
  return words ? [`[${words}]()`, words.length + 3] : ["[]()", 1];
}

// What each button makes of the selected words; with a number: where the writing goes on.
const BUTTONS = [surround("**"), link, lines("> "), lines("- "), code];
const KEYS = { b: surround("**"), i: surround("*"), k: link };
const WHOLE_LINES = new Set([BUTTONS[2], BUTTONS[3]]);

function format(field, make) {
  let { selectionStart: start, selectionEnd: end, value } = field;
  if (WHOLE_LINES.has(make)) {
    start = value.lastIndexOf("\n", start - 1) + 1;
    end = Math.max(end, `${value}\n`.indexOf("\n", end));
  } else {
    // A word that was pressed twice has its space selected with it.
    while (start < end && /\s/.test(value[start])) start += 1;
    while (start < end && /\s/.test(value[end - 1])) end -= 1;
  }
  const [text, place = text.length] = [make(value.slice(start, end))].flat();
  field.focus();
  field.setSelectionRange(start, end);
  // The one way to put text into a field that the browser's own undo takes back.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start + place, start + place);
}

export function addFormatting(field, { formatting }) {
  const [label, ...names] = formatting.split("|");
  const bar = Object.assign(document.createElement("div"), { className: "formatting", role: "toolbar", ariaLabel: label });
  bar.setAttribute("aria-controls", field.id);
  const buttons = names.map((textContent, place) =>
    Object.assign(document.createElement("button"), { type: "button", className: "linkish", textContent, tabIndex: place ? -1 : 0 }),
  );
  bar.append(...buttons);
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected
  bar.addEventListener("click", ({ target }) => target.matches("button") && format(field, BUTTONS[buttons.indexOf(target)]));
  bar.addEventListener("keydown", ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key] * (getComputedStyle(bar).direction === "rtl" ? -1 : 1);
    if (!step) return;
    const next = buttons.at((buttons.indexOf(target) + step) % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  field.before(bar);
  field.addEventListener("keydown", (event) => {
    const { code: place, key } = event;
    const make = KEYS[/^[a-z]$/i.test(key) ? key.toLowerCase() : place.replace("Key", "").toLowerCase()];
    if (!make || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    format(field, make);
  });
}
