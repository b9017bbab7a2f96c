
const NAME_BEGUN = /(?:^|[\s(])@([\p{L}\p{N}][^\n@]{0,39})$/u;
const PAUSE = 150; // milliseconds without a letter before somebody is asked for

export function completeNames(words, { people, namesFound }, announce) {
  const list = document.createElement("ul");
  list.id = `${words.id}_names`;
  list.className = "names";
  list.role = "listbox";
  list.hidden = true;
  list.ariaLabel = namesFound;
  words.after(list);
  words.setAttribute("aria-autocomplete", "list");
  words.setAttribute("aria-controls", list.id);

  let waiting;
  let asking;
  let nobody; // letters with which no name begins: none does that goes on from there

  const begun = () => NAME_BEGUN.exec(words.value.slice(0, words.selectionStart))?.[1];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    words.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest", behavior: "instant" });
    words.setAttribute("aria-activedescendant", option.id);
  }

  function move(step) {
    const options = Array.from(list.children);
    choose(options.at((options.indexOf(chosen()) + step) % options.length));
  }

  function take(option) {
    const end = words.selectionStart;
    words.setRangeText(`${option.textContent} `, end - begun().length, end, "end");
    close();
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus();
  }

  function show(names) {
    const options = names.map((name, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${number}`;
      option.role = "option";
      option.dir = "auto";
      option.textContent = name;
      return option;
    });
    list.replaceChildren(...options);
    list.style.insetBlockStart = `${words.offsetTop + words.offsetHeight}px`;
    list.hidden = false;
    choose(options[0]);
    announce(`${namesFound} ${names.length}`);
  }

  async function ask(letters) {
    asking = new AbortController();
    const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(5_000)]);
    try {
      const answer = await fetch(people + encodeURIComponent(letters), { signal });
      const names = await answer.json();
      if (begun() !== letters) return;
      if (names.length) return show(names);
      nobody = letters;
      close();
    } catch {
    }
  }

  words.addEventListener("input", ({ isComposing }) => {
    const letters = begun();
    clearTimeout(waiting);
    asking?.abort();
    if (!letters || isComposing || (nobody && letters.startsWith(nobody))) close();
    else waiting = setTimeout(ask, PAUSE, letters);
  });
  words.addEventListener("keydown", (event) => {
    const deeds = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => take(chosen()),
      Tab: () => take(chosen()),
      Escape: close,
    };
    if (list.hidden || !deeds[event.key] || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (begun() === undefined) return close();
    event.preventDefault();
    event.stopPropagation(); // an Escape that closes the list does not close the form as well
    deeds[event.key]();
  });
  words.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays with the words
  list.addEventListener("click", ({ target }) => target.matches("li") && take(target));
}

{
  const LONGEST = 300; // characters of a passage that an address carries
  const { quote, commentOn } = document.getElementById("discussion")?.dataset ?? {};
  let offer;

  const bare = (text) => text.replace(/\s+/g, "");

  function offerFor(range, words) {
    const start = range.startContainer;
    const place = (start.closest ? start : start.parentElement)?.closest(
      ".comment-body, .answer, .prose > [id], .facts [id]",
    );
    if (!place || !words || !bare(place.textContent).includes(bare(words))) return null;
    const reply = place.closest(".comment")?.querySelector("[data-reply]");
    const about = place.querySelector("a.about");
    if (reply) return quoteButton(place, reply, words);
    return about && commentLink(place, about, words);
  }

  function quoteButton(body, reply, words) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = quote;
    button.addEventListener("click", () => quoteIn(reply, words));
    body.after(button);
    return button;
  }

  function quoteIn(reply, words) {
    const thread = reply.closest("li");
    const put = ({ target: field }) => {
      if (!field.matches("textarea")) return;
      thread.removeEventListener("focusin", put);
      const before = field.value.slice(0, field.selectionStart).trimEnd();
      const lines = `${before && "\n\n"}${words.replace(/^/gm, "> ")}\n\n`;
      field.setRangeText(lines, before.length, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    reply.focus({ preventScroll: true });
    offer.remove();
    thread.addEventListener("focusin", put);
    reply.click();
  }

  function commentLink(passage, about, words) {
    const link = document.createElement("a");
    link.textContent = commentOn;
    link.href = `${about.href}?words=${encodeURIComponent(words.slice(0, LONGEST))}#compose`;
    passage.append(link);
    return link;
  }

  function place(range) {
    const end = Array.from(range.getClientRects()).at(-1);
    const box = offer.offsetParent.getBoundingClientRect();
    const inline = getComputedStyle(offer).direction === "rtl" ? box.right - end.left : end.right - box.left;
    offer.style.insetBlockStart = `${end.bottom - box.top + 4}px`;
    offer.style.insetInlineStart = `max(0px, min(${inline}px, 100% - ${offer.offsetWidth}px))`;
  }

  function follow() {
    if (offer && offer === document.activeElement) return;
    offer?.remove();
    const selection = getSelection();
    const range = selection.rangeCount && selection.getRangeAt(0);
    offer = range && offerFor(range, selection.toString().trim());
    if (!offer) return;
    offer.classList.add("btn", "quote");
    offer.addEventListener("mousedown", (event) => event.preventDefault()); // or the selection would be gone
    place(range);
  }

  let waiting;
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 200);
  };
  if (quote) {
    document.addEventListener("selectionchange", wait);
    wait();
  }
}
