/**
 * Tells with each request what this tab shows, so that a reply changes that and takes nothing away that the reader has
 * scrolled to. Without this file a reply leads to the page of what has changed.
 */
document.addEventListener("htmx:config:request", (event) => {
  const headers = event.detail?.ctx?.request?.headers;
  const thread = document.querySelector("#thread");
  if (!headers) return;
  headers["Items-Shown"] = String(document.querySelectorAll("#conversation-list a").length);
  if (thread === null || thread.hasAttribute("data-past")) return;
  const messages = thread.querySelectorAll(":scope > .message");
  headers["Turns-Shown"] = String(thread.querySelectorAll(":scope > .user").length);
  headers["Thread-End"] = [...messages].at(-1)?.id ?? "";
});
