// All answers are folded away or shown at once; discussion.js remembers them as it does those folded one by one.

function unfold(element) {
  for (let at = element; at; at = at.parentElement) if (at.matches("details")) at.open = true;
}

{
  const row = document.querySelector("[data-collapse]");
  const replies = () => Array.from(document.querySelectorAll("#discussion .replies"));

  if (row && replies().length) {
    const button = document.createElement("button");
    const anyOpen = () => replies().some(({ open }) => open);
    const label = () => (button.textContent = anyOpen() ? row.dataset.collapse : row.dataset.expand);
    button.type = "button";
    button.className = "linkish";
    button.addEventListener("click", () => {
      const open = !anyOpen();
      for (const details of replies()) details.open = open;
      label();
    });
    document.getElementById("discussion").addEventListener("toggle", label, true);
    label();
    row.prepend(button);
  }
}
