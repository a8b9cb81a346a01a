/**
 * When an answer's stream cannot be opened, or nothing comes through it (something between holds it back), asks
 * for the answer as a whole instead. Without this file such an answer appears on reload.
 */
const patience = 8000;
const watched = new WeakMap();
/** Streams through which something has come already. */
const heard = new WeakSet();

const sourceOf = (event) => event.detail?.ctx?.sourceElement ?? event.target;
const isStream = (element) => element instanceof Element && element.matches(".stream-source[data-answer]");

document.addEventListener("htmx:before:request", (event) => {
  const source = sourceOf(event);
  if (!isStream(source)) return;
  const timer = setTimeout(() => askForWhole(source), patience);
  watched.set(source, { timer, abort: () => event.detail.ctx.request.abort() });
});

document.addEventListener("htmx:sse:before:message", (event) => {
  heard.add(event.target);
  clearTimeout(watched.get(event.target)?.timer);
  delete event.target.closest(".message")?.dataset.connection;
});

// The first connection failed: by itself htmx would not try again.
for (const name of ["htmx:error", "htmx:response:error"])
  document.addEventListener(name, (event) => {
    const source = sourceOf(event);
    if (isStream(source)) askForWhole(source);
  });

// Something answered that is not a stream.
document.addEventListener("htmx:after:request", (event) => {
  const source = sourceOf(event);
  if (isStream(source) && event.detail.ctx.response?.status === 200) askForWhole(source);
});

// A stream that had begun broke: htmx comes back by itself, from where it was. One that broke before anything came
// through is not to be had, as in a browser that gives scripts no streams.
document.addEventListener("htmx:sse:error", (event) => {
  if (isStream(event.target) && !heard.has(event.target)) return askForWhole(event.target);
  const message = event.target.closest?.(".message");
  if (message) message.dataset.connection = "lost";
});

function askForWhole(source) {
  const watch = watched.get(source);
  const answer = source.closest(".message");
  if (watch === undefined || answer === null) return;
  watched.delete(source);
  clearTimeout(watch.timer);
  const url = source.dataset.answer;
  source.remove();
  watch.abort();
  htmx.ajax("GET", url, { source: answer, target: answer, swap: "outerHTML" });
}
