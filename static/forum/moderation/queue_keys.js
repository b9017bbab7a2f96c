// The keys of the queue, and the start of its script: the last part of the bundle.

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
