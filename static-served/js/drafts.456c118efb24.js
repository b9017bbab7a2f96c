// Words are kept in this browser from the first letter until the site has published them.

const DRAFT_DAYS = 30;
const draftName = (form) => `draft ${form.getAttribute("action")} ${form.dataset.parent}`;

// A browser may keep what is stored in memory for a minute before it is on disk. What is written here is
// there at once, for the next start of a browser that died.
const disk = new Promise((resolve) => {
  const opening = globalThis.indexedDB?.open("drafts");
  if (!opening) return resolve();
  opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "name" });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => resolve();
}).catch(() => {});

async function onDisk(work) {
  const database = await disk;
  if (!database) return;
  const transaction = database.transaction("drafts", "readwrite", { durability: "strict" });
  const asked = work(transaction.objectStore("drafts"));
  transaction.commit(); // what is not yet asked for when the page is left would not be done
  return new Promise((resolve) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => resolve();
  });
}

// A browser may refuse to store anything; then nothing is claimed either.
function readDraft(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function writeDraft(name, draft) {
  const kept = draft && { ...draft, at: Date.now() };
  const written = onDisk((drafts) => (kept ? drafts.put({ ...kept, name }) : drafts.delete(name)));
  try {
    if (kept) localStorage.setItem(name, JSON.stringify(kept));
    else localStorage.removeItem(name);
    return written.then(() => true);
  } catch {
    return written.then(() => false);
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
  const given = body.value;
  let shown = given;
  let waiting;

  const save = async () => {
    waiting = clearTimeout(waiting);
    const draft = body.value.trim() ? { ...readDraft(name), body: body.value } : null;
    say((await writeDraft(name, draft)) && draft);
  };
  const restore = () => {
    const earlier = readDraft(name)?.body;
    const quotes = "quotes" in form.dataset;
    if (!earlier || body.value !== shown || (given && !quotes)) return;
    body.value = shown = earlier.includes(given.trim()) ? earlier : `${earlier.trimEnd()}\n\n${given}`;
    say(true);
  };
  restore();
  recalled.then(restore);
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

function forgetPublished() {
  const published = new Set(Array.from(document.querySelectorAll("[data-posted]"), (mark) => mark.dataset.posted));
  const oldest = Date.now() - DRAFT_DAYS * 24 * 60 * 60 * 1000;
  try {
    forgetDrafts(({ at, key, sent, body }) => at < oldest || (published.has(key) && sent === body));
  } catch {
    // Without storage there is nothing to forget.
  }
}

async function recallDrafts() {
  for (const { name, ...draft } of (await onDisk((drafts) => drafts.getAll())) ?? []) {
    if (draft.at > (readDraft(name)?.at ?? 0)) localStorage.setItem(name, JSON.stringify(draft));
  }
  forgetPublished();
}

forgetPublished();
const recalled = recallDrafts().catch(() => {});
document.addEventListener("submit", ({ target }) => {
  if (target.dataset.discards) forgetDrafts(({ key }) => key === target.dataset.discards);
});
