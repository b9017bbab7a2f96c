// What is left in the queue, and what others decide meanwhile.

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
