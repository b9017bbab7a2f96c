
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

  function look() {
    const letters = begun();
    clearTimeout(waiting);
    asking?.abort();
    if (!letters || (nobody && letters.startsWith(nobody))) close();
    else waiting = setTimeout(ask, PAUSE, letters);
  }

  words.addEventListener("input", look);
  words.addEventListener("compositionend", look);
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


const surround = (sign) => (words) => (words ? `${sign}${words}${sign}` : [`${sign}${sign}`, sign.length]);
const lines = (sign) => (words) => words.replace(/^/gm, sign);

function code(words) {
  if (words.includes("\n")) return `\`\`\`\n${words}\n\`\`\``;
  return surround("`")(words);
}

function link(words) {
  if (/^https?:\S+$/.test(words)) return [`[](${words})`, 1];
  return words ? [`[${words}](https://)`, words.length + 11] : ["[](https://)", 1];
}

const BUTTONS = [surround("**"), link, lines("> "), lines("- "), code];
const KEYS = { b: surround("**"), i: surround("*"), k: link };
const WHOLE_LINES = new Set([BUTTONS[2], BUTTONS[3]]);

function format(field, make) {
  let { selectionStart: start, selectionEnd: end, value } = field;
  if (WHOLE_LINES.has(make)) {
    start = value.lastIndexOf("\n", start - 1) + 1;
    end = Math.max(end, `${value}\n`.indexOf("\n", end));
  } else {
    while (start < end && /\s/.test(value[start])) start += 1;
    while (start < end && /\s/.test(value[end - 1])) end -= 1;
  }
  const [text, place = text.length] = [make(value.slice(start, end))].flat();
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start + place, start + place);
}

export function addFormatting(field, { formatting }) {
  const [label, ...names] = formatting.split("|");
  const bar = Object.assign(document.createElement("div"), { className: "row formatting", role: "toolbar", ariaLabel: label });
  bar.setAttribute("aria-controls", field.id);
  const buttons = names.map((textContent, place) =>
    Object.assign(document.createElement("button"), { type: "button", className: "linkish", textContent, tabIndex: place ? -1 : 0 }),
  );
  bar.append(...buttons);
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected
  bar.addEventListener("click", ({ target }) => target.matches("button") && format(field, BUTTONS[buttons.indexOf(target)]));
  bar.addEventListener("keydown", ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key] * (getComputedStyle(bar).direction === "rtl" ? -1 : 1);
    if (!step) return;
    const next = buttons.at((buttons.indexOf(target) + step) % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  field.before(bar);
  field.addEventListener("keydown", (event) => {
    const { code: place, key } = event;
    const make = KEYS[/^[a-z]$/i.test(key) ? key.toLowerCase() : place.replace("Key", "").toLowerCase()];
    if (!make || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    format(field, make);
  });
}


const MARKS = { EM: "*", STRONG: "**", S: "~~" };
const BLOCKS = "P, PRE, BLOCKQUOTE, UL, OL, LI, ASIDE";

const spaced = (text) => text.replace(/\s+/g, " ");
const longest = (text, most) => Math.max(most, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));

const plain = (text) =>
  text
    .replace(/&(?=#?\w{1,32};)/g, "&amp;")
    .replace(/(?<![\w*_])([*_])(?=\S)([^*_\n]*)(?<=\S)\1(?![\w*_])/g, (_, sign, words) => `&#${sign.charCodeAt()};${words}${sign}`);

function ticked(text) {
  const ticks = "`".repeat(longest(text, 0) + 1);
  const room = /^`|`$/.test(text) ? " " : "";
  return ticks + room + text + room + ticks;
}

function fenced(text) {
  const fence = "`".repeat(longest(text, 2) + 1);
  return `${fence}\n${text.replace(/\n$/, "")}\n${fence}`;
}

const indented = (text, first) => text.replace(/\n(?=.)/g, `\n${" ".repeat(first.length)}`).replace(/^/, first);

export class Excerpt {
  constructor(range) {
    this.range = range;
  }

  chosen(node) {
    return Array.from(node.childNodes).filter((child) => this.range.intersectsNode(child));
  }

  text(node) {
    if (node.nodeType !== Node.TEXT_NODE) return this.chosen(node).map((child) => this.text(child)).join("");
    const { startContainer, startOffset, endContainer, endOffset } = this.range;
    const end = node === endContainer ? endOffset : undefined;
    return node.data.slice(node === startContainer ? startOffset : 0, end);
  }

  inline(node) {
    if (node.nodeType === Node.TEXT_NODE) return plain(spaced(this.text(node)));
    if (node.nodeName === "BR") return "\n";
    if (node.nodeName === "CODE") return this.text(node) && ticked(spaced(this.text(node)));
    const words = this.chosen(node).map((child) => this.inline(child)).join("");
    if (node.nodeName === "A") return this.link(node, words);
    const mark = words.trim() ? MARKS[node.nodeName] ?? "" : "";
    return words.replace(/^(\s*)(.*?)(\s*)$/s, `$1${mark}$2${mark}$3`);
  }

  link(node, words) {
    const href = node.getAttribute("href");
    const isBare = !/^https?:/.test(href) || words === href || words === decodeURI(href);
    return isBare || !words.trim() ? words : `[${words}](${href})`;
  }

  blocks(node) {
    const found = [];
    let line = "";
    const end = () => {
      const text = line.split("\n").map((words) => words.trim()).join("\n").trim();
      if (text) found.push(text);
      line = "";
    };
    for (const child of this.chosen(node)) {
      if (!child.matches?.(BLOCKS)) {
        line += this.inline(child);
        continue;
      }
      end();
      const block = this.block(child);
      if (block.trim()) found.push(block);
    }
    end();
    return found;
  }

  block(node) {
    if (node.nodeName === "PRE") return this.text(node).trim() && fenced(this.text(node));
    if (node.nodeName === "ASIDE") return node.querySelector("a")?.href ?? "";
    if (node.matches("UL, OL")) return this.list(node);
    const inner = this.blocks(node).join("\n\n");
    return node.nodeName === "BLOCKQUOTE" && inner ? inner.replace(/^/gm, "> ") : inner;
  }

  list(node) {
    const all = Array.from(node.children);
    const items = all.map((item) => (this.range.intersectsNode(item) ? this.item(item) : ""));
    const isLoose = node.querySelector(":scope > li > p");
    if (items.filter(Boolean).length < 2) return items.find(Boolean) ?? "";
    const marker = (place) => (node.nodeName === "OL" ? `${node.start + place}. ` : "- ");
    return items.flatMap((item, place) => (item ? [indented(item, marker(place))] : [])).join(isLoose ? "\n\n" : "\n");
  }

  item(node) {
    return this.blocks(node).join(node.querySelector(":scope > p") ? "\n\n" : "\n");
  }

  markdown(body) {
    return this.blocks(body).join("\n\n");
  }
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
    if (reply) return quoteButton(place, reply, new Excerpt(range).markdown(place));
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
