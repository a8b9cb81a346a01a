/**
 * While the reader is elsewhere: when the answer that this tab shows has ended, the tab's title bears a dot, and those who allowed
 * it are told by the system. A hidden tab has no stream, so it waits with a request. Without this file one looks into the tab.
 */
const mark = "● ";
const restMs = 1000;
let leaving = new AbortController();

const running = () => document.querySelector(".message.streaming")?.id.replace(/^answer-/, "");

async function watch(id, { signal }) {
  const reply = await fetch(`/generations/${encodeURIComponent(id)}/state`, { signal }).catch(() => null);
  const state = reply?.ok ? await reply.text() : reply?.status === 404 ? "gone" : "running";
  if (signal.aborted || state === "gone") return;
  if (state === "queued" || state === "running") setTimeout(() => watch(id, { signal }), restMs);
  else tell(state);
}

function tell(state) {
  const title = document.title;
  document.title = mark + title;
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const body = state === "done" ? word("The answer is ready.") : word("The answer has ended early.");
  const note = new Notification(title, { body, tag: location.pathname });
  note.addEventListener("click", () => {
    window.focus();
    note.close();
  });
}

document.addEventListener("visibilitychange", () => {
  leaving.abort();
  leaving = new AbortController();
  const id = running();
  if (!document.hidden) document.title = document.title.replace(mark, "");
  else if (id !== undefined) watch(id, leaving);
});
