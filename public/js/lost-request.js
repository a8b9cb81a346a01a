/**
 * Says so when what a form sent did not reach the assistant, or when something between answered for it; nothing of
 * such a reply is used. Without this file the page would stay as it is and not say why.
 */
const formOf = (event) => {
  const element = event.detail?.ctx?.sourceElement;
  return element?.matches?.("form[hx-post]") ? element : null;
};
const isOurs = ({ response, text }) => response.status === 204 || text.includes("<hx-partial");

document.addEventListener("htmx:after:request", (event) => {
  const form = formOf(event);
  if (form === null) return;
  if (isOurs(event.detail.ctx)) {
    document.querySelector("#composer-note")?.replaceChildren();
    return;
  }
  event.preventDefault();
  say(form, event.detail.ctx.response.status);
});

document.addEventListener("htmx:error", (event) => {
  const form = formOf(event);
  if (form !== null && event.detail.ctx.response === undefined) say(form);
});

function say(form, status) {
  // Whoever takes the question prevents the note.
  const unreached = new CustomEvent("question:unreached", { bubbles: true, cancelable: true });
  const isGone = status === undefined || status === 502 || status === 504;
  if (isGone && form.matches("[data-composer]") && !form.dispatchEvent(unreached)) return;
  const note = document.createElement("p");
  note.className = "composer-problem";
  const isQuestion = form.matches("[data-composer]");
  const words = isQuestion
    ? word("The assistant cannot be reached. Your question is kept here: try again in a moment.")
    : word("The assistant cannot be reached. Try again in a moment.");
  note.textContent = status === 413 ? word("This is too long to send. Shorten it or split it.") : words;
  document.querySelector("#composer-note")?.replaceChildren(note);
}
