/**
 * Brings the thread up to date when another tab has changed it. The server tells what it is (see src/routes/live.ts);
 * whatever this tab shows already, or is about to show by its own doing, is left alone. Nothing that is being typed is
 * touched: while a question is being edited, a note offers the change instead. Without this file a reload shows it.
 */
let told = null;
let asking = 0;

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
  const change = news();
  if (change === null || asking > 0) return;
  if (document.querySelector("#thread .edit-form") !== null) offer(change);
  else show(change);
}

function show({ conversation }) {
  told = null;
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
  button.addEventListener("click", () => show(news() ?? change));
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
  if (changes(event)) asking++;
});
document.addEventListener("htmx:finally:request", (event) => {
  if (!changes(event)) return;
  asking = Math.max(0, asking - 1);
  update();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-put-away]")) setTimeout(update);
});
