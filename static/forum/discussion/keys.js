// Single keys lead through a discussion, but only where somebody switched them on: a letter may be a word that
// was spoken to the computer (WCAG 2.1.4). What is on is remembered in this browser.
{
  const discussion = document.getElementById("discussion");
  const help = document.querySelector("a[data-keys]");
  let on = false;
  let list;

  try {
    on = Boolean(localStorage.getItem("keys"));
  } catch {
    // Then they are off on each page.
  }

  function turn(to) {
    on = to;
    try {
      if (on) localStorage.setItem("keys", "on");
      else localStorage.removeItem("keys");
    } catch {
      // Then they are on for this page.
    }
  }

  // The section of the help page, with the switch that is of no use there.
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

  // From the comment that has the focus; without one, from the top of the window.
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

  const actions = {
    j: () => go(next(shown())),
    k: () => go(previous(shown())),
    t: () => go(next(threads())),
    T: () => go(previous(threads())),
    n: () => go(next(comments(".comment.new"))),
    p: () => go(parent()),
    o: fold,
    r: () => here()?.querySelector("[data-reply]")?.click(),
    "/": () => document.querySelector("input[name=q]")?.focus(),
    "?": () => help && showKeys(),
  };

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyOf(event);
    if (!(key in actions) || (!discussion && key !== "/") || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    actions[key]();
  });
  help?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showKeys();
  });
}
