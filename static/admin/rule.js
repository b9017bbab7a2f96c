// Of a rule's fields, those that its kind reads. Without this script all of them stand there, and say who reads them.
for (const field of document.querySelectorAll("[data-kinds]")) {
  const kind = document.getElementById(`id_${field.dataset.kind}`);
  const row = field.closest(".form-row");
  // What was written for no kind stays in sight, for it cannot be saved.
  const isRead = () => field.dataset.kinds.split(" ").includes(kind.value) || (!kind.value && field.value.trim());
  const show = () => (row.hidden = !isRead() && !row.matches(".errors"));
  kind.addEventListener("change", show);
  show();
}
