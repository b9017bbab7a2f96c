// What is new since the last visit. Signed in, the site remembers how far somebody has read; signed out, this
// browser does, by the same rule (forum/models/visit.py).

const PAUSE = 30 * 60_000; // somebody who was away so long comes back for another visit
const visitName = `visit ${location.pathname}`;

function lastVisit() {
  try {
    return JSON.parse(localStorage.getItem(visitName));
  } catch {
    return null;
  }
}

const newAfter = ({ seen, before, at }) => (Date.now() - at > PAUSE ? seen : before);

function recordVisit({ dataset: { newest, visit } }) {
  if (visit) {
    const body = new URLSearchParams(new FormData(document.getElementById("votes")));
    body.set("seen", newest);
    fetch(visit, { method: "POST", body, keepalive: true }).catch(() => {});
    return;
  }
  const last = lastVisit() ?? { seen: 0, before: Number(newest), at: Date.now() };
  const now = { seen: Math.max(last.seen, newest), before: newAfter(last), at: Date.now() };
  try {
    localStorage.setItem(visitName, JSON.stringify(now));
  } catch {
    // Then nothing is new next time.
  }
}

function markNew(comment) {
  comment.classList.add("new");
  comment.querySelector(".when").before(made("span", { className: "tag new", textContent: wordsOfNew.tag }));
}

// Each new comment leads to the next.
function leadToNew(discussion) {
  const comments = Array.from(discussion.querySelectorAll(".comment.new"));
  for (const [index, comment] of comments.entries()) {
    comment.querySelector(".next-new")?.remove();
    const href = `#${comments[index + 1]?.id}`;
    const link = made("a", { className: "next-new", href, textContent: wordsOfNew.next });
    if (comments[index + 1]) comment.querySelector("footer").append(link);
  }
  return comments;
}

const wordsOfNew = document.querySelector("#discussion .arrived")?.dataset;
// What was new when the page was opened stays so for as long as it is open.
const newSince = document.querySelector("#discussion[data-visit]") ? null : lastVisit() && newAfter(lastVisit());

function showNew(discussion) {
  if (newSince !== null) {
    for (const comment of discussion.querySelectorAll(".comment:not(.gone, .new)")) {
      if (comment.id.slice(1) > newSince) markNew(comment);
    }
  }
  return leadToNew(discussion);
}

{
  const discussion = document.querySelector("#discussion[data-newest]");

  function tellOfNew({ newest, since }) {
    const comments = showNew(discussion);
    if (newSince === null || newest <= newSince) return;
    const text = inWords(wordsOfNew.sinceOne, wordsOfNew.sinceMany, comments.length);
    const line = made("p", { className: "new-since" });
    if (comments.length) line.append(made("a", { href: `#${comments[0].id}`, textContent: text }), " ");
    line.append(made("a", { href: since + newSince, textContent: wordsOfNew.all }));
    discussion.querySelector(".tools")?.append(line);
  }

  // A page that was opened behind another one has not been seen yet.
  function look() {
    if (document.hidden) return;
    const seen = setTimeout(() => {
      document.removeEventListener("visibilitychange", look);
      recordVisit(discussion);
    }, 2_000);
    document.addEventListener("visibilitychange", () => clearTimeout(seen), { once: true });
  }

  if (discussion) {
    tellOfNew(discussion.dataset);
    document.addEventListener("visibilitychange", look);
    look();
  }
}
