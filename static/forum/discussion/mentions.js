// Names of people behind an "@", for whoever writes: a list below the words, led by the arrow keys.

const NAME_BEGUN = /(?:^|[\s(])@([\p{L}\p{N}][^\n@]{0,39})$/u;
const PAUSE = 150; // milliseconds without a letter before somebody is asked for

export function completeNames(words, { people, nameList, namesFound }, announce) {
  const list = document.createElement("ul");
  list.id = `${words.id}_names`;
  list.className = "names";
  list.role = "listbox";
  list.hidden = true;
  list.ariaLabel = nameList;
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
    announce(namesFound.replace("%s", names.length));
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
      // Then the name is typed in full.
    }
  }

  function look() {
    const letters = begun();
    clearTimeout(waiting);
    asking?.abort();
    if (!letters || (nobody && letters.startsWith(nobody))) close();
    else waiting = setTimeout(ask, PAUSE, letters);
  }

  // Keyboards of phones compose Latin letters, too, and say that a word is done after its last letter.
  words.addEventListener("input", look);
  words.addEventListener("compositionend", look);
  words.addEventListener("keydown", (event) => {
    const actions = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => take(chosen()),
      Tab: () => take(chosen()),
      Escape: close,
    };
    if (list.hidden || !actions[event.key] || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (begun() === undefined) return close();
    event.preventDefault();
    event.stopPropagation(); // an Escape that closes the list does not close the form as well
    actions[event.key]();
  });
  words.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays with the words
  list.addEventListener("click", ({ target }) => target.matches("li") && take(target));
  look(); // at what was typed before this module came
}
