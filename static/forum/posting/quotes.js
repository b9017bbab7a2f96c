// Words that are selected can be quoted in a reply, and those of the article commented on.
{
  const LONGEST = 300; // characters of a passage that an address carries
  const { quote, commentOn } = document.getElementById("discussion")?.dataset ?? {};
  let offer;

  // A paragraph that is pressed three times is selected to the beginning of the next one: its words tell more.
  const bare = (text) => text.replace(/\s+/g, "");

  function offerFor(range, words) {
    const start = range.startContainer;
    const place = (start.closest ? start : start.parentElement)?.closest(
      ".comment-body, .answer, .prose > [id], .facts [id]",
    );
    if (!place || !words || !bare(place.textContent).includes(bare(words))) return null;
    const reply = place.closest(".comment")?.querySelector("[data-reply]");
    const about = place.querySelector("a.about");
    if (reply) return quoteButton(place, reply, markdownOf(range.cloneRange(), place, words));
    return about && commentLink(place, about, words);
  }

  // As it reads on the page; where the script does not come, as plain text.
  function markdownOf(range, body, words) {
    const comes = import(document.body.dataset.markdown);
    return comes.then(({ Excerpt }) => new Excerpt(range).markdown(body)).catch(() => words);
  }

  function quoteButton(body, reply, words) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = quote;
    button.addEventListener("click", async () => quoteIn(reply, await words));
    body.after(button);
    return button;
  }

  // The form may have to be fetched first: the words are put in where it takes the focus.
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

  // Below the end of the selection, wherever that is; next in order for the keyboard.
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
