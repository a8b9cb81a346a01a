/**
 * Copy buttons of listings and of whole answers. What is copied is what a reader would select: CSS leaves the
 * buttons themselves out. Without this file they do nothing, and CSS hides them without scripts.
 */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  const selection = getSelection();
  if (!button || !selection) return;
  if (button.dataset.text !== undefined) return copyText(button);
  const source =
    button.dataset.copy === "answer"
      ? button.closest(".message").querySelector(".prose")
      : button.closest("figure").querySelector("code");
  const words = button.querySelector(".tip") ?? button;
  const label = words.textContent;
  selection.selectAllChildren(source);
  try {
    await navigator.clipboard.writeText(selection.toString());
    selection.removeAllRanges();
    words.textContent = word("Copied");
  } catch {
    // Not allowed here (the page did not come from this machine): the selection stays, for the keys.
    words.textContent = word("Press Ctrl + C");
  }
  words.classList.add("said");
  setTimeout(() => {
    words.classList.remove("said");
    words.textContent = label;
  }, 2000);
});

async function copyText(button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.text);
    button.textContent = word("Copied");
  } catch {
    // Not allowed here: the title shows the whole of it.
    button.textContent = word("Not allowed here");
  }
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}
