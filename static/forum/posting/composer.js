// The composer posts as any form does; a script only shows the preview in place, counts, and waits with you.

// Names are completed and words quoted by a module that comes when somebody begins; without it both are typed.
const beginWriting = () => import(document.body.dataset.writing);

function prepareComposer(form) {
  form.addEventListener("focusin", () => form.classList.add("used"), { once: true });
  const words = form.elements.body;
  const count = form.querySelector("[data-count]");
  const limit = Number(form.dataset.limit);

  let waiting;
  const showCount = () => {
    // As the server counts: by code point.
    const left = limit - Array.from(words.value).length;
    count.textContent = left <= limit / 5 ? form.dataset.charactersLeft.replace("%s", left) : "";
    clearTimeout(waiting);
    waiting = setTimeout(() => left <= limit / 10 && announce(count.textContent), 1_000);
  };
  if (count) words.addEventListener("input", showCount);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector(".btn"));
  });
  form.querySelector("[data-preview]")?.addEventListener("click", (event) => {
    event.preventDefault();
    showPreview(form, event.currentTarget);
  });
  if (count) showCount();
  const begin = () => {
    if (form.dataset.people) beginWriting().then((writing) => writing.completeNames(words, form.dataset, announce), () => {});
    import(document.body.dataset.markdown).then((markdown) => markdown.addFormatting(words, form.dataset), () => {});
  };
  if (document.activeElement === words) begin();
  else words.addEventListener("focus", begin, { once: true });
}

// The words that were refused are shown as they would be posted: nothing is wrong with them any more.
function forgiveErrors(form) {
  for (const said of form.querySelectorAll(".summary, #id_body_error")) said.remove();
  for (const field of form.querySelectorAll(".invalid")) field.classList.remove("invalid");
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

async function showPreview(form, button) {
  setBusy(button, document.body.dataset.loading);
  try {
    const page = await fragment(button.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const preview = page.getElementById("preview");
    form.parentElement.querySelector(":scope > #preview")?.remove();
    form.before(preview);
    forgiveErrors(form);
    preview.focus();
    setReady(button);
  } catch {
    // The page of the preview itself; it also says what is wrong with the words.
    setReady(button);
    form.requestSubmit(button);
  }
}

{
  const PATIENCE = 8_000; // milliseconds after which a second press is taken for a wish
  const sentAt = new WeakMap();

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (Date.now() - (sentAt.get(form) ?? 0) < PATIENCE) {
      event.preventDefault();
      return;
    }
    sentAt.set(form, Date.now());
    if (submitter?.matches(".btn")) setBusy(submitter, form.dataset.busy);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) sentAt.delete(form);
    document.querySelectorAll("[aria-busy]").forEach(setReady);
  });
  document.addEventListener("selectionchange", function select() {
    if (getSelection().isCollapsed) return;
    document.removeEventListener("selectionchange", select);
    beginWriting().catch(() => {});
  });
  document.querySelectorAll("form.compose").forEach(prepareComposer);
  document.getElementById("error-summary")?.focus();
}
