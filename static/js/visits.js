// What came since the last visit. Signed in, the server marks it, and is told how far somebody has read; signed out,
// this browser remembers, and tells nobody.

// Marks comments as new and leads from each new one on the page to the next.
function markNew(comments) {
  const words = document.getElementById("discussion").dataset;
  for (const comment of comments) {
    if (comment.matches(".new")) continue;
    comment.classList.add("new");
    const tag = Object.assign(document.createElement("span"), { className: "tag new", textContent: words.isNew });
    comment.querySelector(".when").before(tag);
  }
  const all = [...document.querySelectorAll(".comment.new")];
  for (const [place, comment] of all.entries()) {
    const link = comment.querySelector(".next-new") ?? document.createElement("a");
    if (!all[place + 1]) link.remove();
    else if (!link.parentElement) comment.querySelector("footer").append(link);
    Object.assign(link, { className: "next-new", textContent: words.nextNew, href: `#${all[place + 1]?.id}` });
  }
  return all;
}

{
  const PAUSE = 30 * 60 * 1000; // milliseconds; who was away so long comes back for another visit
  const NOTICED = 2_000; // milliseconds a page is in sight until it counts as seen
  const discussion = document.querySelector("#discussion[data-live]");
  const name = `visit ${location.pathname}`;

  function recall() {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  // Newer than this is new; on a first visit nothing is.
  function lastSeen(visit, newest) {
    if (!visit) return newest;
    return Date.now() - visit.at > PAUSE ? visit.seen : visit.before;
  }

  function remember(before, seen) {
    try {
      localStorage.setItem(name, JSON.stringify({ before, seen, at: Date.now() }));
    } catch {
      // Then nothing is new the next time.
    }
  }

  function showSince(before) {
    const { dataset } = discussion;
    const comments = [...discussion.querySelectorAll(".comment:not(.gone)")];
    const all = markNew(comments.filter(({ id }) => Number(id.slice(1)) > before));
    if (!all.length) return;
    const line = Object.assign(document.createElement("p"), { className: "new-since" });
    const first = Object.assign(document.createElement("a"), { href: `#${all[0].id}` });
    const rest = Object.assign(document.createElement("a"), { href: dataset.since + before, textContent: dataset.allNew });
    first.textContent = all.length === 1 ? dataset.oneNewHere : dataset.manyNewHere.replace("%s", all.length);
    line.append(first, " ", rest);
    discussion.querySelector(".tools").append(line);
  }

  // Once the page was in sight: a page that is fetched ahead, or opened in a tab nobody looks at, is not seen.
  function onceSeen(tell) {
    let waiting;
    const look = () => {
      clearTimeout(waiting);
      if (document.visibilityState === "visible") waiting = setTimeout(tell, NOTICED);
    };
    document.addEventListener("visibilitychange", look);
    look();
  }

  let told = false;

  function tellServer({ visit, newest }) {
    if (told) return;
    told = true;
    const body = new URLSearchParams(new FormData(document.getElementById("votes") ?? undefined));
    body.set("seen", newest);
    fetch(visit, { method: "POST", body, keepalive: true }).catch(() => {});
  }

  if (discussion) {
    const newest = Number(discussion.dataset.newest);
    if (newest && discussion.dataset.visit) onceSeen(() => tellServer(discussion.dataset));
    if (newest && !discussion.dataset.visit) {
      const visit = recall();
      const before = lastSeen(visit, newest);
      showSince(before);
      onceSeen(() => remember(before, Math.max(visit?.seen ?? 0, newest)));
    }
  }
}
