/**
 * A chart to move about in, in place of the server's drawing. All that it shows comes from the server, in windows of some thousand
 * points; nothing is computed here. Without this file there are the drawing, links and forms.
 */

/** Points that are fetched at a time, that are kept, and how near to the end of them more are fetched. */
const [pagePoints, mostPoints, nearPoints] = [2000, 12_000, 500];
/** Bars are grouped by powers of it. */
const coarser = 4;

class PriceChart {
  /** The point that is looked at; null: none. */
  at = null;
  #isLoading = false;
  #isPressed = false;
  #hasMoved = false;

  constructor(place, drawing, told) {
    this.place = place;
    this.drawing = drawing;
    this.told = told;
    this.scale = drawing.chart.timeScale();
    this.values = document.querySelector("#chart-values");
    const decimals = (count) =>
      new Intl.NumberFormat(document.documentElement.lang || "en", {
        ...{ minimumFractionDigits: count, maximumFractionDigits: count },
      });
    this.formats = { price: decimals(told.decimals), pane: decimals(2), volume: decimals(0) };
  }

  get part() {
    return this.drawing.part;
  }

  begin() {
    const { place, scale, told } = this;
    this.drawing.recolour();
    const recolour = () => this.drawing.recolour();
    new MutationObserver(recolour).observe(document.documentElement, {
      attributeFilter: ["data-theme", "data-contrast"],
    });
    for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"])
      matchMedia(query).addEventListener("change", recolour);
    const wide = Math.min(120, place.clientWidth / 6);
    if (told.span) scale.fitContent();
    else scale.setVisibleLogicalRange({ from: this.part.end - wide, to: this.part.end + 3 });
    this.drawing.chart.subscribeCrosshairMove(({ logical }) => this.#point(logical));
    let pause;
    scale.subscribeVisibleLogicalRangeChange(() => {
      this.#look();
      clearTimeout(pause);
      pause = setTimeout(() => this.#settle(), 300);
    });
    place.addEventListener("keydown", (event) => this.#press(event));
    place.addEventListener("wheel", () => (this.#hasMoved = true), { passive: true });
    place.addEventListener("pointerdown", () => {
      this.#isPressed = this.#hasMoved = true;
      this.values.removeAttribute("aria-live");
    });
    for (const name of ["pointerup", "pointercancel"])
      window.addEventListener(name, () => {
        this.#isPressed = false;
        this.#look();
      });
    document.querySelector("#chart-picture").addEventListener("click", () => this.#savePicture());
    this.#tell();
    this.#look();
  }

  // The figures of the point that is looked at; at rest of the marked one, or of the last.
  get #resting() {
    const { told, part } = this;
    const marked = told.at === null ? -1 : part.at(told.at);
    return this.at ?? (marked < 0 ? part.end : marked);
  }

  #point(logical) {
    if (typeof logical === "number") this.at = this.part.within(logical);
    else if (document.activeElement !== this.place) this.at = null;
    this.#tell();
  }

  #tell() {
    const { part, told, formats } = this;
    const { step } = part;
    document.querySelector("#chart-step").textContent =
      step === 1 ? "" : word("Each candle is {0} bars.", step);
    const index = this.#resting;
    const prices = ["open", "high", "low", "close"].map((name) => [
      told.words[name],
      part[name][index],
      formats.price,
    ]);
    const lines = this.drawing.lines.map(({ label, word, name, pane, tone }) => [
      ...[label, part.line(word, name).values[index]],
      ...[pane === 0 ? formats.price : formats.pane, `tone-${tone}`],
    ]);
    const all = [...prices, [told.words.volume, part.volume?.[index], formats.volume], ...lines];
    const shown = all.filter(([, value]) => value !== null && value !== undefined);
    this.values.replaceChildren(
      element("strong", this.drawing.dates.format(part.shown[index])),
      ...shown.map(([label, value, format, tone = ""]) => {
        const figure = element("span");
        figure.append(element("i", label, tone), " ", element("b", format.format(value)));
        return figure;
      }),
    );
  }

  // More comes where the reader nears an end, and in other groups where points are too many or too few.
  #look() {
    const range = this.scale.getVisibleLogicalRange();
    if (range === null || this.#isLoading) return;
    const { part, place } = this;
    const wide = range.to - range.from;
    if (!this.#isPressed) {
      const isWhole = part.hasFirst && part.hasLast;
      if (wide > place.clientWidth * 1.2 && !isWhole)
        return this.#load(() => this.#regroup(part.step * coarser));
      if (wide < place.clientWidth / 8 && part.step > 1)
        return this.#load(() => this.#regroup(Math.max(1, part.step / coarser)));
    }
    if (range.from < nearPoints && !part.hasFirst) return this.#load(() => this.#older());
    if (range.to > part.end - nearPoints && !part.hasLast && !this.#isPressed)
      return this.#load(() => this.#newer());
  }

  async #load(work) {
    this.#isLoading = true;
    try {
      await work();
    } catch (error) {
      // It is tried again when the reader moves on.
      reportError(error);
      return;
    } finally {
      this.#isLoading = false;
    }
    this.#look();
  }

  #fetch(query) {
    return SeriesPart.fetch(this.told.series, query);
  }

  async #older() {
    const { part } = this;
    const from = Math.max(0, part.start - pagePoints * part.step);
    const more = await this.#fetch(
      `start=${from}&limit=${(part.start - from) / part.step}&step=${part.step}`,
    );
    if (more.updated_at !== part.updated_at) return this.#regroup(part.step);
    // While it is dragged the library counts from the last bar.
    const drop = this.#isPressed ? 0 : Math.max(0, more.time.length + part.time.length - mostPoints);
    this.#show(more.followedBy(part, 0, drop), more.time.length);
  }

  async #newer() {
    const { part } = this;
    const more = await this.#fetch(`start=${part.after}&limit=${pagePoints}&step=${part.step}`);
    if (more.updated_at !== part.updated_at) return this.#regroup(part.step);
    const drop = Math.max(0, more.time.length + part.time.length - mostPoints);
    this.#show(part.followedBy(more, drop, 0), -drop);
  }

  /** @param moved by how many points all that stays has moved to the right */
  #show(next, moved) {
    const range = this.scale.getVisibleLogicalRange();
    if (this.at !== null) this.at = next.within(this.at + moved);
    this.drawing.show(next);
    if (!this.#isPressed)
      this.scale.setVisibleLogicalRange({ from: range.from + moved, to: range.to + moved });
  }

  /** The same bars in groups of another size; or as they are now, where a file was added. */
  #regroup(step) {
    const { part } = this;
    const { from, to } = this.scale.getVisibleLogicalRange();
    return this.#goTo(part.start + from * part.step, part.start + to * part.step, step);
  }

  /** Shows the bars from one place to another. */
  async #goTo(from, to, step) {
    const begin = Math.max(0, Math.floor(from / step) - pagePoints / 2) * step;
    const limit = Math.min(10_000, Math.ceil((to - begin) / step) + pagePoints / 2);
    const next = await this.#fetch(`start=${begin}&limit=${limit}&step=${step}`);
    this.at = null;
    this.drawing.show(next);
    this.scale.setVisibleLogicalRange({ from: (from - begin) / step, to: (to - begin) / step });
    document.querySelector("#chart-step").textContent =
      step === 1 ? "" : word("Each candle is {0} bars.", step);
    this.#tell();
  }

  // Keys.
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 10 : 1;
    const keys = {
      ArrowLeft: () => this.#moveTo(this.#resting - far),
      ArrowRight: () => this.#moveTo(this.#resting + far),
      Home: () => this.#toEnd(false),
      End: () => this.#toEnd(true),
      "+": () => this.#zoom(0.8),
      "=": () => this.#zoom(0.8),
      "-": () => this.#zoom(1.25),
      Escape: () => this.#leave(),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#hasMoved = true;
    keys[event.key]();
  }

  #moveTo(index) {
    const { part, scale } = this;
    this.at = part.within(index);
    const { from, to } = scale.getVisibleLogicalRange();
    const outside = this.at < from ? this.at - from - 2 : this.at > to ? this.at - to + 2 : 0;
    if (outside !== 0) scale.setVisibleLogicalRange({ from: from + outside, to: to + outside });
    this.drawing.chart.setCrosshairPosition(part.close[this.at], part.clock[this.at], this.drawing.price);
    this.values.setAttribute("aria-live", "polite");
    this.#tell();
  }

  async #toEnd(isLast) {
    const { part, scale } = this;
    const { from, to } = scale.getVisibleLogicalRange();
    const wide = (to - from) * part.step;
    if (!(isLast ? part.hasLast : part.hasFirst))
      await this.#load(() =>
        isLast ? this.#goTo(part.rows - wide, part.rows + 3, part.step) : this.#goTo(-2, wide, part.step),
      );
    this.#moveTo(isLast ? this.part.end : 0);
  }

  #zoom(factor) {
    const { from, to } = this.scale.getVisibleLogicalRange();
    const middle = this.at !== null && this.at >= from && this.at <= to ? this.at : (from + to) / 2;
    const share = Math.max(5 / (to - from), factor);
    this.scale.setVisibleLogicalRange({
      from: middle - (middle - from) * share,
      to: middle + (to - middle) * share,
    });
  }

  #leave() {
    this.at = null;
    this.drawing.chart.clearCrosshairPosition();
    this.#tell();
  }

  // The address says what is seen, and so do the links and forms.
  #settle() {
    const range = this.scale.getVisibleLogicalRange();
    if (range === null || !this.#hasMoved) return;
    const { part } = this;
    const time = (index) => new Date(part.time[part.within(index)]).toISOString();
    const isAtEnd = part.hasLast && range.to >= part.end;
    const span = { from: time(Math.ceil(range.from)), to: isAtEnd ? "" : time(Math.floor(range.to)) };
    history.replaceState(history.state, "", withFields(location.href, span));
    for (const link of document.querySelectorAll(".chart-choices a, .chart-actions a"))
      link.href = withFields(link.href, span);
    for (const input of document.querySelectorAll(".chart-form input[type=hidden]"))
      if (input.name in span) input.value = span[input.name];
  }

  #savePicture() {
    this.drawing.chart.takeScreenshot(true).toBlob((picture) => {
      const link = element("a");
      link.href = URL.createObjectURL(picture);
      link.download = `${this.told.name.replaceAll(/[^\w.-]+/g, "-")}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }
}

function element(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
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

async function start(place) {
  const told = JSON.parse(place.dataset.chart);
  // A span as a whole, in as few points as can be seen; or the last bars.
  const points = Math.max(200, Math.floor(place.clientWidth * 0.8));
  const wanted = told.span ? `${told.span}&step=auto&limit=${points}` : "limit=1000";
  const [library, part] = await Promise.all([import(told.library), SeriesPart.fetch(told.series, wanted)]);
  if (part.time.length === 0) return;
  const canvas = element("div", "", "chart-canvas");
  place.querySelector("svg").setAttribute("hidden", "");
  place.append(canvas);
  const drawing = new ChartDrawing(library, canvas, told, part);
  place.style.setProperty("--panes", String(drawing.panes));
  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", told.name);
  place.setAttribute("aria-describedby", "chart-values chart-keys");
  for (const each of document.querySelectorAll("[data-for-script]")) each.hidden = false;
  new PriceChart(place, drawing, told).begin();
}

const place = document.querySelector(".price-chart");
if (place) start(place).catch(reportError);
