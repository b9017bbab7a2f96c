// What came since the page was opened is told in a line, and put in its place when somebody asks for it. Keys of
// comments are compared: whatever happened meanwhile here, on the way or at the site, nothing is missed.
{
  const SHORTEST = 20_000;
  const LONGEST = 300_000;
  const IDLE = 600_000; // after so long without a touch nobody is taken to be reading
  const MOST = 50; // keys in an answer (forum/live.py)
  const DEEPEST = 5; // forum/tree.py
  const discussion = document.querySelector("#discussion[data-live]");
  const line = discussion?.querySelector(".arrived");
  const words = line?.dataset;
  let [wait, touched, asleep, timer] = [SHORTEST, Date.now(), false];
  let [answered, newest, told] = ["", [], false];

  const levelOf = (element) => {
    let level = -1;
    for (let at = element; at; at = at.parentElement.closest(".thread")) level += at.matches(".thread");
    return level;
  };

  async function ask() {
    try {
      // The same for everybody, signed in or not: so it can be kept.
      const options = { credentials: "omit", cache: "no-cache", signal: AbortSignal.timeout(10_000) };
      const answer = await fetch(discussion.dataset.live, options);
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      wait = text === answered ? later() : SHORTEST;
      if (text !== answered) refresh(JSON.parse(text));
      answered = text;
    } catch {
      wait = later();
    }
    clearTimeout(timer);
    if (!asleep) timer = setTimeout(askAgain, wait);
  }

  const later = () => Math.min(wait * 1.5, LONGEST);

  function askAgain() {
    asleep = Date.now() - touched > IDLE;
    if (!asleep) ask();
  }

  function sleep() {
    clearTimeout(timer);
    asleep = true;
  }

  function wake() {
    touched = Date.now();
    if (!asleep || document.hidden) return;
    [asleep, wait] = [false, SHORTEST];
    ask();
  }

  function refresh({ count, newest: keys, votes }) {
    for (const [key, score] of Object.entries(votes)) {
      const shown = document.querySelector(`#c${key} [data-votes]`);
      // A vote of one's own that is on its way is shown already.
      if (shown && shown.textContent !== score && !shown.closest("[aria-busy]")) shown.textContent = score;
    }
    for (const shown of document.querySelectorAll("[data-comments]")) {
      if (Number(shown.dataset.comments) === count) continue;
      shown.dataset.comments = count;
      shown.textContent = inWords(words.commentsOne, words.commentsMany, count);
    }
    newest = keys;
    tell();
  }

  function tell() {
    const { dataset } = discussion;
    const count = newest.filter((key) => key > dataset.newest && !document.getElementById(`c${key}`)).length;
    if (!count) return line.replaceChildren();
    const text = inWords(words.one, words.many, count < MOST ? count : `${MOST}+`);
    if (!line.firstChild) line.append(made("a", { onclick: press }));
    Object.assign(line.firstChild, { href: dataset.since + dataset.newest, textContent: text });
    if (!told) announce(text);
    told = true;
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(event.currentTarget);
  }

  async function show(link) {
    setBusy(link, document.body.dataset.loading);
    try {
      const page = await fragment(link.href);
      const items = Array.from(page.querySelectorAll("#discussion > .thread > li"));
      const keys = items.map((item) => Number(item.firstElementChild.id.slice(1)));
      const rest = page.querySelector("#discussion > .pager") ? [] : newest;
      known(Math.max(discussion.dataset.newest, ...keys, ...rest));
      const came = items.filter(({ firstElementChild: { id } }) => !document.getElementById(id));
      whileReading(() => came.forEach(put));
      leadToNew(discussion);
      recordVisit(discussion);
      setReady(link);
      tell();
      discussion.querySelector(came.map((item) => `#${item.firstElementChild.id}`).join())?.focus();
    } catch {
      location.assign(link.href);
    }
  }

  // A comment that is written here says what its writer had seen.
  function known(key) {
    discussion.dataset.newest = key;
    for (const field of discussion.querySelectorAll("[name=seen]")) field.value = key;
  }

  // What is being read stays where it is, whatever comes in above it.
  function whileReading(change) {
    const top = (element) => element?.getBoundingClientRect().top;
    const comments = Array.from(discussion.querySelectorAll(".comment"));
    const read = comments.find((comment) => comment.getBoundingClientRect().bottom > 0);
    const before = top(read);
    change();
    if (before < innerHeight) scrollBy({ top: top(read) - before, behavior: "instant" });
  }

  function put(item) {
    const comment = item.firstElementChild;
    const parent = document.getElementById(`c${comment.dataset.parent}`);
    if (parent) answer(parent, item);
    else if (discussion.dataset.live.includes("sort=oldest")) threads().append(item);
    else threads().prepend(item);
    for (let at; (at = comment.closest("details:not([open])")); ) at.open = true;
    markNew(comment);
  }

  function threads() {
    const list = discussion.querySelector(":scope > .thread") ?? made("ol", { className: "thread" });
    discussion.querySelector(":scope > .empty")?.replaceWith(list);
    return list;
  }

  function answer(parent, item) {
    const level = levelOf(parent);
    (level < DEEPEST ? answersTo(parent) : parent.closest("ol")).append(item);
    for (let at = item.closest(".replies"); at; at = at.parentElement.closest(".replies")) countOneMore(at);
    const to = item.querySelector(".to");
    to?.classList.toggle("flat", level === DEEPEST);
    if (level < DEEPEST - 2) to?.remove();
    else to?.querySelector("a").setAttribute("href", `#${parent.id}`);
  }

  function answersTo(parent) {
    const there = parent.parentElement.querySelector(":scope > .replies > .thread");
    if (there) return there;
    const replies = made("details", { className: "replies", open: true });
    const list = made("ol", { className: "thread" });
    const whose = parent.querySelector("[data-reply] .vh")?.cloneNode(true) ?? "";
    replies.append(made("summary"), list);
    replies.firstChild.append("0", whose);
    parent.parentElement.append(replies);
    return list;
  }

  function countOneMore(replies) {
    const text = replies.querySelector("summary").firstChild;
    text.nodeValue = inWords(words.replyOne, words.replyMany, Number(text.nodeValue.replace(/\D/g, "")) + 1);
  }

  if (discussion) {
    for (const touch of ["pointerdown", "pointermove", "keydown", "scroll"]) addEventListener(touch, wake, { passive: true });
    document.addEventListener("visibilitychange", () => (document.hidden ? sleep() : wake()));
    addEventListener("pageshow", ({ persisted }) => persisted && (sleep(), wake()));
    timer = setTimeout(askAgain, wait);
  }
}
