// The number of words of the short answer, as they are typed.

for (const field of document.querySelectorAll("[data-most-words]")) {
  const line = document.querySelector(`[data-words-of="${field.id}"]`);
  const most = Number(field.dataset.mostWords);
  const count = () => {
    const number = field.value.split(/\s+/).filter(Boolean).length;
    line.textContent = (number > most ? line.dataset.many : line.dataset.some)
      .replace("{n}", inDigits(number)).replace("{over}", inDigits(number - most));
    line.classList.toggle("error", number > most);
  };
  line.hidden = false;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  field.addEventListener("input", count);
  // Those who listen are told once they are through with the field.
  field.addEventListener("change", () => announce(line.textContent));
  count();
}
