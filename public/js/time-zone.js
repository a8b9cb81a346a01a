/**
 * Tells the server the reader's time zone, so that "Today" in the list is the reader's. Without this file the days are those
 * of the machine that the server runs on.
 */
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const cookie = `time-zone=${zone}`;
if (/^[A-Za-z][\w+/-]{0,63}$/.test(zone) && !document.cookie.split("; ").includes(cookie)) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in older browsers, and without TLS.
  document.cookie = `${cookie}; Path=/; Max-Age=31536000; SameSite=Lax`;
  // The list that was sent is of another zone.
  const refresh = () => document.querySelector("#conversation-list")?.dispatchEvent(new CustomEvent("list"));
  if (document.readyState === "complete") refresh();
  else window.addEventListener("load", refresh, { once: true });
}
