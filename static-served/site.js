
const policy = globalThis.trustedTypes?.createPolicy("parley", { createHTML: (html) => html });

async function fragment(url, options = {}) {
  const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(10_000) });
  const here = new URL(answer.url).origin === location.origin;
  const html = here ? await answer.text() : "";
  const page = new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
  if (!answer.ok || !here) throw Object.assign(new Error(`${answer.status} ${answer.url}`), { page });
  return page;
}

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


const DRAFT_DAYS = 30;
const draftName = (form) => `draft ${form.getAttribute("action")} ${form.dataset.parent}`;

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


const beginWriting = () => import(document.body.dataset.writing);

function prepareComposer(form) {
  if (form.dataset.draftKept) keepDraft(form);
  const words = form.elements.body;
  const count = form.querySelector("[data-count]");
  const limit = Number(form.dataset.limit);

  let waiting;
  const showCount = () => {
    const left = limit - Array.from(words.value).length;
    count.textContent = left <= limit / 5 ? `${form.dataset.charactersLeft} ${left}` : "";
    clearTimeout(waiting);
    waiting = setTimeout(() => left <= limit / 10 && announce(count.textContent), 1_000);
  };
  if (count) words.addEventListener("input", showCount);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector(".btn"));
  });
  form.querySelector("[data-preview]")?.addEventListener("click", (event) => {
    event.preventDefault();
    showPreview(form, event.currentTarget);
  });
  if (count) showCount();
  const complete = ({ completeNames }) => completeNames(words, form.dataset, announce);
  if (form.dataset.people) words.addEventListener("focus", () => beginWriting().then(complete, () => {}), { once: true });
}

function forgiveErrors(form) {
  for (const said of form.querySelectorAll(".summary, #id_body_error")) said.remove();
  for (const field of form.querySelectorAll(".invalid")) field.classList.remove("invalid");
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

async function showPreview(form, button) {
  setBusy(button, document.body.dataset.loading);
  try {
    const page = await fragment(button.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const preview = page.getElementById("preview");
    form.parentElement.querySelector(":scope > #preview")?.remove();
    form.before(preview);
    forgiveErrors(form);
    preview.focus();
    setReady(button);
  } catch {
    setReady(button);
    form.requestSubmit(button);
  }
}

{
  const PATIENCE = 8_000; // milliseconds after which a second press is taken for a wish
  const sentAt = new WeakMap();

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (Date.now() - (sentAt.get(form) ?? 0) < PATIENCE) {
      event.preventDefault();
      return;
    }
    sentAt.set(form, Date.now());
    if (submitter?.matches(".btn")) setBusy(submitter, form.dataset.busy);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) sentAt.delete(form);
    document.querySelectorAll("[aria-busy]").forEach(setReady);
  });
  document.addEventListener("selectionchange", function select() {
    if (getSelection().isCollapsed) return;
    document.removeEventListener("selectionchange", select);
    beginWriting().catch(() => {});
  });
  document.querySelectorAll("form.compose").forEach(prepareComposer);
  document.getElementById("error-summary")?.focus();
}


const talk = document.querySelector("#discussion[data-live]");

function inWords(name, number) {
  const words = talk.dataset[(number === 1 ? "one" : "many") + name];
  return words.replace("%s", number.toLocaleString(document.documentElement.lang));
}

function markNew(comments) {
  for (const comment of comments) {
    comment.classList.add("new");
    comment.querySelector(".when").before(made("span", { className: "tag new", textContent: talk.dataset.isNew }));
  }
  const all = Array.from(talk.querySelectorAll(".comment.new"));
  all.forEach((comment, place) => {
    comment.querySelector(".next-new")?.remove();
    const next = all[place + 1] && { className: "next-new", href: `#${all[place + 1].id}`, textContent: talk.dataset.nextNew };
    if (next) comment.querySelector("footer").append(made("a", next));
  });
  return all;
}

const visitName = `visit ${location.pathname}`;
const PAUSE = 30 * 60_000; // who was away so long comes back for another visit
const newAfter = ({ before, seen, at }) => (Date.now() - at > PAUSE ? seen : before);

function lastVisit() {
  try {
    return JSON.parse(localStorage.getItem(visitName));
  } catch {
    return null;
  }
}

function recordVisit() {
  const { visit, newest } = talk.dataset;
  if (visit) {
    const body = new URLSearchParams(new FormData(document.getElementById("votes")));
    body.set("seen", newest);
    fetch(visit, { method: "POST", body, keepalive: true }).catch(() => {});
    return;
  }
  const last = lastVisit();
  const now = { before: last ? newAfter(last) : Number(newest), seen: Math.max(last?.seen ?? 0, newest), at: Date.now() };
  try {
    localStorage.setItem(visitName, JSON.stringify(now));
  } catch {
  }
}

const newSince = talk?.dataset.visit ? null : lastVisit() && newAfter(lastVisit());

function showNew() {
  const comments = Array.from(talk.querySelectorAll(".comment:not(.gone, .new)"));
  return markNew(comments.filter(({ id }) => newSince !== null && id.slice(1) > newSince));
}

if (talk) {
  const all = showNew();
  if (newSince !== null && talk.dataset.newest > newSince) {
    const line = made("p", { className: "new-since" });
    if (all.length) line.append(made("a", { href: `#${all[0].id}`, textContent: inWords("NewHere", all.length) }), " ");
    line.append(made("a", { href: talk.dataset.since + newSince, textContent: talk.dataset.allNew }));
    talk.querySelector(".tools")?.append(line);
  }

  let waiting;
  document.addEventListener("visibilitychange", function look() {
    clearTimeout(waiting);
    if (document.hidden) return;
    waiting = setTimeout(() => {
      document.removeEventListener("visibilitychange", look);
      recordVisit();
    }, 2_000);
  });
  document.dispatchEvent(new Event("visibilitychange"));
}

{
  const discussion = document.getElementById("discussion");

  async function showMore(link) {
    setBusy(link, document.body.dataset.loading);
    try {
      const page = await fragment(link.href);
      const threads = page.querySelectorAll("#discussion > .thread > li");
      const pager = page.querySelector("#discussion > .pager");
      discussion.querySelector(":scope > .thread").append(...threads);
      if (pager) link.closest(".pager").replaceWith(pager);
      else link.closest(".pager").remove();
      if (talk) showNew();
      threads[0]?.querySelector(".comment").focus();
    } catch {
      location.assign(link.href);
    }
  }

  async function openReply(link) {
    const comment = link.closest(".comment");
    const earlier = comment.nextElementSibling;
    if (earlier?.matches(".compose")) {
      earlier.hidden = false;
      earlier.elements.body.focus();
      return;
    }
    setBusy(link, document.body.dataset.loading);
    try {
      const form = (await fragment(link.href)).getElementById("compose");
      renameIds(form, comment.id);
      form.elements.seen.value = discussion.dataset.newest ?? form.elements.seen.value;
      comment.after(form);
      prepareComposer(form);
      form.elements.body.focus();
      form.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        form.hidden = true;
        link.focus();
      });
    } catch {
      location.assign(link.href);
    } finally {
      setReady(link);
    }
  }

  function renameIds(form, suffix) {
    for (const element of [form, ...form.querySelectorAll("*")]) {
      for (const name of ["id", "for", "aria-describedby", "aria-labelledby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.split(" ").map((id) => `${id}_${suffix}`).join(" "));
      }
    }
  }

  function showTarget() {
    const name = location.hash.slice(1);
    const target = document.getElementById(name);
    const comment = /^c(\d{1,18})$/.exec(name);
    if (!target) {
      if (comment && discussion) location.replace(`/comments/${comment[1]}/`);
      return;
    }
    unfold(target.querySelector(":scope > details") ?? target);
    if (!comment) return;
    const notice = document.querySelector("[data-posted]")?.closest(".notice");
    if (notice) target.before(notice);
    (notice ?? target).scrollIntoView({ behavior: "instant" });
    target.focus({ preventScroll: true });
  }

  const folded = `folded ${location.pathname}`;
  const nameOf = (replies) => replies.parentElement.querySelector(":scope > .comment").id;

  function rememberFolds() {
    const names = Array.from(discussion.querySelectorAll(".replies:not([open])"), nameOf);
    try {
      if (names.length) localStorage.setItem(folded, names.join(" "));
      else localStorage.removeItem(folded);
    } catch {
    }
  }

  function fold() {
    try {
      for (const name of localStorage.getItem(folded)?.split(" ") ?? []) {
        const replies = document.getElementById(name)?.parentElement.querySelector(":scope > .replies");
        if (replies) replies.open = false;
      }
    } catch {
    }
  }

  function pressLine({ target, clientX }) {
    if (!target.matches?.(".replies > .thread")) return;
    const box = target.getBoundingClientRect();
    const edge = getComputedStyle(target).direction === "rtl" ? box.right : box.left;
    if (Math.abs(clientX - edge) <= 12) target.parentElement.open = false;
  }

  if (discussion) {
    discussion.classList.add("live");
    fold();
    discussion.addEventListener("toggle", rememberFolds, true);
    discussion.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-more], a[data-reply]");
      if (!link) return pressLine(event);
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if ("more" in link.dataset) showMore(link);
      else openReply(link);
    });
  }
  addEventListener("hashchange", showTarget);
  if (location.hash) showTarget();

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      addEventListener("afterprint", () => (details.open = false), { once: true });
    }
  });
}


function unfold(element) {
  for (let at = element; at; at = at.parentElement) if (at.matches("details")) at.open = true;
}

{
  const row = document.querySelector("[data-collapse]");
  const replies = () => Array.from(document.querySelectorAll("#discussion .replies"));

  if (row && replies().length) {
    const button = document.createElement("button");
    const anyOpen = () => replies().some(({ open }) => open);
    const label = () => (button.textContent = anyOpen() ? row.dataset.collapse : row.dataset.expand);
    button.type = "button";
    button.className = "linkish";
    button.addEventListener("click", () => {
      const open = !anyOpen();
      for (const details of replies()) details.open = open;
      label();
    });
    document.getElementById("discussion").addEventListener("toggle", label, true);
    label();
    row.prepend(button);
  }
}

{
  const discussion = document.getElementById("discussion");
  const help = document.querySelector("a[data-keys]");
  let on = false;
  let list;

  try {
    on = Boolean(localStorage.getItem("keys"));
  } catch {
  }

  function turn(to) {
    on = to;
    try {
      if (on) localStorage.setItem("keys", "on");
      else localStorage.removeItem("keys");
    } catch {
    }
  }

  async function showKeys() {
    try {
      list ??= prepareList((await fragment(help.href)).getElementById("keys"));
      list.showModal();
    } catch {
      location.assign(help.href);
    }
  }

  function prepareList(section) {
    const dialog = document.createElement("dialog");
    const form = section.querySelector("form");
    const { keys } = form.elements;
    form.hidden = false;
    keys.checked = on;
    keys.addEventListener("change", () => turn(keys.checked));
    dialog.setAttribute("aria-labelledby", section.getAttribute("aria-labelledby"));
    dialog.append(...section.children);
    document.body.append(dialog);
    return dialog;
  }

  const here = () => document.activeElement.closest("#discussion .comment");
  const comments = (selector) => Array.from(discussion.querySelectorAll(selector));
  const shown = () => comments(".comment").filter((comment) => comment.checkVisibility());
  const threads = () => comments(":scope > .thread > li > .comment");

  const isBehind = (comment) =>
    here()
      ? here().compareDocumentPosition(comment) & Node.DOCUMENT_POSITION_FOLLOWING
      : comment.getBoundingClientRect().top >= 0;
  const next = (list) => list.find(isBehind);
  const previous = (list) => list.findLast((comment) => comment !== here() && !isBehind(comment));

  function parent() {
    const above = here()?.parentElement.parentElement.closest("li")?.querySelector(":scope > .comment");
    return document.getElementById(`c${here()?.dataset.parent}`) ?? above;
  }

  function go(comment) {
    if (!comment) return;
    unfold(comment);
    comment.focus();
  }

  function fold() {
    const replies = here()?.parentElement.querySelector(":scope > .replies");
    if (replies) replies.open = !replies.open;
  }

  const deeds = {
    j: () => go(next(shown())),
    k: () => go(previous(shown())),
    t: () => go(next(threads())),
    T: () => go(previous(threads())),
    n: () => go(next(comments(".comment.new"))),
    p: () => go(parent()),
    o: fold,
    r: () => here()?.querySelector("[data-reply]")?.click(),
    "?": () => help && showKeys(),
  };

  document.addEventListener("keydown", (event) => {
    if (!on || !discussion || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.key in deeds) || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    deeds[event.key]();
  });
  help?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showKeys();
  });
}

{
  const form = document.getElementById("votes");

  const show = (footer, value, votes) => {
    for (const button of footer.querySelectorAll("[data-vote]")) {
      const pressed = Number(button.dataset.vote) === value;
      button.setAttribute("aria-pressed", pressed);
      button.value = pressed ? 0 : button.dataset.vote; // a second press takes the vote back
    }
    footer.querySelector("[data-votes]").textContent = votes;
  };

  async function cast(button) {
    const footer = button.parentElement;
    const votes = footer.querySelector("[data-votes]").textContent;
    const before = Number(footer.querySelector("[aria-pressed=true]")?.dataset.vote ?? 0);
    const body = new URLSearchParams(new FormData(form, button));
    const value = Number(button.value);
    footer.ariaBusy = true; // of two votes on their way the later one might arrive first
    show(footer, value, votes && Number(votes) + value - before);
    try {
      const asked = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(10_000) };
      const answer = await fetch(button.formAction, asked);
      if (answer.status === 401) return location.assign(button.formAction);
      const said = await answer.json();
      show(footer, said.value ?? before, said.votes ?? votes);
      if (said.error) announce(said.error);
    } catch {
      show(footer, before, votes);
      announce(form.dataset.failed);
    } finally {
      footer.ariaBusy = null;
    }
  }

  document.addEventListener("click", (event) => {
    const button = form && event.target.closest("button[data-vote]");
    if (!button) return;
    event.preventDefault();
    if (!button.parentElement.ariaBusy) cast(button);
  });
}

if (talk) {
  const FIRST = 20_000; // milliseconds between two questions,
  const LONGEST = 5 * 60_000; // more and more while nothing changes,
  const IDLE = 10 * 60_000; // and none where nobody has touched the page for so long
  const MOST = 50; // keys in an answer (forum/live.py)
  const DEEPEST = 5; // forum/tree.py
  const line = talk.querySelector(".arrived");
  let [pause, touched, asleep, waiting] = [FIRST, Date.now(), false];
  let [answer, newest, told] = ["", [], false];

  async function ask() {
    clearTimeout(waiting);
    let text = answer;
    try {
      const options = { credentials: "omit", cache: "no-cache", signal: AbortSignal.timeout(10_000) };
      const said = await fetch(talk.dataset.live, options);
      if (said.ok) text = await said.text();
      if (text !== answer) refresh(JSON.parse(text));
    } catch {
    }
    pause = text === answer ? Math.min(pause * 1.5, LONGEST) : FIRST;
    answer = text;
    wait();
  }

  function wait() {
    clearTimeout(waiting);
    if (!asleep) waiting = setTimeout(() => (Date.now() - touched > IDLE ? sleep() : ask()), pause);
  }

  function sleep() {
    clearTimeout(waiting);
    asleep = true;
  }

  function wake() {
    touched = Date.now();
    if (!asleep || document.hidden) return;
    [asleep, pause] = [false, FIRST];
    ask();
  }

  const write = (selector, text) => {
    for (const place of document.querySelectorAll(selector)) {
      if (place.textContent.trim() !== text) place.textContent = text;
    }
  };

  function refresh({ count, newest: keys, votes }) {
    write("[data-comments]", inWords("Comment", count));
    write("[data-count-comments]", count.toLocaleString(document.documentElement.lang));
    for (const [key, score] of Object.entries(votes)) write(`#c${key} > footer:not([aria-busy]) [data-votes]`, score);
    newest = keys;
    tell();
  }

  function tell() {
    const known = talk.dataset.newest;
    const count = newest.filter((key) => key > known && !document.getElementById(`c${key}`)).length;
    if (!count) return line.replaceChildren();
    const text = inWords("Arrived", count < MOST ? count : `${MOST}+`);
    if (!line.firstChild) line.append(made("a", { onclick: press }));
    Object.assign(line.firstChild, { href: talk.dataset.since + known, textContent: text });
    if (!told) announce(text);
    told = true;
  }

  async function press(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const link = event.currentTarget;
    setBusy(link, document.body.dataset.loading);
    try {
      show(await fragment(link.href));
      setReady(link);
      tell();
    } catch {
      location.assign(link.href);
    }
  }

  function show(page) {
    const comments = Array.from(page.querySelectorAll("#discussion > .thread > li > .comment"));
    const came = comments.filter(({ id }) => !document.getElementById(id));
    holdStill(() => came.forEach(put));
    const keys = comments.map(({ id }) => id.slice(1));
    if (!page.querySelector("#discussion > .pager")) keys.push(...newest);
    talk.dataset.newest = Math.max(talk.dataset.newest, ...keys);
    for (const field of talk.querySelectorAll("[name=seen]")) field.value = talk.dataset.newest;
    markNew(came);
    recordVisit();
    talk.querySelector(came.map(({ id }) => `#${id}`).join())?.focus();
  }

  function holdStill(change) {
    const top = (element) => element?.getBoundingClientRect().top;
    const all = Array.from(talk.querySelectorAll(".comment"));
    const read = all.find((comment) => comment.getBoundingClientRect().bottom > 0);
    const before = top(read);
    change();
    if (before < innerHeight) scrollBy({ top: top(read) - before, behavior: "instant" });
  }

  function put(comment) {
    const item = comment.parentElement;
    const parent = document.getElementById(`c${comment.dataset.parent}`);
    if (parent) putReply(item, parent);
    else if (talk.dataset.live.includes("sort=oldest")) threads().append(item);
    else threads().prepend(item);
    unfold(item);
  }

  function threads() {
    const list = talk.querySelector(":scope > .thread") ?? made("ol", { className: "thread" });
    talk.querySelector(":scope > .empty")?.replaceWith(list);
    return list;
  }

  function putReply(item, parent) {
    let level = 0; // of the parent
    for (let at = parent; (at = at.parentElement.closest(".replies")); ) level += 1;
    (level < DEEPEST ? repliesTo(parent) : parent.closest(".thread")).append(item);
    for (let at = item; (at = at.parentElement.closest(".replies")); ) {
      const text = at.firstElementChild.firstChild;
      text.nodeValue = inWords("Reply", Number(text.nodeValue.replace(/\D/g, "")) + 1);
    }
    const to = item.querySelector(".to");
    if (level < DEEPEST - 2) to?.remove();
    to?.classList.toggle("flat", level === DEEPEST);
    to?.querySelector("a").setAttribute("href", `#${parent.id}`);
  }

  function repliesTo(parent) {
    const there = parent.parentElement.querySelector(":scope > .replies > .thread");
    if (there) return there;
    const replies = made("details", { className: "replies" });
    const summary = made("summary", { textContent: "0" });
    summary.append(parent.querySelector("[data-reply] .vh")?.cloneNode(true) ?? "");
    replies.append(summary, made("ol", { className: "thread" }));
    parent.parentElement.append(replies);
    return replies.lastElementChild;
  }

  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll"]) addEventListener(sign, wake, { passive: true });
  document.addEventListener("visibilitychange", () => (document.hidden ? sleep() : wake()));
  addEventListener("pageshow", ({ persisted }) => persisted && (sleep(), wake()));
  wait();
}

{
  const { show, hide, showPassword, hidePassword } = document.body.dataset;

  for (const input of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    const set = (visible) => {
      input.type = visible ? "text" : "password";
      button.textContent = visible ? hide : show;
      button.setAttribute("aria-label", visible ? hidePassword : showPassword);
    };
    button.type = "button";
    button.className = "show";
    button.addEventListener("click", () => set(input.type === "password"));
    input.classList.add("shown");
    input.after(button);
    set(false);
    input.form?.addEventListener("submit", () => set(false));
  }
}
