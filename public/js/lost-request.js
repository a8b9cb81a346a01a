/**
 * Says so when what a form sent did not reach the assistant, or when something between answered for it; nothing of
 * such a reply is used. Without this file the page would stay as it is and not say why.
 */
const formOf = (event) => {
  const element = event.detail?.ctx?.sourceElement;
  return element?.matches?.("form[hx-post]") ? element : null;
};
const isOurs = ({ response: { status, headers }, text }) =>
  status === 204 || headers.has("hx-redirect") || text.includes("<hx-partial");

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
  const isQuestion = form.matches("[data-composer]");
  // Whoever takes the question prevents the note.
  const unreached = new CustomEvent("question:unreached", { bubbles: true, cancelable: true });
  const isGone = status === undefined || status === 502 || status === 504;
  if (isGone && isQuestion && !form.dispatchEvent(unreached)) return;
  if (status === 413) tell(word("This is too long to send. Shorten it or split it."));
  else if (isQuestion) tellKept();
  else tell(word("The assistant cannot be reached. Try again in a moment."));
}

/** Of a question that stays in its field. */
const tellKept = () =>
  tell(word("The assistant cannot be reached. Your question is kept here: try again in a moment."));
document.addEventListener("question:untaken", tellKept);

function tell(words) {
  const note = document.createElement("p");
  note.className = "composer-problem";
  note.textContent = words;
  document.querySelector("#composer-note")?.replaceChildren(note);
}
