/**
 * Puts the pieces of an answer into their places as they come: less work than htmx's general swap, so that the page keeps its
 * frames. What holds more than text is left to htmx. Without this file htmx puts all of them.
 */
const places = /<hx-partial hx-target="#([\w-]+)" hx-swap="(innerHTML|beforeend)">/;
const pieces = new RegExp(`${places.source}(.*?)</hx-partial>`, "gs");

document.addEventListener("htmx:sse:before:message", (event) => {
  const { data, event: name } = event.detail.message;
  const answer = event.target.closest?.(".message.streaming");
  if (name || !answer || / hx-(?!target|swap)|autofocus/.test(data) || data.replace(pieces, "").trim() !== "")
    return;
  const found = [...data.matchAll(pieces)].map(([, id, swap, html]) => ({
    place: document.getElementById(id),
    swap,
    html,
  }));
  if (!found.every(({ place }) => answer.contains(place) && !place.querySelector("[data-htmx-powered]")))
    return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("answer:before", { detail: answer }));
  for (const { place, swap, html } of found)
    if (swap === "innerHTML") place.innerHTML = html;
    else place.insertAdjacentHTML("beforeend", html);
  document.dispatchEvent(new CustomEvent("answer:grown", { detail: answer }));
});
