// Every behaviour here improves something that works without it, and steps aside when it fails.

const policy = globalThis.trustedTypes?.createPolicy("parley", { createHTML: (html) => html });

// A page of this site as a document of its own: the one place where a script reads HTML.
async function fragment(url, options = {}) {
  const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(10_000) });
  const here = new URL(answer.url).origin === location.origin;
  const html = here ? await answer.text() : "";
  const page = new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
  if (!answer.ok || !here) throw Object.assign(new Error(`${answer.status} ${answer.url}`), { page });
  return page;
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
