/**
 * Tells with each request what this tab shows, so that a reply changes that and takes nothing away that the reader has
 * scrolled to. Without this file a reply leads to the page of what has changed.
 */
document.addEventListener("htmx:config:request", (event) => {
  const headers = event.detail?.ctx?.request?.headers;
  const thread = document.querySelector("#thread");
  if (!headers) return;
  const list = document.querySelector("#conversation-list");
  headers["Items-Shown"] = String(list?.querySelectorAll("a").length ?? 0);
  // Nothing while the list shows what was searched for.
  if (list !== null && !document.querySelector("#search")?.value) headers["List-Shown"] = list.dataset.query;
  if (thread === null || thread.hasAttribute("data-past")) return;
  const messages = thread.querySelectorAll(":scope > .message");
  headers["Turns-Shown"] = String(thread.querySelectorAll(":scope > .user").length);
  headers["Thread-End"] = [...messages].at(-1)?.id ?? "";
});
