/**
 * A chart to move about in, in place of the server's drawing. All that it shows comes from the server, in windows of some thousand
 * points; nothing is computed here. Without this file there are the drawing, links and forms.
 */
const place = document.querySelector(".price-chart");
const values = document.querySelector("#chart-values");
const told = JSON.parse(place?.dataset.chart ?? "{}");

/** Points that are fetched at a time, that are kept, and how near to the end of them more are fetched. */
const [pagePoints, mostPoints, nearPoints] = [1000, 3000, 500];
/** Bars are grouped by powers of it. */
const coarser = 4;

let drawing;
let scale;
/** The point that is looked at; null: none. */
let at = null;
let isLoading = false;
let isPressed = false;
let hasMoved = false;

const partNow = () => drawing.part;
const endOf = ({ time }) => time.length - 1;
const after = ({ start, step, time }) => start + time.length * step;
const isAtEnd = (part) => after(part) >= part.rows;
const within = (part, index) => Math.min(endOf(part), Math.max(0, Math.round(index)));
/** What was asked for and is seen in the next frame. */
let ahead = null;
const rangeNow = () => ahead ?? scale.getVisibleLogicalRange();
function see(from, to) {
  ahead = { from, to };
  scale.setVisibleLogicalRange(ahead);
  requestAnimationFrame(() => requestAnimationFrame(() => (ahead = null)));
}

function element(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

// The figures of the point that is looked at; at rest of the marked one, or of the last.
const decimals = (count) =>
  new Intl.NumberFormat(document.documentElement.lang || "en", {
    ...{ minimumFractionDigits: count, maximumFractionDigits: count },
  });
const [ofPrice, ofPane, ofVolume] = [told.decimals ?? 0, 2, 0].map(decimals);

function resting() {
  const part = partNow();
  const marked = told.at === null ? -1 : part.time.findLastIndex((time) => time <= told.at);
  return at ?? (marked < 0 ? endOf(part) : marked);
}

function tell() {
  const part = partNow();
  const index = resting();
  const { step } = part;
  document.querySelector("#chart-step").textContent =
    step === 1 ? "" : word("Each candle is {0} bars.", step);
  document.querySelector("#chart-open").hidden = !part.provisional || !isAtEnd(part);
  const shown = [
    ...["open", "high", "low", "close"].map((name) => [told.words[name], part[name][index], ofPrice]),
    [told.words.volume, part.volume?.[index], ofVolume],
    ...drawing.lines.map(({ label, word: of, name, pane, tone }) => [
      ...[label, lineIn(part, of, name).values[index], pane === 0 ? ofPrice : ofPane, `tone-${tone}`],
    ]),
  ].filter(([, value]) => value !== null && value !== undefined);
  values.replaceChildren(
    element("strong", drawing.dates.format(part.shown[index])),
    ...shown.map(([label, value, format, tone]) => {
      const figure = element("span");
      figure.append(element("i", label, tone), " ", element("b", format.format(value)));
      return figure;
    }),
  );
}

// More comes where the reader nears an end, and in other groups where points are too many or too few.
function look() {
  const range = rangeNow();
  if (range === null || isLoading) return;
  const part = partNow();
  const wide = range.to - range.from;
  if (!isPressed) {
    const isWhole = part.start === 0 && isAtEnd(part);
    if (wide > place.clientWidth * 1.2 && !isWhole) return load(() => regroup(part.step * coarser));
    if (wide < place.clientWidth / 8 && part.step > 1)
      return load(() => regroup(Math.max(1, part.step / coarser)));
  }
  if (range.from < nearPoints && part.start > 0) return load(older);
  if (range.to > endOf(part) - nearPoints && !isAtEnd(part) && !isPressed) return load(newer);
}

async function load(work) {
  isLoading = true;
  try {
    await work();
  } catch (error) {
    // It is tried again when the reader moves on.
    return reportError(error);
  } finally {
    isLoading = false;
  }
  look();
}

const fetched = (start, limit, step) =>
  fetchPart(told.series, `start=${start}&limit=${Math.min(10_000, limit)}&step=${step}`);

async function older() {
  const part = partNow();
  const { start, step } = part;
  const from = Math.max(0, start - pagePoints * step);
  const more = await fetched(from, (start - from) / step, step);
  if (partNow() !== part) return;
  if (more.updated_at !== part.updated_at) return regroup(step);
  const count = more.time.length;
  // While it is dragged the library counts from the last bar.
  showMore(joinedParts(more, part, 0, isPressed ? 0 : tooMany(count + part.time.length)), count);
}

async function newer() {
  const part = partNow();
  const more = await fetched(after(part), pagePoints, part.step);
  if (partNow() !== part) return;
  if (more.updated_at !== part.updated_at) return regroup(part.step);
  const drop = tooMany(more.time.length + part.time.length);
  showMore(joinedParts(part, more, drop, 0), -drop);
}

const tooMany = (count) => Math.max(0, count - mostPoints);

/** @param moved by how many points all that stays has moved to the right */
function showMore(next, moved) {
  const { from, to } = rangeNow();
  if (at !== null) at = within(next, at + moved);
  drawing.show(next);
  if (!isPressed) see(from + moved, to + moved);
}

/** The same bars in groups of another size; or as they are now, where a file was added. */
const regroup = (step) => goTo(step, barsInView);

/** Files were added or taken back. Who sees the last bar goes on seeing the last one. */
async function follow() {
  const before = partNow();
  if ((await fetched(0, 1, 1)).updated_at === before.updated_at) return;
  const isLast = isAtEnd(before) && rangeNow().to >= endOf(before);
  await regroup(before.step);
  const moved = (partNow().rows - before.rows) / before.step;
  const { from, to } = rangeNow();
  if (isLast) see(from + moved, to + moved);
}

function barsInView() {
  const { start, step } = partNow();
  const { from, to } = rangeNow();
  return [start + from * step, start + to * step];
}

/** @param aim from which bar to which is to be seen; asked again when they have come: the reader moves on meanwhile */
async function goTo(step, aim) {
  const [first, last] = aim();
  const begin = Math.max(0, Math.floor(first / step) - pagePoints / 2) * step;
  const next = await fetched(begin, Math.ceil((last - begin) / step) + pagePoints / 2, step);
  const [from, to] = aim();
  const part = partNow();
  if (at !== null) at = within(next, (part.start + at * part.step - begin) / step);
  drawing.show(next);
  see((from - begin) / step, (to - begin) / step);
  tell();
}

// Keys.
function moveTo(index) {
  const part = partNow();
  at = within(part, index);
  const { from, to } = rangeNow();
  const outside = at < from ? at - from - 2 : at > to ? at - to + 2 : 0;
  if (outside !== 0) see(from + outside, to + outside);
  drawing.chart.setCrosshairPosition(part.close[at], part.clock[at], drawing.price);
  values.setAttribute("aria-live", "polite");
  tell();
}

async function toEnd(isLast) {
  const part = partNow();
  const { from, to } = rangeNow();
  const wide = (to - from) * part.step;
  if (!(isLast ? isAtEnd(part) : part.start === 0))
    await load(() => goTo(part.step, () => (isLast ? [part.rows - wide, part.rows + 3] : [-2, wide])));
  moveTo(isLast ? endOf(partNow()) : 0);
}

function zoom(factor) {
  const { from, to } = rangeNow();
  const middle = at !== null && at >= from && at <= to ? at : Math.min(endOf(partNow()), (from + to) / 2);
  const share = Math.max(5 / (to - from), factor);
  see(middle - (middle - from) * share, middle + (to - middle) * share);
}

function leave() {
  at = null;
  drawing.chart.clearCrosshairPosition();
  tell();
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const far = event.shiftKey ? 10 : 1;
  const keys = {
    ArrowLeft: () => moveTo(resting() - far),
    ArrowRight: () => moveTo(resting() + far),
    Home: () => toEnd(false),
    End: () => toEnd(true),
    "+": () => zoom(0.8),
    "=": () => zoom(0.8),
    "-": () => zoom(1.25),
    Escape: leave,
  };
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  hasMoved = true;
  keys[event.key]();
}

// The address says what is seen, and so do the links and forms.
function settle() {
  const range = rangeNow();
  if (range === null || !hasMoved) return;
  const part = partNow();
  const time = (index) => new Date(part.time[within(part, index)]).toISOString();
  const isLast = isAtEnd(part) && range.to >= endOf(part);
  const span = { from: time(Math.ceil(range.from)), to: isLast ? "" : time(Math.floor(range.to)) };
  history.replaceState(history.state, "", withFields(location.href, span));
  for (const link of document.querySelectorAll(".chart-choices a, .chart-actions a"))
    link.href = withFields(link.href, span);
  for (const input of document.querySelectorAll(".chart-form [type=hidden]"))
    if (input.name in span) input.value = span[input.name];
}

/** An empty value takes the field away. */
function withFields(address, fields) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(fields))
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  url.search = url.search.replaceAll(/%(3A|3B|2C)/g, decodeURIComponent);
  return url.href;
}

const savePicture = () =>
  drawing.chart.takeScreenshot(true).toBlob((picture) => {
    const link = element("a");
    link.href = URL.createObjectURL(picture);
    link.download = `${told.name.replaceAll(/[^\w.-]+/g, "-")}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });

function listen() {
  new MutationObserver(drawing.recolour).observe(document.documentElement, {
    attributeFilter: ["data-theme", "data-contrast"],
  });
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"])
    matchMedia(query).addEventListener("change", drawing.recolour);
  drawing.chart.subscribeCrosshairMove(({ logical }) => {
    if (typeof logical === "number") at = within(partNow(), logical);
    else if (document.activeElement !== place) at = null;
    tell();
  });
  let pause;
  scale.subscribeVisibleLogicalRangeChange(() => {
    look();
    clearTimeout(pause);
    pause = setTimeout(settle, 300);
  });
  place.addEventListener("keydown", press);
  place.addEventListener("wheel", () => (hasMoved = true), { passive: true });
  place.addEventListener("pointerdown", () => {
    isPressed = hasMoved = true;
    values.removeAttribute("aria-live");
  });
  for (const name of ["pointerup", "pointercancel"])
    window.addEventListener(name, () => {
      isPressed = false;
      look();
    });
  document.querySelector("#live").addEventListener("data", () => load(follow));
  document.querySelector("#chart-picture").addEventListener("click", savePicture);
}

async function start() {
  // A span as a whole, in as few points as can be seen; or the last bars.
  const points = Math.max(200, Math.floor(place.clientWidth * 0.8));
  const wanted = told.span ? `${told.span}&step=auto&limit=${points}` : "limit=1000";
  const [library, part] = await Promise.all([import(told.library), fetchPart(told.series, wanted)]);
  const end = endOf(part);
  if (end < 0) return;
  const canvas = element("div", "", "chart-canvas");
  const drawn = place.querySelector("svg");
  // As high as what it stands for, so that nothing moves; not too low on a phone.
  const panes = told.indicators.filter((each) => each.place === "pane").length;
  canvas.style.blockSize = `${Math.max(drawn.clientHeight, 288 + panes * 96)}px`;
  drawn.setAttribute("hidden", "");
  place.append(canvas);
  drawing = drawnChart(library, canvas, told, part);
  scale = drawing.chart.timeScale();
  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", told.name);
  place.setAttribute("aria-describedby", "chart-values chart-keys");
  for (const each of document.querySelectorAll("[data-for-script]")) each.hidden = false;
  drawing.recolour();
  if (told.span) scale.fitContent();
  else see(end - Math.min(120, place.clientWidth / 6), end + 3);
  listen();
  tell();
  look();
}

if (place) start().catch(reportError);
