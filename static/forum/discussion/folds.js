// All answers are folded away or shown at once, and stay so: in the account, or in this browser. The order, too.

function unfold(element) {
  for (let at = element; at; at = at.parentElement) if (at.matches("details")) at.open = true;
}

const isSignedIn = () => "who" in document.body.dataset; // then the page comes as they chose

function foldAsChosen(replies) {
  try {
    if (!isSignedIn() && localStorage.getItem("folded")) for (const details of replies) details.open = false;
  } catch {
    // Then all are open.
  }
}

{
  const row = document.querySelector("[data-collapse]");
  const replies = () => Array.from(document.querySelectorAll("#discussion .replies"));
  const keep = (choice) =>
    fetch("/reading/", { method: "POST", body: new URLSearchParams(choice), redirect: "manual", keepalive: true }).catch(() => {});

  function keepFolds(folded) {
    if (isSignedIn()) return keep({ folded });
    try {
      if (folded) localStorage.setItem("folded", 1);
      else localStorage.removeItem("folded");
    } catch {
      // Then it is not kept.
    }
  }

  document.querySelector(".sort")?.addEventListener("click", ({ target }) => {
    if (target.href) keep({ sort: new URL(target.href).searchParams.get("sort") });
  });

  if (row && replies().length) {
    const button = document.createElement("button");
    const anyOpen = () => replies().some(({ open }) => open);
    const label = () => (button.textContent = anyOpen() ? row.dataset.collapse : row.dataset.expand);
    button.type = "button";
    button.className = "linkish";
    button.addEventListener("click", () => {
      const open = !anyOpen();
      for (const details of replies()) details.open = open;
      keepFolds(open ? 0 : 1);
      label();
    });
    foldAsChosen(replies());
    unfold(document.querySelector("#discussion :target"));
    document.getElementById("discussion").addEventListener("toggle", label, true);
    label();
    row.prepend(button);
  }
}
