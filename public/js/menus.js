/**
 * Closes a menu when the reader does something else, and with Esc. Without this file a menu is closed where it was
 * opened.
 */
const openMenus = () => [...document.querySelectorAll(".menu[open]")];

function closeAllBut(kept) {
  for (const menu of openMenus()) if (menu !== kept) menu.open = false;
}

document.addEventListener("click", (event) => closeAllBut(event.target.closest?.(".menu") ?? null));
document.addEventListener("focusin", (event) => closeAllBut(event.target.closest?.(".menu") ?? null));

document.addEventListener(
  "keydown",
  (event) => {
    const [menu] = openMenus();
    if (event.key !== "Escape" || menu === undefined) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  },
  { capture: true },
);
