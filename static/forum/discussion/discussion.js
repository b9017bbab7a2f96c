{
  const discussion = document.getElementById("discussion");

  // The first of the threads that the link leads to.
  async function append(link) {
    const page = await fragment(link.href);
    const threads = page.querySelectorAll("#discussion > .thread > li");
    const pager = page.querySelector("#discussion > .pager");
    for (const thread of threads) foldAsChosen(thread.querySelectorAll(".replies"));
    discussion.querySelector(":scope > .thread").append(...threads);
    if (pager) link.closest(".pager").replaceWith(pager);
    else link.closest(".pager").remove();
    if (talk) showNew();
    return threads[0];
  }

  let more = 0; // pages of threads behind the first one

  const remember = () => {
    if (!more) return;
    history.scrollRestoration = "manual";
    history.replaceState({ more, top: scrollY }, "");
  };

  async function showMore(link) {
    setBusy(link, document.body.dataset.loading);
    try {
      const first = await append(link);
      more += 1;
      remember();
      first?.querySelector(".comment").focus();
    } catch {
      location.assign(link.href);
    }
  }

  // Reloaded, or come back to, the page shows as many threads as before, at the same place.
  async function showAgain(before) {
    for (; more < before.more; more += 1) {
      const link = discussion.querySelector(":scope > .pager a[data-more]");
      if (link) await append(link);
    }
    scrollTo({ top: before.top, behavior: "instant" });
  }

  // A form of its own page, set below the comment it answers; its ids must not be those of the page's own.
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
      // What its writer has seen is what this page shows.
      form.elements.seen.value = discussion.dataset.newest ?? form.elements.seen.value;
      comment.after(form);
      prepareComposer(form);
      form.elements.body.focus();
      const close = (event) => {
        event.preventDefault();
        form.hidden = true;
        link.focus();
      };
      form.addEventListener("keydown", (event) => event.key === "Escape" && close(event));
      form.querySelector("[data-cancel]").addEventListener("click", close);
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

  // What the address names is opened and given the focus; a comment that is not on the page has a page of its own.
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

  // Threads somebody folded stay folded in this browser.
  const folded = `folded ${location.pathname}`;
  const nameOf = (replies) => replies.parentElement.querySelector(":scope > .comment").id;

  function rememberFolds() {
    const names = Array.from(discussion.querySelectorAll(".replies:not([open])"), nameOf);
    try {
      if (names.length) localStorage.setItem(folded, names.join(" "));
      else localStorage.removeItem(folded);
    } catch {
      // Then they are not remembered.
    }
  }

  function fold() {
    try {
      for (const name of localStorage.getItem(folded)?.split(" ") ?? []) {
        const replies = document.getElementById(name)?.parentElement.querySelector(":scope > .replies");
        if (replies) replies.open = false;
      }
    } catch {
      // Then all are open.
    }
  }

  // The line beside the answers is the edge of their list: a press on it folds them.
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
  addEventListener("hashchange", () => {
    showTarget();
    remember();
  });
  if (discussion && history.state?.more) showAgain(history.state).catch(() => {});
  else if (location.hash) showTarget();
  let rests;
  addEventListener("scroll", () => {
    clearTimeout(rests);
    if (more) rests = setTimeout(remember, 200);
  });

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      addEventListener("afterprint", () => (details.open = false), { once: true });
    }
  });
}
