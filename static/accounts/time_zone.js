// Offers the time zone of this browser where another one is chosen.
const select = document.getElementById("id_time_zone");
const button = document.querySelector("button[data-zone]");
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const option = Array.from(select.options).find(({ value }) => value === timeZone);

const offer = () => (button.parentElement.hidden = !option || option.selected);

if (option) {
  button.textContent = button.dataset.zone.replace("%s", option.text);
  button.addEventListener("click", () => {
    option.selected = true;
    select.focus();
    offer();
  });
  select.addEventListener("change", offer);
  offer();
}
