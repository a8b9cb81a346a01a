/**
 * Brings the thread up to date when another tab has changed it. The server tells what it is (see src/pages/live.ts);
 * whatever this tab shows already, or is about to show by its own doing, is left alone. Nothing that is being typed is
 * touched: while a question is being edited, a note offers the change instead. Without this file a reload shows it.
 */
let told = null;
let asking = 0;
/** What was shown before the first of the forms that are on their way was sent. */
let shownBefore = "";

/** Milliseconds after which an answer that is not as the server said is not one whose own stream is a little behind. */
const patience = 1500;
let doubt = null;

const shown = () => document.querySelector("#thread-shape")?.textContent.trim() ?? "";
const streams = () => [...document.querySelectorAll(".message.streaming")].map(({ id }) => id);

function update() {
  if (told === null || asking > 0 || document.querySelector("#thread[data-past]") !== null) return;
  const change = told;
  // It is looked at once: what it says is true for a moment.
  told = null;
  clearTimeout(doubt);
  const [shape, , , queue = ""] = change.state.split(" ");
  bringQueue(change, queue);
  if (shape !== shown()) bring(change);
  // What its own stream brings is as new, or a little newer or older; the server tells again when that has changed.
  else if (!hasLastAnswer(change))
    doubt = setTimeout(() => {
      if (!hasLastAnswer(change)) bring(change);
    }, patience);
}

/** The last answer is being written here, or it ended when the server says it did. */
function hasLastAnswer({ state }) {
  const [, running = "", endedAt] = state.split(" ");
  if (running !== "") return streams().includes(`answer-${running}`);
  const last = [...document.querySelectorAll("#thread > .assistant")].at(-1);
  return last === undefined || last.matches(".streaming") || last.dataset.ended === endedAt;
}

/** While one that waits is edited, the queue stays as it is. */
function bringQueue({ conversation }, state) {
  const shownQueue = document.querySelector("#queue");
  if (!shownQueue || shownQueue.dataset.state === state || shownQueue.querySelector("[open]")) return;
  window.htmx.ajax("GET", `/c/${conversation}/queue`, { source: shownQueue, swap: "none" });
}
let lastTold = null;
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (lastTold && !target.open && target.closest?.("#queue"))
      bringQueue(lastTold, lastTold.state.split(" ")[3] ?? "");
  },
  { capture: true },
);

function bring(change) {
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
  note.textContent = `${word("This conversation has changed.")} `;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = word("Show");
  button.addEventListener("click", () => show(change));
  note.append(button);
  notice.append(note);
}

document.addEventListener("thread", (event) => {
  const conversation = event.target.dataset?.conversation;
  const state = event.detail?.data;
  if (conversation === undefined || typeof state !== "string") return;
  told = lastTold = { conversation, state };
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
