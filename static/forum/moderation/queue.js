// The queue without a page in between: a decision is sent while the next comment has the focus. Whatever fails comes
// back, and without a script every button sends its form.

const desk = document.querySelector("[data-desk]");
const queue = document.getElementById("queue");
const dialog = document.getElementById("keys");
const notices = document.getElementById("notices");
const several = document.getElementById("several");
const counter = document.querySelector("[data-count=queue]");
const total = document.querySelector("header [data-waiting]");

const PROMINENT = 10_000; // milliseconds that the undo of a decision stays in sight; its key works ever after
const FEW = 6; // comments left on the page when the next ones are fetched
const [FIRST, LONGEST] = [20_000, 5 * 60_000]; // between two questions what is new

const undos = []; // forms that take back what was decided here, the latest last
const under = new Set(); // decisions on their way
const decided = new Set(); // cases that have left this page
let claimed;

const items = () => Array.from(queue.children).filter((item) => !item.hidden);
const here = () => document.activeElement.closest("#queue > li");
const isBehind = (item, other) => item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
const next = (item) => items().find((other) => isBehind(item, other));
const form = (item) => item?.querySelector("[data-decisions]");
const own = (item) => item?.querySelector("[data-own]"); // somebody else decides about it
const box = (item) => item.querySelector("[name=cases]");
const filled = (text, ...words) => words.reduce((so, word, at) => so.replace(`{${at}}`, word), text);

// --- Where one is ---

function go(item) {
  if (!item) return;
  item.querySelector("h2").focus();
  if (desk) announce(filled(desk.dataset.place, items().indexOf(item) + 1, counter.textContent));
}

function move(step) {
  const all = items();
  const at = all.indexOf(here());
  go(at < 0 ? all[0] : all[at + step]);
}

async function claim(item) {
  if (claimed === item || !form(item)) return;
  claimed = item;
  const token = item.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token });
  try {
    const answer = await fetch(item.dataset.claim, { method: "POST", body, signal: AbortSignal.timeout(10_000) });
    look(item, (await answer.json()).by);
  } catch {
    // Then nobody is told.
  }
}

function look(item, name) {
  const line = item.querySelector("[data-looking]");
  const text = name ? filled(desk.dataset.here, name) : "";
  if (line && line.textContent !== text) line.textContent = text;
}
