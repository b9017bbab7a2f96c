{
  const { show, hide, showPassword, hidePassword } = document.body.dataset;

  for (const input of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    const set = (visible) => {
      input.type = visible ? "text" : "password";
      button.textContent = visible ? hide : show;
      button.setAttribute("aria-label", visible ? hidePassword : showPassword);
    };
    button.type = "button";
    button.className = "show";
    button.addEventListener("click", () => set(input.type === "password"));
    input.classList.add("shown");
    input.after(button);
    set(false);
    // Managers and browsers know a password by its type.
    input.form?.addEventListener("submit", () => set(false));
  }
}
