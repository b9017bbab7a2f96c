// What is typed is kept in this browser at once, and by the site two seconds after the last key. While the form is open
// the site is told so, and tells who else has it open.

const AT_ONCE = 250; // milliseconds
const PAUSE = 2_000;
const BEAT = 8_000;

function keepForm({ draftAddress, draftKept, draftFailed, isOpened, beats }) {
  const { who } = document.body.dataset;
  const saved = article.querySelector("[data-saved]");
  const lock = article.querySelector("[data-lock]");
  const { draft_key: { value: key }, draft_from: from, csrfmiddlewaretoken: { value: token } } = article.elements;
  let kept, here, there, isSent, sending;

  function typed() {
    const fields = new URLSearchParams(new FormData(article));
    for (const name of ["csrfmiddlewaretoken", "draft_key", "draft_from"]) fields.delete(name);
    return String(fields);
  }

  const send = (fields, more) => {
    const body = new URLSearchParams(fields);
    for (const [name, value] of Object.entries({ draft_key: key, csrfmiddlewaretoken: token, ...more })) body.set(name, value);
    return fragment(draftAddress, { method: "POST", body });
  };

  function show(page, parts) {
    for (const [name, place] of Object.entries(parts)) {
      const text = page.querySelector(`[data-${name}]`);
      if (!text || text.textContent.trim() === place.textContent.trim()) continue;
      place.replaceChildren(...text.childNodes);
      if (name === "lock" && place.textContent.trim()) announce(place.querySelector("span").textContent);
    }
  }

  async function keepHere() {
    here = clearTimeout(here);
    const { inStore } = await drafts();
    const draft = { id: key, name: `form ${draftAddress}`, form: draftAddress, from: from.value, who, body: typed(), at: Date.now() };
    await inStore((texts) => texts.put(draft));
  }

  async function keepThere() {
    there = clearTimeout(there);
    if (isSent || sending) return sending && keepSoon();
    const fields = typed();
    sending = true;
    try {
      show(await send(fields, { draft_from: from.value }), { saved, lock });
      kept = fields;
      from.value = "";
      const { inStore } = await drafts();
      if (typed() === kept) await inStore((texts) => texts.delete(key));
    } catch {
      saved.textContent = await keepHere().then(() => draftKept, () => draftFailed);
    }
    sending = false;
  }

  function keepSoon() {
    clearTimeout(there);
    there = setTimeout(keepThere, PAUSE);
  }

  // What this browser kept and the site did not get goes to the site, which puts it into the form.
  async function bringBack() {
    const { allDrafts, inStore } = await drafts();
    const left = (await allDrafts()).filter(({ form, id }) => form === draftAddress && id !== key);
    for (const { id, body, from: follows } of left) {
      await send(body, { draft_key: id, draft_from: follows });
      await inStore((texts) => texts.delete(id));
    }
    if (left.length && typed() === kept) location.assign(location.pathname);
  }

  article.addEventListener("input", () => {
    if (typed() === kept) return;
    here ??= setTimeout(() => keepHere().catch(() => {}), AT_ONCE);
    keepSoon();
  });
  article.addEventListener("submit", ({ submitter }) => {
    if (submitter?.name === "preview") return;
    isSent = true;
    clearTimeout(there);
    if (here) keepHere().catch(() => {});
  });
  addEventListener("pagehide", () => here && keepHere().catch(() => {}));
  addEventListener("pageshow", () => (isSent = false));
  kept = typed();
  if (isOpened !== undefined) bringBack().catch(() => {});
  const beat = () => isSent || send("", { beat: 1 }).then((page) => show(page, { lock }), () => {});
  if (beats === undefined) return;
  beat();
  setInterval(beat, BEAT);
}

if (article?.dataset.draftAddress) keepForm(article.dataset);
