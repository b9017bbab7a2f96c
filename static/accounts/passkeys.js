// allauth's scripts ask the browser for a passkey (mfa/js); these lines show the buttons and say what went wrong.
for (const box of window.PublicKeyCredential ? document.querySelectorAll(".passkey") : []) {
  box.hidden = false;
}
document.addEventListener("allauth.error", (event) => {
  const box = document.getElementById("passkey").closest("[data-cancelled]");
  const { cancelled, known } = box.dataset;
  event.preventDefault();
  box.querySelector(".error").textContent = event.detail.exception.name === "InvalidStateError" ? known : cancelled;
});
