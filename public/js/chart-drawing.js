/**
 * Draws a window of a series with lightweight-charts: candles, volume, lines, levels, in the colours of the page. It knows nothing of
 * where windows come from.
 */

/** @param told what the page says of the chart @param first a window: it says what there is to be drawn */
globalThis.drawnChart = (library, canvas, told, first) => {
  const language = document.documentElement.lang || "en";
  const dates = new Intl.DateTimeFormat(language, {
    ...{ timeZone: "UTC", dateStyle: "medium" },
    ...(told.isOfDays ? {} : { timeStyle: "short" }),
  });
  const chart = library.createChart(canvas, {
    autoSize: true,
    // Its notice stands below the chart; the logo would need inline styles.
    layout: { attributionLogo: false, fontSize: 11, panes: { enableResize: false } },
    localization: { locale: language, timeFormatter: (seconds) => dates.format(seconds * 1000) },
    timeScale: { timeVisible: !told.isOfDays, secondsVisible: false },
    crosshair: { mode: library.CrosshairMode.Magnet },
    // A finger that goes up or down moves the page.
    handleScroll: { vertTouchDrag: false },
  });
  const drawing = { library, chart, told, dates, part: first, ...pricesOf(library, chart, told, first) };
  drawing.isWide = canvas.clientWidth > 600;
  Object.assign(drawing, linesOf(drawing));
  for (const [index, pane] of chart.panes().entries()) pane.setStretchFactor(index === 0 ? 3.2 : 1);
  return Object.assign(drawing, {
    show: (part) => show(drawing, part),
    recolour: () => recolour(drawing),
  });
};

function pricesOf(library, chart, told, { high }) {
  const priceFormat = { type: "price", precision: told.decimals, minMove: 10 ** -told.decimals };
  const hasRange = high.some((each) => each !== null);
  const price = chart.addSeries(hasRange ? library.CandlestickSeries : library.LineSeries, { priceFormat });
  const levels = told.levels.map((level) =>
    price.createPriceLine({ price: level, lineStyle: library.LineStyle.Dashed }),
  );
  return { priceFormat, hasRange, price, levels, marks: library.createSeriesMarkers(price) };
}

/** Below the prices, which leave it room from the first window on that has one. */
function volumeOf({ library, chart, price }) {
  const volume = chart.addSeries(library.HistogramSeries, {
    ...{ priceScaleId: "volume", priceFormat: { type: "volume" } },
    ...{ lastValueVisible: false, priceLineVisible: false },
  });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
  price.priceScale().applyOptions({ scaleMargins: { top: 0.06, bottom: 0.2 } });
  return volume;
}

function linesOf(drawing) {
  const { library, told, part } = drawing;
  const all = [];
  const guided = [];
  let panes = 0;
  for (const { word, place, lines, guides } of told.indicators) {
    const known = lines.filter(({ name }) => lineIn(part, word, name));
    if (known.length === 0) continue;
    const pane = place === "pane" ? ++panes : 0;
    for (const line of known)
      all.push({ ...line, word, pane, series: seriesFor(drawing, line, pane, guides) });
    if (pane === 0) continue;
    const { series } = all.at(-1);
    for (const price of guides)
      guided.push(
        series.createPriceLine({ price, lineStyle: library.LineStyle.Dotted, axisLabelVisible: false }),
      );
  }
  return { lines: all, guides: guided };
}

function seriesFor({ library, chart, priceFormat, isWide }, { look, label }, pane, guides) {
  const dots = { lineVisible: false, pointMarkersVisible: true, pointMarkersRadius: 1.5 };
  return chart.addSeries(
    look === "bars" ? library.HistogramSeries : library.LineSeries,
    {
      ...{ priceLineVisible: false, lastValueVisible: pane > 0, crosshairMarkerRadius: 3, lineWidth: 1 },
      lineStyle: look === "dashed" ? library.LineStyle.Dashed : library.LineStyle.Solid,
      ...(look === "dots" ? dots : {}),
      ...(pane === 0 ? { priceFormat } : { autoscaleInfoProvider: withGuides(guides) }),
      // Beside its last value, where there is room for it.
      title: pane > 0 && isWide ? label : "",
    },
    pane,
  );
}

/** A pane is never so close that the values that are looked at lie outside of it. */
const withGuides = (guides) => (original) => {
  const found = original();
  if (!found?.priceRange) return found;
  const { minValue, maxValue } = found.priceRange;
  return {
    ...found,
    priceRange: { minValue: Math.min(minValue, ...guides), maxValue: Math.max(maxValue, ...guides) },
  };
};

const point = (time, value, color) => {
  if (value === null || value === undefined) return { time };
  return color ? { time, value, color } : { time, value };
};

function show(drawing, part) {
  drawing.part = part;
  const { clock, open, high, low, close, volume } = part;
  const { colours, told, marks } = drawing;
  const bar = (time, at) => ({ time, open: open[at], high: high[at], low: low[at], close: close[at] });
  drawing.price.setData(clock.map((time, at) => (drawing.hasRange ? bar(time, at) : point(time, close[at]))));
  if (volume) drawing.volume ??= volumeOf(drawing);
  drawing.volume?.setData(
    clock.map((time, at) => point(time, volume?.[at], close[at] >= open[at] ? colours.rises : colours.falls)),
  );
  for (const { series, word, name, tone } of drawing.lines) {
    const { values, settling } = lineIn(part, word, name);
    const points = clock.map((time, at) => point(time, values[at]));
    // Values that still depend on where the data begins are faint.
    for (const { from, to } of settling)
      for (const each of points.slice(from, to)) if ("value" in each) each.color = colours.faint[tone];
    series.setData(points);
  }
  const marked = told.at === null ? -1 : part.time.findLastIndex((time) => time <= told.at);
  const mark = { position: "aboveBar", shape: "arrowDown", color: colours.accent };
  marks.setMarkers(marked < 0 ? [] : [{ ...mark, time: clock[marked] }]);
}

/** As the page is now. */
function recolour(drawing) {
  const { token, tone, fontFamily } = pageColours();
  const [background, line, ink, gain, loss] = ["raised", "line", "ink-soft", "gain", "loss"].map(token);
  const tones = [0, 1, 2, 3, 4, 5, 6].map(tone);
  drawing.colours = {
    ...{ accent: token("accent"), rises: faint(gain), falls: faint(loss), faint: tones.map(faint) },
  };
  const hair = { color: ink, labelBackgroundColor: token("ink") };
  drawing.chart.applyOptions({
    layout: {
      ...{ background: { type: "solid", color: background }, textColor: ink, fontFamily },
      panes: { separatorColor: line, separatorHoverColor: line },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: { vertLine: hair, horzLine: hair },
    timeScale: { borderColor: line },
    rightPriceScale: { borderColor: line },
  });
  // Hollow where it rises, filled where it falls.
  drawing.price.applyOptions(
    drawing.hasRange
      ? {
          ...{ upColor: background, borderUpColor: gain, wickUpColor: gain, priceLineColor: ink },
          ...{ downColor: loss, borderDownColor: loss, wickDownColor: loss },
        }
      : { color: tones[1], lineWidth: 2 },
  );
  for (const each of drawing.lines) each.series.applyOptions({ color: tones[each.tone] });
  for (const each of [...drawing.levels, ...drawing.guides]) each.applyOptions({ color: ink });
  show(drawing, drawing.part);
}

/** The library takes no tokens; browsers write the colour of an element as `rgb()`. */
function pageColours() {
  const probe = document.createElement("span");
  document.querySelector(".price-chart").append(probe);
  const style = getComputedStyle(probe);
  setTimeout(() => probe.remove());
  return {
    fontFamily: style.fontFamily,
    token: (name) => {
      probe.style.color = `var(--${name})`;
      const { color } = style;
      probe.style.color = "";
      return color;
    },
    tone: (number) => {
      probe.className = `tone-${number}`;
      return style.color;
    },
  };
}

const faint = (colour) => `rgba(${colour.match(/[\d.]+/g).slice(0, 3)}, 0.4)`;
