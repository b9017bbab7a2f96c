// Words are kept in this browser from the first letter until the site has published them.

const DRAFT_DAYS = 30;
const draftName = (form) => `draft ${form.getAttribute("action")} ${form.dataset.parent}`;

// A browser may refuse to store anything; then nothing is claimed either.
function readDraft(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function writeDraft(name, draft) {
  try {
    if (draft) localStorage.setItem(name, JSON.stringify({ ...draft, at: Date.now() }));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false;
  }
}

function forgetDrafts(outlived) {
  const names = Object.keys(globalThis.localStorage ?? {}).filter((name) => name.startsWith("draft "));
  for (const name of names) if (outlived(readDraft(name) ?? { at: 0 })) writeDraft(name, null);
}

function keepDraft(form) {
  const name = draftName(form);
  const { body, key } = form.elements;
  const state = form.querySelector("[data-draft-state]");
  const say = (kept) => (state.textContent = kept ? form.dataset.draftKept : "");
  let waiting;

  const save = () => {
    waiting = clearTimeout(waiting);
    const draft = body.value.trim() ? { ...readDraft(name), body: body.value } : null;
    say(writeDraft(name, draft) && draft);
  };
  const earlier = readDraft(name);
  if (earlier && !body.value) {
    body.value = earlier.body;
    say(true);
  }
  body.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 500);
  });
  addEventListener("pagehide", () => waiting && save());
  form.addEventListener("submit", () => {
    // The same words sent again are the same comment; changed words are another one.
    const last = readDraft(name);
    const changed = last?.key === key.value && last?.sent !== body.value;
    if ((!key.value || changed) && crypto.randomUUID) key.value = crypto.randomUUID();
    writeDraft(name, { body: body.value, key: key.value, sent: body.value });
  });
}

{
  const published = new Set(Array.from(document.querySelectorAll("[data-posted]"), (mark) => mark.dataset.posted));
  const oldest = Date.now() - DRAFT_DAYS * 24 * 60 * 60 * 1000;
  try {
    forgetDrafts(({ at, key, sent, body }) => at < oldest || (published.has(key) && sent === body));
  } catch {
    // Without storage there is nothing to forget.
  }
  document.addEventListener("submit", ({ target }) => {
    if (target.dataset.discards) forgetDrafts(({ key }) => key === target.dataset.discards);
  });
}
