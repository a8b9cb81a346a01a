/** Listings of answers: their lines are wrapped, and saved as a file. Without this file they scroll. */
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button[data-code]");
  if (!button) return;
  const figure = button.closest("figure");
  if (button.dataset.code === "wrap") {
    button.ariaPressed = String(figure.classList.toggle("wrapped"));
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([figure.querySelector("code").textContent]));
  link.download = button.dataset.code;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
