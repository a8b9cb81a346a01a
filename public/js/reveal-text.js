/**
 * Shows text that has arrived word by word at an even pace, a fifth of a second late at most, or as a typewriter. Nothing in the
 * page changes: the browser draws what is still to come without ink (CSS custom highlights), so that swaps, copying and screen
 * readers find the whole text. `data-stream` of <html>: instant, smooth (when it is absent) or typewriter, which writes
 * `data-stream-rate` tokens a second. Without this file, and where motion is not wanted, text is shown as it comes.
 */
const { dataset } = document.documentElement;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const [toCome, arriving] = [new Range(), new Range()];
if (CSS.highlights)
  CSS.highlights.set("to-come", new Highlight(toCome)).set("arriving", new Highlight(arriving));
const mode = () => (!CSS.highlights || still.matches ? "instant" : dataset.stream || "smooth");
/** Milliseconds between two steps, each of which is painted; seconds in which a burst is shown; characters that are faint. */
const [stepTime, patience, edge] = [30, 0.2, 8];

const cursor = document.createElement("span");
cursor.className = "reveal-cursor";
cursor.ariaHidden = "true";

/** The answer that is being shown. */
let id = "";
let prose;
/** Blocks that are shown whole, characters of what follows them, and how many are still to come. */
let blocks = 0;
let place = 0;
let backlog = 0;
/** Characters a second, as they arrive and as they are shown; how many are due, less than none after a long word. */
let rate = 0;
let pace = 0;
let due = 0;
let grownAt = 0;
let steppedAt = 0;
let running = false;

/** The text nodes behind the blocks that are shown. */
function texts() {
  prose = document.getElementById(id)?.querySelector(".prose");
  const finished = prose?.querySelector(".blocks")?.children ?? [];
  for (; blocks < finished.length; blocks++) {
    const { length } = finished[blocks].textContent;
    if (length > place) break;
    place -= length;
  }
  const found = [];
  for (const part of [...Array.prototype.slice.call(finished, blocks), prose?.querySelector(".tail")]) {
    const walker = part && document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker?.nextNode()) found.push(walker.currentNode);
  }
  return found;
}

const lengthOf = (nodes) => nodes.reduce((sum, { length }) => sum + length, 0);

function positionOf(nodes, characters) {
  for (const node of nodes) {
    if (characters <= node.length) return [node, characters];
    characters -= node.length;
  }
}

function draw(nodes) {
  const from = positionOf(nodes, place);
  if (backlog <= 0 || from === undefined || mode() === "instant") return end();
  toCome.setStart(...from);
  toCome.setEndAfter(nodes.at(-1));
  arriving.setStart(...positionOf(nodes, Math.max(0, place - edge)));
  arriving.setEnd(...from);
  prose.dataset.revealing = "";
  const line = [...arriving.getClientRects()].at(-1);
  if (line === undefined) return;
  const isRightToLeft = getComputedStyle(from[0].parentElement).direction === "rtl";
  cursor.style.translate = `${(isRightToLeft ? line.left : line.right) + scrollX}px ${line.top + scrollY}px`;
  if (!cursor.isConnected) document.body.append(cursor);
  // A typewriter may be far behind: what it has not written takes no place but that of the margin below.
  if (mode() !== "typewriter") return;
  prose.style.overflowY = "clip";
  prose.style.maxBlockSize = `${line.bottom - prose.getBoundingClientRect().top + 16}px`;
}

function end() {
  for (const range of [toCome, arriving]) range.setEnd(document, 0);
  cursor.remove();
  prose?.removeAttribute("style");
  prose?.removeAttribute("data-revealing");
  place += backlog;
  backlog = 0;
  due = 0;
}

function step(now) {
  running = backlog > 0;
  if (!running) return;
  requestAnimationFrame(step);
  if (now - steppedAt < stepTime) return;
  due +=
    (Math.min(now - steppedAt, 100) / 1000) *
    (mode() === "typewriter" ? 4 * (dataset.streamRate || 30) : pace);
  steppedAt = now;
  if (due < 1) return;
  const nodes = texts();
  const ahead = nodes
    .map(({ data }) => data)
    .join("")
    .slice(place);
  const least = Math.floor(due);
  const word = ahead.slice(least).search(/\s|$/);
  const shown = Math.min(ahead.length, least + Math.min(word, 24));
  due -= shown;
  place += shown;
  backlog = ahead.length - shown;
  draw(nodes);
}

function grown() {
  if (id === "") return;
  const nodes = texts();
  const now = performance.now();
  const arrived = lengthOf(nodes) - place - backlog;
  if (arrived !== 0) {
    backlog += arrived;
    rate = 0.7 * rate + (300 * arrived) / Math.max(50, now - grownAt);
    pace = Math.max(rate, backlog / patience);
    grownAt = now;
  }
  draw(nodes);
  if (running || backlog <= 0) return;
  running = true;
  steppedAt = now;
  requestAnimationFrame(step);
}

// What an answer says when it is first seen is shown.
document.addEventListener("answer:before", ({ detail: answer }) => {
  if (answer.id === id || mode() === "instant") return;
  end();
  [id, blocks, place, rate] = [answer.id, 0, 0, 0];
  place = lengthOf(texts());
});
document.addEventListener("answer:grown", grown);
document.addEventListener("htmx:after:swap", grown);
