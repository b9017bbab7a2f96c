// What is new since the last visit. Signed in, the site remembers how far somebody has read; signed out, this
// browser does, by the same rule (forum/discussion/models/visit.py).

const talk = document.querySelector("#discussion[data-live]");

// A sentence with a number has two forms, and %s where the number stands.
// A language has up to six forms; each of these numbers stands for one (forum/discussion/script_strings.py).
const SAMPLES = [0, 1, 2, 3, 6, 7, 11, 100];
const plural = new Intl.PluralRules(lang);
function inWords(name, number, shown = inDigits(number)) {
  const forms = talk.dataset[name].split("|");
  const form = SAMPLES.findIndex((sample) => plural.select(sample) === plural.select(number));
  return (forms[form] ?? forms.at(-1)).replace("%s", shown);
}

// Each new comment on the page leads to the next.
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
    // Then nothing is new next time.
  }
}

// What was new when the page was opened stays so while it is open, also on what joins it.
const newSince = talk?.dataset.visit ? null : lastVisit() && newAfter(lastVisit());

function showNew() {
  const comments = Array.from(talk.querySelectorAll(".comment:not(.gone, .new)"));
  return markNew(comments.filter(({ id }) => newSince !== null && id.slice(1) > newSince));
}

if (talk) {
  const all = showNew();
  if (newSince !== null && talk.dataset.newest > newSince) {
    const line = made("p", { className: "new-since" });
    if (all.length) line.append(made("a", { href: `#${all[0].id}`, textContent: inWords("newHere", all.length) }), " ");
    line.append(made("a", { href: talk.dataset.since + newSince, textContent: talk.dataset.allNew }));
    talk.querySelector(".tools")?.append(line);
  }

  // A page that is fetched ahead, or opened in a tab nobody looks at, is not seen.
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
