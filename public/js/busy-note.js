/**
 * Takes the note that an answer is still being written away when that answer has ended. Without this file the note stays until
 * the next action succeeds.
 */
const note = () => document.querySelector("#composer-note [data-code='conversation_busy']");
let observer = null;

function look() {
  if (document.querySelector(".message.streaming") !== null) return;
  note()?.remove();
  observer?.disconnect();
  observer = null;
}

document.addEventListener("htmx:after:swap", () => {
  const thread = document.querySelector("#thread");
  if (note() === null || thread === null || observer !== null) return;
  observer = new MutationObserver(look);
  observer.observe(thread, { subtree: true, childList: true, attributeFilter: ["class"] });
});
