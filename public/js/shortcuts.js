/** Keys for what is done often; the list of them is views/fragments/shortcuts.tsx. Without this file there are none. */
const typing = (element) =>
  element instanceof Element && element.closest("input, textarea, select, [contenteditable]") !== null;
const conversations = () => [...document.querySelectorAll("#conversation-list a[href^='/c/']")];

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

/** What the key is meant for: the message that has the focus, or the last one. */
function pressed(kind, target) {
  const focused = target.closest?.(`.message.${kind}`);
  return focused ?? [...document.querySelectorAll(`.message.${kind}`)].at(-1);
}

/** @returns whether there was such a button */
function press(button) {
  button?.click();
  return button !== null && button !== undefined;
}

const isEmptyQuestion = (element) =>
  element instanceof Element && element.id === "question" && element.value === "";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  const { key, altKey, shiftKey, target } = event;
  const command = event.ctrlKey || event.metaKey;
  const lower = key.toLowerCase();
  if (!command && !altKey && !shiftKey && key === "ArrowUp" && isEmptyQuestion(target)) {
    if (!press(pressed("user", target)?.querySelector(".tool.edit"))) return;
  } else if (typing(target)) return;
  else if (command && shiftKey && lower === "o") location.assign("/");
  else if (altKey && !command && (key === "ArrowUp" || key === "ArrowDown"))
    neighbour(key === "ArrowUp" ? -1 : 1);
  else if (!command && !altKey && key === "?") keys();
  else if (!command && !altKey && key === "/") document.querySelector("#question")?.focus();
  else if (!command && !altKey && key === "e") {
    if (!edit(target)) return;
  } else if (!command && !altKey && key === "c") {
    if (!press(pressed("assistant", target)?.querySelector("[data-copy=answer]"))) return;
  } else if (!command && !altKey && key === "r") {
    const last = [...document.querySelectorAll(".message.assistant")].at(-1);
    if (!press(last?.querySelector(".retry") ?? last?.querySelector(".tool.again"))) return;
  } else return;
  event.preventDefault();
});
