// Ctrl+S, or ⌘S, saves; a form that is under way is not sent twice.

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  const button = article?.querySelector("button[name=act][value=save]");
  if (!button) return;
  event.preventDefault();
  article.requestSubmit(button);
});

let sent;
article?.addEventListener("submit", (event) => {
  if (event.submitter?.name === "preview") return; // in a tab of its own
  if (sent) return event.preventDefault();
  sent = event.submitter;
  if (sent) setBusy(sent);
});
addEventListener("pageshow", () => {
  if (sent) setReady(sent);
  sent = undefined;
});
