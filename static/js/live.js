// A page that is open asks now and then what is new, with a question that costs the server next to nothing, and says
// so in a quiet line. What is being read never moves by itself.
{
  const FIRST = 20_000; // milliseconds between two questions,
  const SLOWER = 1.5; // more and more while nothing changes,
  const LONGEST = 5 * 60_000;
  const IDLE = 10 * 60_000; // and none where nobody has touched the page for so long
  const discussion = document.querySelector("#discussion[data-live]");

  let pause = FIRST;
  let waiting;
  let lastTouch = Date.now();
  let lastAnswer;
  let known; // keys up to this one are on the page, or were when it was made

  async function ask() {
    clearTimeout(waiting);
    if (document.visibilityState === "hidden" || Date.now() - lastTouch > IDLE) return;
    try {
      // The same for everybody, so nobody says who they are.
      const answer = await fetch(discussion.dataset.live, { credentials: "omit", signal: AbortSignal.timeout(10_000) });
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      const changed = lastAnswer !== undefined && text !== lastAnswer;
      pause = changed ? FIRST : Math.min(pause * SLOWER, LONGEST);
      if (text !== lastAnswer) show(JSON.parse(text));
      lastAnswer = text;
    } catch {
      pause = Math.min(pause * SLOWER, LONGEST);
    }
    wait();
  }

  function wait() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, pause);
  }

  function show({ count, newest, votes }) {
    for (const place of document.querySelectorAll("[data-count-comments]")) {
      place.textContent = count.toLocaleString(document.documentElement.lang);
    }
    for (const [id, text] of Object.entries(votes)) {
      const place = document.querySelector(`#c${id} > footer:not([aria-busy]) [data-votes]`);
      if (place && place.textContent !== text) place.textContent = text;
    }
    const arrived = newest.filter((id) => id > known && !document.getElementById(`c${id}`));
    if (arrived.length) sayArrived(arrived.length);
  }

  function sayArrived(number) {
    const { dataset } = discussion;
    let line = discussion.querySelector(".arrivals");
    const text = number === 1 ? dataset.oneArrived : dataset.manyArrived.replace("%s", number);
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "arrivals" });
      (discussion.querySelector(".tools") ?? discussion.querySelector(".talk-h")).after(line);
      announce(text);
    }
    const link = Object.assign(document.createElement("a"), { href: dataset.since + known, textContent: dataset.show });
    link.addEventListener("click", putInPlace);
    line.replaceChildren(`${text} `, link);
  }

  async function putInPlace(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const link = event.currentTarget;
    setBusy(link, document.body.dataset.loading);
    try {
      const page = await fragment(link.href);
      const threads = discussion.querySelector(":scope > .thread");
      if (!threads || page.querySelector("#discussion > .pager")) return location.assign(link.href);
      const came = holdStill(() => [...page.querySelectorAll("#discussion > .thread > li")].filter(place));
      known = Math.max(known, ...Array.from(page.querySelectorAll(".comment"), ({ id }) => Number(id.slice(1))));
      leadTo(came.map((item) => item.querySelector(".comment")));
    } catch {
      location.assign(link.href);
    }
  }

  function leadTo(comments) {
    const line = discussion.querySelector(".arrivals");
    if (!comments.length) return line.remove();
    markNew(comments);
    const first = Object.assign(document.createElement("a"), { href: `#${comments[0].id}` });
    first.textContent = discussion.dataset.firstNew;
    line.replaceChildren(first);
    first.focus({ preventScroll: true });
  }

  // A reply at the end of the list below what it answers, a thread where this order has its newest.
  function place(item) {
    const comment = item.querySelector(".comment");
    if (document.getElementById(comment.id)) return false;
    const parent = document.getElementById(`c${comment.dataset.parent}`);
    const threads = discussion.querySelector(":scope > .thread");
    if (parent) repliesTo(parent).append(item);
    else if (new URLSearchParams(location.search).get("sort") === "oldest") threads.append(item);
    else threads.prepend(item);
    return true;
  }

  const DEEPEST = 5;

  function repliesTo(parent) {
    const own = parent.parentElement.querySelector(":scope > .replies > .thread");
    if (own) return own;
    let level = -1;
    for (let list = parent.closest(".thread"); list; list = list.parentElement.closest(".thread")) level += 1;
    if (level >= DEEPEST) return parent.closest(".thread");
    const replies = Object.assign(document.createElement("details"), { className: "replies", open: true });
    const summary = Object.assign(document.createElement("summary"), { textContent: discussion.dataset.replies });
    const list = Object.assign(document.createElement("ol"), { className: "thread" });
    replies.append(summary, list);
    parent.after(replies);
    return list;
  }

  // Whatever is put above what is in sight, that stays where it is.
  function holdStill(change) {
    const page = document.documentElement;
    const held = [...document.querySelectorAll(".comment, main h2, main p")].find(
      (element) => element.getBoundingClientRect().top >= 0,
    );
    const before = held?.getBoundingClientRect().top;
    page.style.overflowAnchor = "none";
    const result = change();
    if (held) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
    page.style.overflowAnchor = "";
    return result;
  }

  if (discussion) {
    known = Number(discussion.dataset.newest);
    const touch = () => {
      const asleep = Date.now() - lastTouch > IDLE;
      lastTouch = Date.now();
      if (asleep) ask();
    };
    for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, touch, { passive: true });
    const comeBack = () => {
      if (document.visibilityState === "hidden") return clearTimeout(waiting);
      lastTouch = Date.now();
      pause = FIRST;
      ask();
    };
    document.addEventListener("visibilitychange", comeBack);
    addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
    wait();
  }
}
