// A page that is open asks now and then what is new, and says so in a line; what is new is put in its place when
// somebody asks for it. Keys of comments are compared, so that nothing is missed, whatever happened on the way.
if (talk) {
  const FIRST = 20_000; // milliseconds between two questions,
  const LONGEST = 5 * 60_000; // more and more while nothing changes,
  const IDLE = 10 * 60_000; // and none where nobody has touched the page for so long
  const MOST = 50; // keys in an answer (forum/discussion/live.py)
  const DEEPEST = 5; // forum/discussion/tree.py
  const line = talk.querySelector(".arrived");
  let [pause, touched, asleep, waiting] = [FIRST, Date.now(), false];
  let [answer, newest, told] = ["", [], false];

  async function ask() {
    clearTimeout(waiting);
    let text = answer;
    try {
      // The same for everybody, so nobody says who they are.
      const options = { credentials: "omit", cache: "no-cache", signal: AbortSignal.timeout(10_000) };
      const said = await fetch(talk.dataset.live, options);
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
      if ("votes" in place.dataset) place.dataset.votes = text;
    }
  };

  function refresh({ count, newest: keys, votes }) {
    write("[data-comments]", inWords("comment", count));
    write("[data-count-comments]", inDigits(count));
    for (const [key, score] of Object.entries(votes)) write(`#c${key} > footer:not([aria-busy]) [data-votes]`, score);
    newest = keys;
    tell();
  }

  function tell() {
    const known = talk.dataset.newest;
    const count = newest.filter((key) => key > known && !document.getElementById(`c${key}`)).length;
    if (!count) return line.replaceChildren();
    const text = inWords("arrived", count, count < MOST ? count : `${MOST}+`);
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
    // Where there is more than one page of them, the line goes on about the rest.
    if (!page.querySelector("#discussion > .pager")) keys.push(...newest);
    talk.dataset.newest = Math.max(talk.dataset.newest, ...keys);
    // Who writes on this page has seen what it shows.
    for (const field of talk.querySelectorAll("[name=seen]")) field.value = talk.dataset.newest;
    markNew(came);
    recordVisit();
    talk.querySelector(came.map(({ id }) => `#${id}`).join())?.focus();
  }

  // What is being read stays where it is, whatever comes in above it.
  function holdStill(change) {
    const top = (element) => element?.getBoundingClientRect().top;
    const all = Array.from(talk.querySelectorAll(".comment"));
    const read = all.find((comment) => comment.getBoundingClientRect().bottom > 0);
    const before = top(read);
    change();
    if (before < innerHeight) scrollBy({ top: top(read) - before, behavior: "instant" });
  }

  // A reply at the end of the list below what it answers, a thread where this order has its newest.
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
      const summary = at.firstElementChild;
      const count = Number(summary.firstChild.nodeValue.replace(/\D/g, "")) + 1;
      summary.firstChild.nodeValue = inWords("reply", count);
      const name = at.parentElement.querySelector(":scope > .comment h3 bdi")?.textContent;
      if (name) summary.ariaLabel = inWords("replyTo", count).replace("{0}", name);
    }
    // As on a page that is made now: whom it answers is said where its place does not show it.
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
    replies.append(summary, made("ol", { className: "thread" }));
    parent.parentElement.append(replies);
    return replies.lastElementChild;
  }

  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll"]) addEventListener(sign, wake, { passive: true });
  document.addEventListener("visibilitychange", () => (document.hidden ? sleep() : wake()));
  addEventListener("pageshow", ({ persisted }) => persisted && (sleep(), wake()));
  wait();
}
