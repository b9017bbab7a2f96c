// What somebody types in a field with data-draft is stored in this browser, for each tab by itself, until the site has
// taken it. Drafts belong to the person who is signed in; they follow a signed-out writer through signing in. This
// module comes when somebody writes, is signed in, or has written here (fragments.js).

const DRAFT_DAYS = 30;
const MOST_DRAFTS = 50;
const PAUSE = 500; // milliseconds between two writes
const SIGNED_OUT = "signed out"; // remembered, so that no other tab stores what it still shows
const { who = "", draftKept, draftFailed } = document.body.dataset;

const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-");
const nameOf = ({ dataset, name }) => dataset.draft || `${location.pathname} ${name}`;
const tag = (name, properties) => Object.assign(document.createElement(name), properties);

// A browser may refuse to store anything.
function stored(work) {
  try {
    return work() ?? null;
  } catch {
    return null;
  }
}

const database = new Promise((resolve, reject) => {
  const opening = indexedDB.open("texts");
  opening.onupgradeneeded = () => opening.result.createObjectStore("texts", { keyPath: "id" });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});
database.catch(() => {});

// It is on disk when this returns: a browser that is killed has it at its next start.
export async function inStore(work) {
  const transaction = (await database).transaction("texts", "readwrite", { durability: "strict" });
  const asked = work(transaction.objectStore("texts"));
  transaction.commit(); // or it would be dropped with the page that is left
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

const forget = (drafts) => inStore((texts) => drafts.forEach(({ id }) => texts.delete(id)));

// --- Whose they are ---

function signedOut() {
  const [person, at] = stored(() => localStorage.getItem(SIGNED_OUT)?.split(" ")) ?? [];
  return { person, at: Number(at) };
}

const isOver = () => who && signedOut().person === who && signedOut().at > performance.timeOrigin;

// A page of somebody who has signed out shows nothing of theirs any more.
function leaveIfOver() {
  if (!isOver()) return;
  for (const form of document.forms) form.reset();
  location.reload();
}

// The drafts the site has just taken, by their number or by the key of a comment.
function takenDrafts() {
  const ids = /(?:^|; )taken=([\d.-]+)/.exec(document.cookie)?.[1].split(".") ?? [];
  if (ids.length) document.cookie = "taken=; Max-Age=0; Path=/; SameSite=Lax";
  const keys = Array.from(document.querySelectorAll("[data-posted]"), (mark) => mark.dataset.posted);
  return ({ id, key, sent, body }) => ids.includes(id) || (keys.includes(key) && sent === body);
}

// All drafts that may be shown to this person, the newest first; those that are over go. One reading after the other:
// the first one uses up the cookie of the drafts that were taken, so the next must find them deleted.
let reading = Promise.resolve();

export function allDrafts() {
  reading = reading.catch(() => {}).then(readDrafts);
  return reading;
}

async function readDrafts() {
  const all = (await inStore((texts) => texts.getAll())).sort((one, other) => other.at - one.at);
  const oldest = Date.now() - DRAFT_DAYS * 24 * 60 * 60 * 1000;
  const left = signedOut();
  const isTaken = takenDrafts();
  const gone = all.filter(
    (draft, place) =>
      place >= MOST_DRAFTS || draft.at < oldest || isTaken(draft) || (draft.who === left.person && draft.at <= left.at),
  );
  const kept = all.filter((draft) => !gone.includes(draft));
  const followed = who && !isOver() ? kept.filter((draft) => !draft.who) : [];
  for (const draft of followed) draft.who = who;
  if (gone.length) await forget(gone);
  if (followed.length) await inStore((texts) => followed.forEach((draft) => texts.put(draft)));
  return kept.filter((draft) => draft.who === who);
}

// --- Which tab has which ---

const holds = new Map(); // drafts of this page, and what lets go of them

function hold(id) {
  if (!navigator.locks || holds.has(id)) return true;
  return new Promise((resolve) => {
    const held = (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise((release) => holds.set(id, release));
    };
    navigator.locks.request(id, { ifAvailable: true }, held).catch(() => resolve(false));
  });
}

const isFree = (id, options) => navigator.locks?.request(id, options, Boolean).catch(() => false) ?? true;

const tabsDraft = (name) => stored(() => sessionStorage.getItem(`draft ${name}`));

// The draft this tab had, which a tab it was duplicated from may hold; else the newest that no tab holds.
async function choose(drafts, own) {
  const mine = drafts.find(({ id }) => id === own);
  if (mine && (await isFree(own, { signal: AbortSignal.timeout(PAUSE) }))) return mine;
  for (const draft of drafts) if (draft.id !== own && (await isFree(draft.id, { ifAvailable: true }))) return draft;
}

// --- Fields ---

class Keeper {
  constructor(field) {
    this.field = field;
    this.given = field.defaultValue;
    this.from = field.dataset.draftGiven; // what the site put into the field; undefined: it was typed before
    this.draft = { id: newId() };
    this.restore().catch(() => field.value !== this.given && this.save()); // it was typed before this module came
    field.addEventListener("input", () => {
      if (field.value === this.draft.body) return;
      this.say(""); // the newest letters are not kept yet
      this.waiting ??= setTimeout(() => this.save(), PAUSE);
    });
    addEventListener("pagehide", () => this.waiting && this.save());
    document.addEventListener("visibilitychange", () => this.waiting && this.save());
    addEventListener("pageshow", ({ persisted }) => persisted && !isOver() && this.comeBack().catch(() => {}));
    field.form?.addEventListener("submit", () => this.send(field.form));
  }

  say(state) {
    const place = this.field.parentElement;
    const foot = place.querySelector("[data-draft-state]") ?? place.appendChild(tag("p", { className: "hint" }));
    foot.dataset.draftState = state;
    foot.textContent = { kept: draftKept, failed: draftFailed }[state] ?? "";
  }

  async save(more) {
    this.waiting = clearTimeout(this.waiting);
    const { field, given, from } = this;
    const { draftBack = location.pathname, draftPage, draftLine } = field.dataset;
    const body = field.value;
    const isDraft = body.trim() && !(from && body === given);
    // A closed tab's draft may be shown in two tabs; whoever goes on with it first has it.
    const id = !this.draft.at || (await hold(this.draft.id)) ? this.draft.id : newId();
    const at = body === this.draft.body ? this.draft.at : Date.now();
    const where = { name: nameOf(field), page: draftPage, back: draftBack, line: draftLine };
    this.draft = { ...this.draft, ...where, ...more, id, body, at, who, edition: field.form?.elements.edition?.value };
    try {
      if (isOver()) throw new Error("Its writer has signed out.");
      await inStore((texts) => (isDraft ? texts.put(this.draft) : texts.delete(id)));
      stored(() => sessionStorage.setItem(`draft ${where.name}`, id));
      hold(id);
      if (!this.waiting) this.say(isDraft ? "kept" : "");
    } catch {
      this.say(isDraft ? "failed" : "");
    }
  }

  async restore() {
    const { field, given, from } = this;
    const own = tabsDraft(nameOf(field));
    const all = (await allDrafts()).filter(({ name }) => name === nameOf(field));
    const typedBefore = given && !from;
    const drafts = typedBefore ? all.filter(({ body }) => body === given) : all;
    const draft = await choose(drafts, own);
    const isOthers = draft && draft.id !== own && field.value !== given;
    if (draft && !isOthers) this.draft = draft;
    if (from === "source" && draft?.body === given) return forget([draft]);
    if (draft && !isOthers && !typedBefore) this.show(draft);
    document.querySelector(`[data-draft-of="${nameOf(field)}"]`)?.remove();
    if (field.value === this.draft.body) this.say("kept");
    else if (field.value !== given && (draft || field === document.activeElement)) this.save();
  }

  // Back at a page that the browser kept: a text that was taken meanwhile is no draft any more.
  async comeBack() {
    const isTaken = this.draft.at && !(await allDrafts()).some(({ id }) => id === this.draft.id);
    if (!isTaken) return this.restore();
    this.field.value = this.given;
    this.draft = { id: newId() };
    this.say("");
  }

  // What was typed, or quoted, while the store was asked stays.
  show({ body, edition }) {
    const { field, given, from } = this;
    const { value, form } = field;
    const joined = `${body.trimEnd()}\n\n${value}`;
    if (edition && form?.elements.edition) form.elements.edition.value = edition; // compared with what is there now
    if (value === given) field.value = from === "quotation" && !body.includes(given.trim()) ? joined : body;
    else if (!value.startsWith(body)) field.value = body.startsWith(value) ? body : joined;
    if (field.value !== value) field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  send(form) {
    const { draft, field } = this;
    const { key } = form.elements;
    if (key) {
      // The same words sent again are the same comment; changed words are another one.
      if (!key.value || (draft.key === key.value && draft.sent !== field.value)) key.value = newId();
    } else if (!form.querySelector(`[name=draft][value="${draft.id}"]`)) {
      form.append(tag("input", { type: "hidden", name: "draft", value: draft.id }));
    }
    this.save({ key: key?.value, sent: field.value });
  }
}

const keepers = new WeakMap();

export function keepDraft(field) {
  if (!keepers.has(field)) keepers.set(field, new Keeper(field));
}

// A reply or an edit that was begun and has no field on this page.
async function tellOfDrafts() {
  const drafts = await allDrafts();
  const open = new Set((await navigator.locks?.query())?.held.map(({ name }) => name));
  const names = new Set(Array.from(document.querySelectorAll("[data-draft]"), nameOf));
  for (const { id, name, body, page, back, line } of drafts) {
    if (page !== location.pathname || names.has(name) || open.has(id)) continue;
    names.add(name);
    const link = tag("a", { href: back, textContent: line.replace("%s", body.trim().slice(0, 60)) });
    link.addEventListener("click", (event) => {
      const reply = document.querySelector(`a[data-reply][href="${back}"]`);
      if (!reply) return;
      event.preventDefault();
      reply.click();
    });
    const notice = tag("p", { className: "notice draft-note" });
    notice.dataset.draftOf = name;
    notice.append(link);
    document.getElementById("notices").after(notice);
  }
}

async function signOut() {
  stored(() => localStorage.setItem(SIGNED_OUT, `${who} ${Date.now()}`));
  const all = await inStore((texts) => texts.getAll());
  await forget(all.filter((draft) => !draft.who || draft.who === who));
}

document.addEventListener("submit", async ({ target }) => {
  const { discards, signsOut } = target.dataset;
  if (signsOut !== undefined && who) return signOut();
  if (discards) await forget((await allDrafts()).filter(({ key }) => key === discards));
});
addEventListener("storage", ({ key }) => key === SIGNED_OUT && leaveIfOver());
addEventListener("pagehide", () => holds.forEach((release) => release()));
addEventListener(
  "pageshow",
  ({ persisted }) => {
    if (!persisted) return;
    holds.clear();
    leaveIfOver();
  },
  { capture: true },
);
document.querySelectorAll("[data-draft]").forEach(keepDraft);
tellOfDrafts().catch(() => {});
