/**
 * Makes the form to ask with pleasant: Enter sends, Shift+Enter is a new line, Esc stops, the field is emptied
 * once its question was taken, and Stop stands in the place of Send while an answer is written and nothing is typed. Without
 * this file the form still sends with its button and keeps working.
 */
const field = () => document.querySelector("#question");
const composerOf = (event) => event.detail?.ctx?.sourceElement?.closest?.("[data-composer]");
const stopOfAnswer = () => [...document.querySelectorAll("[data-stop]")].at(-1);
let sent = "";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Enter" && !event.shiftKey && event.target === field()) {
    event.preventDefault();
    field().form.requestSubmit();
  }
  if (event.key === "Escape" && document.querySelector(":popover-open") === null) stopOfAnswer()?.click();
});

// An answer that ends loses its class, or is replaced as a whole.
const ends = new MutationObserver(showStop);
function showStop() {
  const stop = document.querySelector("#composer .stop");
  if (stop === null) return;
  const answer = stopOfAnswer()?.closest(".message.streaming");
  if (answer) ends.observe(answer, { attributeFilter: ["class"] });
  stop.hidden = !answer;
  stop.nextElementSibling.hidden = Boolean(answer) && field().value.trim() === "";
}
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("#composer .stop")) stopOfAnswer()?.click();
});

// An empty question is silently not sent, instead of by the browser's own bubble: a double click on Send would
// show it.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches?.("[data-composer]")) return;
    if (field().value.trim() !== "") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field().focus();
  },
  { capture: true },
);

document.addEventListener("htmx:before:request", (event) => {
  if (composerOf(event)) sent = field().value;
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!composerOf(event) || event.detail.ctx.response?.status !== 200) return;
  const question = field();
  // What was typed since then is the next question.
  if (question.value === sent) question.value = "";
  grow(question);
  if (matchMedia("(pointer: fine)").matches) question.focus({ preventScroll: true });
});

const growsByItself = CSS.supports("field-sizing", "content");
function grow(question) {
  if (growsByItself) return;
  question.style.blockSize = "auto";
  question.style.blockSize = `${question.scrollHeight}px`;
}
document.addEventListener("input", (event) => {
  if (event.target === field()) grow(event.target);
});

// After the field was emptied.
for (const event of ["input", "htmx:after:swap"]) document.addEventListener(event, showStop);
showStop();
const withoutBubble = () => document.querySelector("[data-composer]")?.setAttribute("novalidate", "");
withoutBubble();
document.addEventListener("htmx:after:swap", withoutBubble);
