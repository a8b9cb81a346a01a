/**
 * Asks the last question again when it failed because no model ran, and one runs again. Without this file the reader presses
 * Retry.
 */
const isDown = () => document.querySelector("#engine-banner.problem") !== null;
let wasDown = isDown();

document.addEventListener("htmx:after:swap", () => {
  const down = isDown();
  if (wasDown && !down) {
    const last = [...document.querySelectorAll("#thread > .message")].at(-1);
    last?.querySelector(".failure[data-code='engine_unavailable'] .retry")?.click();
  }
  wasDown = down;
});
