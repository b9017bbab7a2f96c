// Rows of an article's form are added, moved and removed in the page. Without this script their buttons ask the server.

const article = document.getElementById("article");
const CONTROLS = "input:not([type=hidden]), select, textarea";
const controlsOf = (row) => Array.from(row.querySelectorAll(CONTROLS));
const textOf = (control) => (control.tagName === "SELECT" && control.value ? control.selectedOptions[0].text : control.value).trim();
let rowsMade = 0;

// The names and ids of a row have its key in them.
function withKey(row, key) {
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of Array.from(element.attributes)) {
      if (value.includes("newkey")) element.setAttribute(name, value.replaceAll("newkey", key));
    }
  }
  return row;
}

function addRow(kind, after) {
  const list = article.querySelector(`[data-rows="${kind}"]`);
  const template = article.querySelector(`[data-row-of="${kind}"]`);
  const row = withKey(template.content.firstElementChild.cloneNode(true), `j${Date.now().toString(36)}${(rowsMade += 1)}`);
  if (after) after.after(row);
  else list.append(row);
  controlsOf(row)[0].focus();
  changed(row);
}

function moveRow(row, step, button) {
  const other = step === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (step === "up") other.before(row);
  else other.after(row);
  button.focus();
  const rows = Array.from(row.parentElement.children);
  announce(article.dataset.moved.replace("{n}", rows.indexOf(row) + 1).replace("{all}", rows.length));
  changed(row);
}

// A removed row can be put back until the page is left.
function removeRow(row) {
  const line = made("li", { className: "removed" });
  const undo = made("button", { type: "button", className: "linkish", textContent: article.dataset.undo });
  line.append(article.dataset.removed, " ", row.querySelector("[data-title]").textContent, " ", undo);
  row.replaceWith(line);
  undo.addEventListener("click", () => {
    line.replaceWith(row);
    row.querySelector("[data-remove]").focus();
    changed(row);
  });
  undo.focus();
  changed(line);
}

// The caption of a folded row, and the number of rows in the outline.
function changed(row) {
  const caption = row.querySelector("[data-title]");
  const list = row.closest("[data-rows]");
  const [label, value] = controlsOf(row).map(textOf);
  const isPair = list.dataset.rows === "facts" && label && value;
  const words = isPair ? `${label}: ${value}` : controlsOf(row).map(textOf).find(Boolean);
  if (caption && words) caption.textContent = words;
  const number = Array.from(list.children).filter((each) => controlsOf(each).some(textOf)).length;
  const count = document.querySelector(`[data-count-of="${list.dataset.rows}"]`);
  if (count) count.textContent = number || "";
  article.dispatchEvent(new Event("input", { bubbles: true })); // a row came or went: it is to be kept
}

article?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-move], [data-remove]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("[data-row]");
  if (button.dataset.add) addRow(button.dataset.add);
  else if (button.dataset.move) moveRow(row, button.dataset.move, button);
  else removeRow(row);
});

article?.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-row]");
  if (row) changed(row);
});

// Enter in an empty last row ends the list, as in a word processor: the next section follows.
function endRows(row) {
  const next = row.closest("section").nextElementSibling;
  row.remove();
  next?.querySelector(`[data-row] details :is(${CONTROLS}), [data-add], ${CONTROLS}`)?.focus();
}

// Enter starts the next row, in an answer together with Ctrl or ⌘. Elsewhere it goes on to the next field: it must not
// publish by accident what is half written.
article?.addEventListener("keydown", (event) => {
  const { target, key, ctrlKey, metaKey, isComposing } = event;
  if (key !== "Enter" || isComposing || !target.matches(CONTROLS)) return;
  const isLine = target.tagName === "INPUT";
  if (!isLine && !ctrlKey && !metaKey) return;
  event.preventDefault();
  const row = target.closest("[data-row]");
  if (row && !row.nextElementSibling && !controlsOf(row).some(textOf)) endRows(row);
  else if (row) addRow(row.closest("[data-rows]").dataset.rows, row);
  else if (isLine) {
    const all = controlsOf(article).filter((control) => control.checkVisibility());
    all[all.indexOf(target) + 1]?.focus();
  }
});
