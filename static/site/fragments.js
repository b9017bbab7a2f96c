// Every behaviour here improves something that works without it, and steps aside when it fails.

const policy = globalThis.trustedTypes?.createPolicy("parley", { createHTML: (html) => html });

// Times of day are those of the reader, who may be anywhere; without a script they name their zone.
const { lang } = document.documentElement;
const clock = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn",
  timeZone: document.body.dataset.zone, // as chosen in the account
});
// With the digits that the server writes, in every language.
const inDigits = (number) => number.toLocaleString(lang, { numberingSystem: "latn" });
function showLocalTimes(page) {
  for (const time of page.querySelectorAll("time[datetime*=T]")) {
    if (/\d\D\d\d/.test(time.textContent)) time.textContent = clock.format(new Date(time.dateTime));
  }
}
showLocalTimes(document);

// A page of this site as a document of its own: the one place where a script reads HTML.
async function fragment(url, options = {}) {
  const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(10_000) });
  const here = new URL(answer.url).origin === location.origin;
  const html = here ? await answer.text() : "";
  const page = new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
  showLocalTimes(page);
  if (!answer.ok || !here) throw Object.assign(new Error(`${answer.status} ${answer.url}`), { page });
  return page;
}

// Drafts are kept by a module of its own: for whoever writes, is signed in, or has written in this browser.
const drafts = () => import(document.body.dataset.drafts);
const hasWritten = async () => ((await indexedDB.databases?.()) ?? [{ name: "texts" }]).some(({ name }) => name === "texts");
if (document.body.dataset.who) drafts().catch(() => {});
else hasWritten().then((has) => has && drafts()).catch(() => {});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-draft]")) drafts().then(({ keepDraft }) => keepDraft(target), () => {});
});

// A field grows with what is typed, or stands in it already; where it does not by itself, it is made to.
if (!CSS.supports("field-sizing", "content")) {
  const grow = ({ target: { style, tagName, offsetHeight, clientHeight, scrollHeight } }) => {
    if (tagName === "TEXTAREA" && scrollHeight > clientHeight) style.blockSize = `${scrollHeight + offsetHeight - clientHeight}px`;
  };
  for (const moment of ["input", "focusin"]) document.addEventListener(moment, grow);
  for (const target of document.querySelectorAll("textarea")) grow({ target });
}

// On a keyboard of another script, the place of a key counts.
function keyOf({ key, code, shiftKey }) {
  if (!/^[^\p{ASCII}\p{Script=Latin}]$/u.test(key)) return key;
  if (code === "Slash" && shiftKey) return "?";
  const name = /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? key;
  return shiftKey ? name : name.toLowerCase();
}

// Says something to those who listen instead of look.
function announce(text) {
  const line = document.createElement("p");
  line.className = "vh";
  line.textContent = text;
  document.getElementById("notices")?.append(line);
  setTimeout(() => line.remove(), 5_000);
}

const made = (name, properties) => Object.assign(document.createElement(name), properties);

const labels = new WeakMap();

function setBusy(button, text) {
  if (labels.has(button)) return;
  labels.set(button, Array.from(button.childNodes));
  button.style.minInlineSize = `${button.offsetWidth}px`;
  button.setAttribute("aria-busy", "true");
  if (text) button.replaceChildren(text);
}

function setReady(button) {
  if (labels.has(button)) button.replaceChildren(...labels.get(button));
  labels.delete(button);
  button.style.minInlineSize = "";
  button.removeAttribute("aria-busy");
}
