// A comment or question that is pointed at, or has the focus, gets a button that copies its link.
{
  const { copy, copied } = document.getElementById("discussion")?.dataset ?? {};

  function offer({ target }) {
    const place = target.closest?.(".comment:not(.gone), #faq > ul > li");
    if (!place?.id || place.querySelector(":scope [data-copy]")) return;
    const button = made("button", { type: "button", className: "linkish", textContent: copy });
    button.dataset.copy = new URL(place.querySelector(".when")?.href ?? `#${place.id}`, location.href.replace(/[?#].*/, "")).href;
    (place.querySelector(":scope > footer") ?? place.querySelector(".answer")).append(button);
  }

  async function copyLink({ target }) {
    const button = target.closest?.("[data-copy]:not(#discussion)");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = copied;
      announce(copied);
    } catch {
      location.assign(button.dataset.copy);
    }
  }

  if (copy && navigator.clipboard) {
    for (const moment of ["pointerover", "focusin"]) document.addEventListener(moment, offer);
    document.addEventListener("click", copyLink);
  }
}
