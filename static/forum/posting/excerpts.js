// What is selected, as the Markdown that reads the same: by the blocks of the page, for each browser has its own idea of
// the text of a selection.

const MARKS = { EM: "*", STRONG: "**", S: "~~" };
const BLOCKS = "P, PRE, BLOCKQUOTE, UL, OL, LI, ASIDE";

const spaced = (text) => text.replace(/\s+/g, " ");
const longest = (text, most) => Math.max(most, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));

// Signs that would be read as markup where they stand now, though they were not.
const plain = (text) =>
  text
    .replace(/&(?=#?\w{1,32};)/g, "&amp;")
    .replace(/(?<!\w)`(?=[^`]*`)/g, "&#96;")
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

  // One string for each block.
  blocks(node) {
    const found = [];
    let line = "";
    const end = () => {
      const text = line.split("\n").map((words) => words.trim().replace(/^>(?![\d_=])/, "&gt;")).join("\n").trim();
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

  // A single item of which something is selected is quoted as its words.
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
