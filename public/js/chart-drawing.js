/**
 * Draws a window of a series with lightweight-charts: candles, volume, lines, levels, in the colours of the page. It knows nothing of
 * where windows come from.
 */
globalThis.ChartDrawing = class {
  /** @param told what the page says of the chart @param part a first window: it says what there is to be drawn */
  constructor(library, canvas, told, part) {
    this.library = library;
    this.told = told;
    this.part = part;
    this.isWide = canvas.clientWidth > 600;
    this.dates = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
      ...{ timeZone: "UTC", dateStyle: "medium" },
      ...(told.isOfDays ? {} : { timeStyle: "short" }),
    });
    this.chart = library.createChart(canvas, {
      autoSize: true,
      // Its notice stands below the chart; the logo would need inline styles.
      layout: { attributionLogo: false, fontSize: 11, panes: { enableResize: false } },
      localization: {
        locale: document.documentElement.lang || "en",
        timeFormatter: (seconds) => this.dates.format(seconds * 1000),
      },
      timeScale: { timeVisible: !told.isOfDays, secondsVisible: false },
      crosshair: { mode: library.CrosshairMode.Magnet },
      // A finger that goes up or down moves the page.
      handleScroll: { vertTouchDrag: false },
    });
    this.#addPrices();
    this.#addLines();
    for (const [index, pane] of this.chart.panes().entries()) pane.setStretchFactor(index === 0 ? 3.2 : 1);
  }

  #addPrices() {
    const { library, chart, told, part } = this;
    this.format = { type: "price", precision: told.decimals, minMove: 10 ** -told.decimals };
    this.hasRange = part.high.some((high) => high !== null);
    const kind = this.hasRange ? library.CandlestickSeries : library.LineSeries;
    this.price = chart.addSeries(kind, { priceFormat: this.format });
    this.marks = library.createSeriesMarkers(this.price);
    this.levels = told.levels.map((price) =>
      this.price.createPriceLine({ price, lineStyle: library.LineStyle.Dashed }),
    );
    if (!part.volume) return;
    this.volume = chart.addSeries(library.HistogramSeries, {
      ...{ priceScaleId: "volume", priceFormat: { type: "volume" } },
      ...{ lastValueVisible: false, priceLineVisible: false },
    });
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    this.price.priceScale().applyOptions({ scaleMargins: { top: 0.06, bottom: 0.2 } });
  }

  #addLines() {
    const { library, told, part } = this;
    this.lines = [];
    this.guides = [];
    let panes = 0;
    for (const { word, place, lines, guides } of told.indicators) {
      const known = lines.filter(({ name }) => part.line(word, name) !== undefined);
      if (place === "pane" && known.length > 0) panes += 1;
      const pane = place === "pane" ? panes : 0;
      for (const line of known) this.lines.push({ ...line, word, pane, series: this.#seriesFor(line, pane) });
      if (pane === 0) continue;
      for (const price of guides)
        this.guides.push(
          this.lines
            .at(-1)
            .series.createPriceLine({ price, lineStyle: library.LineStyle.Dotted, axisLabelVisible: false }),
        );
    }
    this.panes = panes;
  }

  #seriesFor({ look, label }, pane) {
    const { library, chart } = this;
    const dots = { lineVisible: false, pointMarkersVisible: true, pointMarkersRadius: 1.5 };
    return chart.addSeries(
      look === "bars" ? library.HistogramSeries : library.LineSeries,
      {
        ...{ priceLineVisible: false, lastValueVisible: pane > 0, crosshairMarkerRadius: 3, lineWidth: 1.5 },
        lineStyle: look === "dashed" ? library.LineStyle.Dashed : library.LineStyle.Solid,
        ...(look === "dots" ? dots : {}),
        ...(pane === 0 ? { priceFormat: this.format } : {}),
        // Beside its last value, where there is room for it.
        title: pane > 0 && this.isWide ? label : "",
      },
      pane,
    );
  }

  show(part) {
    this.part = part;
    const { clock, open, high, low, close, volume } = part;
    const bar = (time, at) => ({ time, open: open[at], high: high[at], low: low[at], close: close[at] });
    this.price.setData(
      this.hasRange ? clock.map(bar) : clock.map((time, at) => ({ time, value: close[at] })),
    );
    const { rises, falls } = this.colours;
    this.volume?.setData(
      clock.map((time, at) => point(time, volume?.[at], close[at] >= open[at] ? rises : falls)),
    );
    for (const line of this.lines) line.series.setData(this.#pointsOf(line));
    const { at } = this.told;
    const marked = at === null ? -1 : part.at(at);
    const mark = { position: "aboveBar", shape: "arrowDown", color: this.colours.accent };
    this.marks.setMarkers(marked < 0 ? [] : [{ ...mark, time: clock[marked] }]);
  }

  /** Values that still depend on where the data begins are faint. */
  #pointsOf({ word, name, tone }) {
    const { values, settling } = this.part.line(word, name);
    const points = this.part.clock.map((time, at) => point(time, values[at]));
    for (const { from, to } of settling)
      for (let at = from; at < to; at++)
        if ("value" in points[at]) points[at].color = this.colours.faint[tone];
    return points;
  }

  /** As the page is now. */
  recolour() {
    const { token, tone, fontFamily } = pageColours();
    const [background, line, ink] = [token("raised"), token("line"), token("ink-soft")];
    const [gain, loss] = [token("gain"), token("loss")];
    const tones = [0, 1, 2, 3, 4, 5, 6].map(tone);
    this.colours = {
      accent: token("accent"),
      rises: faint(gain),
      falls: faint(loss),
      faint: tones.map(faint),
    };
    const hair = { color: ink, labelBackgroundColor: token("ink") };
    this.chart.applyOptions({
      layout: {
        ...{ background: { type: "solid", color: background }, textColor: ink, fontFamily },
        panes: { separatorColor: line, separatorHoverColor: line },
      },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
      crosshair: { vertLine: hair, horzLine: hair },
      timeScale: { borderColor: line },
      rightPriceScale: { borderColor: line },
    });
    // Hollow where it rises, filled where it falls.
    this.price.applyOptions(
      this.hasRange
        ? {
            ...{ upColor: background, borderUpColor: gain, wickUpColor: gain, priceLineColor: ink },
            ...{ downColor: loss, borderDownColor: loss, wickDownColor: loss },
          }
        : { color: tones[1], lineWidth: 1.5 },
    );
    for (const each of this.lines) each.series.applyOptions({ color: tones[each.tone] });
    for (const each of [...this.levels, ...this.guides]) each.applyOptions({ color: ink });
    this.show(this.part);
  }
};

const point = (time, value, color) => {
  if (value === null || value === undefined) return { time };
  return color ? { time, value, color } : { time, value };
};

/** The library takes no tokens. Browsers write every colour that is given to an element as `rgb()`. */
function pageColours() {
  const probe = document.createElement("span");
  document.querySelector(".price-chart").append(probe);
  const read = () => getComputedStyle(probe).color;
  const { fontFamily } = getComputedStyle(probe);
  const colours = new Map();
  const token = (name) => {
    probe.style.color = `var(--${name})`;
    colours.set(name, read());
    probe.style.color = "";
    return colours.get(name);
  };
  const tone = (number) => {
    probe.className = `tone-${number}`;
    return read();
  };
  setTimeout(() => probe.remove());
  return { token, tone, fontFamily };
}

const faint = (colour) => {
  const [red, green, blue] = colour.match(/[\d.]+/g);
  return `rgba(${red}, ${green}, ${blue}, 0.4)`;
};
