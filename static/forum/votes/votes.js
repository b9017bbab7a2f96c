// A vote shows at once, and no longer where it was not counted. Without a script the buttons send their form.
{
  const form = document.getElementById("votes");

  const show = (footer, value, votes) => {
    for (const button of footer.querySelectorAll("[data-vote]")) {
      const pressed = Number(button.dataset.vote) === value;
      button.setAttribute("aria-pressed", pressed);
      button.value = pressed ? 0 : button.dataset.vote; // a second press takes the vote back
    }
    const count = footer.querySelector("[data-votes]");
    count.textContent = count.dataset.votes = votes;
  };

  async function cast(button) {
    const footer = button.parentElement;
    const votes = footer.querySelector("[data-votes]").textContent;
    const before = Number(footer.querySelector("[aria-pressed=true]")?.dataset.vote ?? 0);
    const body = new URLSearchParams(new FormData(form, button));
    const value = Number(button.value);
    footer.ariaBusy = true; // of two votes on their way the later one might arrive first
    show(footer, value, votes && Number(votes) + value - before);
    try {
      const asked = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(10_000) };
      const answer = await fetch(button.formAction, asked);
      if (answer.status === 401) return location.assign(button.formAction);
      const said = await answer.json();
      show(footer, said.value ?? before, said.votes ?? votes);
      if (said.error) announce(said.error);
    } catch {
      show(footer, before, votes);
      announce(form.dataset.failed);
    } finally {
      footer.ariaBusy = null;
    }
  }

  document.addEventListener("click", (event) => {
    const button = form && event.target.closest("button[data-vote]");
    if (!button) return;
    event.preventDefault();
    if (!button.parentElement.ariaBusy) cast(button);
  });
}
