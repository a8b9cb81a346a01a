/** Keys for what is done often; the list of them is views/fragments/shortcuts.tsx. Without this file there are none. */
const typing = (element) =>
  element instanceof Element && element.closest("input, textarea, select, [contenteditable]") !== null;
const conversations = () => [...document.querySelectorAll("#conversation-list a[href^='/c/']")];

function search() {
  const field = document.querySelector("#search");
  const drawer = field?.closest("[popover]");
  if (!field) return;
  // On wide screens the list is no drawer: it is there already.
  if (drawer && !drawer.checkVisibility()) drawer.showPopover();
  field.focus();
  field.select();
}

/** The one beside the conversation that is shown; from a new chat the first one. */
function neighbour(step) {
  const all = conversations();
  const at = all.findIndex((link) => link.getAttribute("aria-current") === "page");
  all[at < 0 ? 0 : at + step]?.click();
}

function keys() {
  document.querySelector("#shortcuts")?.togglePopover();
}

function edit(target) {
  const message = target.closest?.(".message.user");
  message?.querySelector(".tool.edit")?.click();
  return message !== null && message !== undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  const { key, altKey, shiftKey, target } = event;
  const command = event.ctrlKey || event.metaKey;
  const lower = key.toLowerCase();
  if (command && !altKey && !shiftKey && lower === "k") search();
  else if (typing(target)) return;
  else if (command && shiftKey && lower === "o") location.assign("/");
  else if (altKey && !command && (key === "ArrowUp" || key === "ArrowDown"))
    neighbour(key === "ArrowUp" ? -1 : 1);
  else if (!command && !altKey && key === "?") keys();
  else if (!command && !altKey && key === "e") {
    if (!edit(target)) return;
  } else return;
  event.preventDefault();
});
