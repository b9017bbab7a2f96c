// What moderators decide in the queue, one comment or several at once.

// --- What is decided ---

function body(sent, button) {
  const data = new FormData(sent, button);
  data.set("fragment", "1");
  return new URLSearchParams(data);
}

// One after the other, so that the log and the undo know them in the order of the keys.
let last = Promise.resolve();
function post(address, sent) {
  last = last.catch(() => {}).then(() => fragment(address, { method: "POST", body: sent }));
  last.then(drafts).then(({ allDrafts }) => allDrafts()).catch(() => {}); // what was taken is no draft any more
  return last;
}

function track(promise) {
  under.add(promise);
  promise.finally(() => under.delete(promise));
  return promise;
}

function leave(leaving) {
  const at = here() ?? (document.activeElement === document.body ? leaving[0] : null); // some browsers focus no button
  const follows = at && items().find((item) => !leaving.includes(item) && isBehind(at, item));
  for (const item of leaving) {
    item.hidden = true;
    decided.add(item.dataset.case);
  }
  count(-leaving.length);
  if (at && leaving.includes(at)) {
    astray = !items().length;
    go(follows ?? items().at(-1));
  }
  rest();
}

function back(item) {
  item.hidden = false;
  decided.delete(item.dataset.case);
  count(1);
  rest();
}

async function decide(item, sent, button) {
  const leaves = !["hold", "warn"].includes(button.value);
  const data = body(sent, button);
  if (leaves) leave([item]);
  else if (button.value === "hold") go(next(item) ?? item);
  try {
    const page = await post(sent.action, data);
    tell(page);
    const again = page.querySelector(".item");
    if (again) put(again, item, leaves);
    else item.remove();
  } catch ({ page }) {
    if (leaves) back(item);
    refuse(item, page);
  }
}

// The same case as it is now: with what is wrong, or with who was first.
function refuse(item, page, asked = true) {
  const now = page?.querySelector(".item");
  const held = item.contains(document.activeElement);
  if (now) item.replaceWith(now);
  const said = now?.querySelector("[role=alert]")?.textContent ?? desk?.dataset.failed ?? "";
  announce(said);
  if (!now) show(made("div", { className: "notice error", textContent: said }));
  else if (held || (asked && !here())) now.querySelector("h2").focus();
}

function put(now, item, leaves) {
  const held = item.contains(document.activeElement);
  item.replaceWith(now);
  if (leaves) back(now);
  if (held) now.querySelector("h2").focus();
}

function tell(page) {
  const notice = page.querySelector(".notice");
  if (!notice) return;
  const undo = notice.querySelector("form");
  if (undo) undos.push(undo);
  show(notice);
}

function show(notice) {
  notices.replaceChildren(notice);
  setTimeout(() => !notice.contains(document.activeElement) && notice.remove(), PROMINENT);
}

// Without a form the latest decision, which may be on its way still.
async function undo(asked) {
  await Promise.allSettled(under);
  const sent = asked ?? undos.at(-1);
  if (!sent) return;
  if (undos.includes(sent)) undos.splice(undos.indexOf(sent), 1);
  try {
    const page = await post(sent.action, body(sent));
    const again = Array.from(page.querySelectorAll(".item"));
    for (const item of again) {
      decided.delete(item.dataset.case);
      document.getElementById(item.id)?.remove();
    }
    (here() ?? { before: (...all) => queue.prepend(...all) }).before(...again);
    count(again.length);
    tell(page);
    astray = false;
    rest();
    go(again[0]);
  } catch {
    undos.push(sent);
    show(made("div", { className: "notice error", textContent: desk?.dataset.failed }));
  }
}

// --- Several at once ---

const tickable = () => items().filter(box);
const ticked = () => tickable().filter((item) => box(item).checked);

function select() {
  if (!several) return;
  const all = ticked().length;
  several.querySelector("[data-selected]").textContent = all;
  several.querySelector("[data-all]").checked = all > 0 && all === tickable().length;
  for (const button of several.querySelectorAll("button")) button.disabled = !all;
}

async function decideAll(button) {
  const leaving = ticked();
  const data = body(several, button);
  if (!leaving.length) return;
  for (const item of leaving) box(item).checked = false;
  leave(leaving);
  select();
  try {
    tell(await post(several.action, data));
    for (const item of leaving) item.remove();
  } catch {
    leaving.forEach(back);
    show(made("div", { className: "notice error", textContent: desk.dataset.failed }));
  }
  if (!here()) go(items()[0]);
}
