/**
 * Opens the fact behind a figure beside it, by a click or the Enter key. Without this file the figure is a link to the fact's
 * page, and it stays one for a click that asks for a new tab.
 */
const popover = document.createElement("div");
popover.className = "fact-popover";
popover.popover = "auto";
popover.tabIndex = -1;
popover.setAttribute("role", "dialog");
popover.setAttribute("aria-label", word("Where this figure comes from"));

let opener = null;

document.addEventListener("click", async (event) => {
  const figure = event.target.closest?.("a[data-fact]");
  if (!figure || popover.contains(figure)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  opener = figure;
  try {
    const response = await fetch(figure.href, { headers: { "HX-Request": "true" } });
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    if (opener !== figure) return;
    show(figure, html);
  } catch {
    location.assign(figure.href);
  }
});

function show(figure, html) {
  if (!popover.isConnected) document.body.append(popover);
  // Our own server's fragment, as htmx would put it in.
  popover.innerHTML = html;
  globalThis.htmx?.process(popover);
  popover.showPopover();
  place(figure);
  popover.focus();
  popover.scrollTop = 0;
}

/** Below the figure, or above it where there is no room. */
function place(figure) {
  const at = figure.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const gap = 8;
  const left = Math.max(gap, Math.min(at.left, innerWidth - width - gap));
  const isBelow = at.bottom + gap + height <= innerHeight || at.top < height + gap;
  popover.style.left = `${left}px`;
  popover.style.top = `${isBelow ? Math.min(at.bottom + gap, innerHeight - height - gap) : at.top - height - gap}px`;
}

addEventListener("resize", () => {
  if (opener !== null && popover.matches(":popover-open")) place(opener);
});

popover.addEventListener("toggle", (event) => {
  if (event.newState !== "closed") return;
  opener?.focus();
  opener = null;
});
