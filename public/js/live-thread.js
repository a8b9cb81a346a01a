/**
 * Brings the thread up to date when another tab has changed it. The server tells what it is (see src/routes/live.ts);
 * whatever this tab shows already, or is about to show by its own doing, is left alone. Nothing that is being typed is
 * touched: while a question is being edited, a note offers the change instead. Without this file a reload shows it.
 */
let told = null;
let asking = 0;
/** What was shown before the first of the forms that are on their way was sent. */
let shownBefore = "";

const shown = () => document.querySelector("#thread-shape")?.textContent.trim() ?? "";
const streams = () => [...document.querySelectorAll(".message.streaming")].map(({ id }) => id);

/** The newest state that the server told, when this tab shows another one. */
function news() {
  if (told === null || document.querySelector("#thread[data-past]") !== null) return null;
  const [shape, running = ""] = told.state.split(" ");
  const isNew = shape !== shown() || (running !== "" && !streams().includes(`answer-${running}`));
  return isNew ? told : null;
}

function update() {
  if (asking > 0) return;
  const change = news();
  // It is looked at once: what it says is true for a moment.
  told = null;
  if (change === null) return;
  if (document.querySelector("#thread .edit-form") !== null) offer(change);
  else show(change);
}

function show({ conversation }) {
  document.querySelector("#changed")?.remove();
  const source = document.querySelector("#thread");
  window.htmx.ajax("GET", `/c/${conversation}/thread`, { source, target: source, swap: "none" });
}

function offer(change) {
  const notice = document.querySelector("#notice");
  if (notice === null || document.querySelector("#changed") !== null) return;
  const note = document.createElement("p");
  note.id = "changed";
  note.className = "notice";
  note.textContent = "This conversation has changed. ";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Show";
  button.addEventListener("click", () => show(change));
  note.append(button);
  notice.append(note);
}

document.addEventListener("thread", (event) => {
  const conversation = event.target.dataset?.conversation;
  const state = event.detail?.data;
  if (conversation === undefined || typeof state !== "string") return;
  told = { conversation, state };
  update();
});

// While a form of this tab is on its way, its reply may be the very change.
const changes = (event) => event.detail?.ctx?.sourceElement?.matches?.("form") === true;
document.addEventListener("htmx:before:request", (event) => {
  if (!changes(event)) return;
  if (asking === 0) shownBefore = shown();
  asking++;
});
document.addEventListener("htmx:finally:request", (event) => {
  if (!changes(event)) return;
  asking = Math.max(0, asking - 1);
  // What was told of the time before is old by now; of this tab's own change the server tells again.
  if (told?.state.split(" ")[0] === shownBefore) told = null;
  update();
});
