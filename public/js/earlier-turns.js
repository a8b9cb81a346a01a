/**
 * Keeps what the reader sees where it is while earlier messages come in above it: at the very top of a page browsers do
 * not do that by themselves. Without this file the page jumps to the first of them.
 */
let fromEnd = null;
const isEarlier = (event) => event.detail?.ctx?.sourceElement?.matches?.(".earlier") === true;
const height = () => document.documentElement.scrollHeight;

document.addEventListener("htmx:before:swap", (event) => {
  if (isEarlier(event)) fromEnd = height() - scrollY;
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!isEarlier(event) || fromEnd === null) return;
  scrollTo({ top: height() - fromEnd, behavior: "instant" });
  fromEnd = null;
});
