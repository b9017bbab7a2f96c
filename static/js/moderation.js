// The queue without a page in between: a decision is sent while the next comment has the focus. Whatever fails comes
// back, and without a script every button sends its form.
{
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
  const filled = (text, ...words) => words.reduce((so, word) => so.replace("%s", word), text);

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

  // --- What is left, and what others do meanwhile ---

  function count(change) {
    const number = Number(counter?.textContent);
    if (desk && number + 1) showCount(Math.max(0, number + change));
  }

  // In the tab, and in the header, which counts objections as well. "100+" stays what it is.
  function showCount(cases) {
    const waiting = Number(total?.textContent) + Number(cases) - Number(counter.textContent);
    if (waiting >= 0) total.textContent = waiting;
    if (total) total.parentElement.hidden = !waiting;
    counter.textContent = cases;
  }

  let [fetching, astray] = [false, false];

  // The next ones come before the last of these has left.
  async function rest() {
    if (!desk || fetching) return;
    const waits = Number(counter.textContent);
    const more = document.querySelector(".pager") || waits > items().length;
    if (items().length > FEW || !more) return settle();
    fetching = true;
    let came = [];
    try {
      await Promise.allSettled(under);
      const page = await fragment(`${location.pathname}?${desk.dataset.query}`);
      const all = Array.from(page.querySelectorAll("#queue > li"));
      came = all.filter(({ id, dataset }) => !decided.has(dataset.case) && !document.getElementById(id));
      queue.append(...came);
      if (!page.querySelector(".pager")) document.querySelector(".pager")?.remove();
    } catch {
      // The link to more is still there.
    }
    fetching = false;
    if (came.length && items().length <= FEW) rest();
    else settle();
  }

  function settle() {
    const none = !items().length;
    const empty = document.querySelector("[data-empty]");
    empty.hidden = !none;
    if (several) several.hidden = none;
    if (astray) none ? empty.focus() : go(items()[0]);
    astray = false;
  }

  let [pause, answer, waiting] = [FIRST, "", 0];

  async function ask() {
    let text = answer;
    try {
      const cases = items().map(({ dataset }) => dataset.case);
      const said = await fetch(`${desk.dataset.live}?cases=${cases.slice(0, 60)}`, { cache: "no-cache", signal: AbortSignal.timeout(10_000) });
      if (said.ok) text = await said.text();
      if (text !== answer) refresh(JSON.parse(text));
    } catch {
      // The next question may be answered.
    }
    pause = text === answer ? Math.min(pause * 1.5, LONGEST) : FIRST;
    answer = text;
    wait();
  }

  function wait() {
    clearTimeout(waiting);
    if (!document.hidden) waiting = setTimeout(ask, pause);
  }

  function refresh({ waiting: number, decided: gone, claims }) {
    if (!under.size) showCount(number);
    for (const item of items()) look(item, claims[item.dataset.case]);
    for (const key of gone) replace(document.getElementById(`case-${key}`));
    if (!items().length && number !== "0") rest();
  }

  // Somebody else decided it: what they decided stands in its place.
  async function replace(item) {
    if (!form(item) && !own(item)) return;
    try {
      refuse(item, await fragment(`${item.dataset.at}?query=${encodeURIComponent(desk.dataset.query)}`), false);
    } catch {
      // It is asked for again.
    }
  }

  // --- Keys: on, unless they were switched off in this browser ---

  let on = true;
  try {
    on = localStorage.getItem("moderation-keys") !== "off";
  } catch {
    // Then they are on for this page.
  }

  function turn(to) {
    on = to;
    document.documentElement.classList.toggle("keyed", on);
    try {
      localStorage.setItem("moderation-keys", on ? "on" : "off");
    } catch {
      // Then for this page.
    }
  }

  // A key acts on the comment that is marked; where none is, it only marks the first one.
  function marked() {
    if (!here()) go(items()[0]);
    else return here();
  }

  // The first one is marked when the page opens, or the one that its address names. Nothing scrolls for it.
  function begin() {
    const item = items().find(({ id }) => id === location.hash.slice(1)) ?? items()[0];
    if (document.activeElement === document.body) item?.querySelector("h2").focus({ preventScroll: true });
  }

  const press = (value) => {
    const item = marked();
    const button = form(item)?.querySelector(`button[value=${value}]`);
    if (button) form(item).requestSubmit(button);
    else if (own(item)) announce(own(item).textContent);
  };

  function open(name, field) {
    const panel = marked()?.querySelector(`details.${name}`);
    if (!panel) return;
    panel.open = true;
    const found = panel.querySelector(field);
    found?.focus();
    return found;
  }

  function choose(number) {
    const radio = marked()?.querySelectorAll("[name=reason]")[number - 1];
    if (!radio) return;
    radio.checked = true;
    announce(radio.parentElement.firstChild.nextSibling.textContent.trim());
  }

  function parent() {
    const panel = marked()?.querySelector("details.parent");
    if (panel) panel.open = !panel.open;
  }

  const term = (days) => {
    const field = open("sanction", "select");
    if (field) field.value = days;
  };

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    a: () => press("approve"),
    x: () => press("remove"),
    h: () => press("hold"),
    w: () => press("warn"),
    e: () => open("edit", "textarea"),
    n: () => open("note", "textarea"),
    s: () => term("7"),
    b: () => term(""),
    u: () => undo(),
    p: parent,
    "?": () => dialog.showModal(),
  };
  for (const number of [1, 2, 3, 4, 5, 6]) actions[number] = () => choose(number);

  function inField(event) {
    const field = event.target;
    if (event.key === "Escape") go(field.closest("#queue > li"));
    const sends = event.key === "Enter" && (field.matches("select[name=days]") || (field.matches("textarea") && (event.ctrlKey || event.metaKey)));
    if (!sends) return;
    const button = field.closest("details")?.querySelector("button[name=decision]");
    if (!button) return go(field.closest("#queue > li"));
    event.preventDefault();
    field.form.requestSubmit(button);
  }

  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

  if (queue && dialog) {
    document.documentElement.classList.toggle("keyed", on);
    document.addEventListener("keydown", (event) => {
      if (event.target.closest("#queue :is(textarea, select)")) return inField(event);
      if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const key = keyOf(event);
      if (!(key in actions) || event.target.closest("textarea, select, dialog, input:not([type=radio], [type=checkbox])")) return;
      event.preventDefault();
      if (event.repeat && !"jk".includes(key)) return;
      // A decision is about a comment that can be seen to be meant.
      if (here() || "jku?".includes(key)) actions[key]();
      else go(items()[0]);
    });
    const help = desk.querySelector("[data-keys]");
    help.hidden = false;
    help.addEventListener("click", () => dialog.showModal());
    const use = dialog.querySelector("[name=keys]");
    use.checked = on;
    use.addEventListener("change", () => turn(use.checked));

    document.addEventListener("submit", (event) => {
      const { target, submitter } = event;
      const item = target.closest("#queue > li");
      if (item && target.matches("[data-decisions]")) track(decide(item, target, submitter));
      else if (target.matches("[data-undo]")) undo(target);
      else if (target === several) track(decideAll(submitter));
      else return;
      event.preventDefault();
    });
    for (const sent of notices.querySelectorAll("form[data-undo]")) undos.push(sent);
    queue.addEventListener("focusin", ({ target }) => claim(target.closest("#queue > li")));
    // Where the address names a comment, the browser goes there first, and would take the focus away.
    if (on && location.hash) addEventListener("load", begin);
    else if (on) begin();
    queue.addEventListener("change", ({ target }) => target.name === "cases" && select());
    queue.addEventListener("click", (event) => {
      const close = event.target.closest("[data-close]");
      if (!close) return;
      event.preventDefault();
      const item = close.closest("#queue > li");
      const following = next(item);
      item.remove();
      go(following ?? items().at(-1));
      rest();
    });
    if (several) {
      several.querySelector(".all").hidden = false;
      several.querySelector("[data-all]").addEventListener("change", ({ target }) => {
        for (const item of tickable()) box(item).checked = target.checked;
        select();
      });
      select();
    }
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(waiting) : ((pause = FIRST), ask())));
    wait();
  }
}
