/** A part of a series as a chart takes it: windows, groups, the values of indicators beside those of facts, and as a file. */
import { expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const hour = 3_600_000;
const begin = Date.UTC(2024, 2, 1);
const closeAt = (at: number) => Number((2000 + 80 * Math.sin(at / 9) + (at % 7) * 3.1).toFixed(2));

interface Rows {
  readonly count: number;
  readonly stepMs?: number;
  readonly from?: number;
}

function csv({ count, stepMs = hour, from = begin }: Rows): string[] {
  return Array.from({ length: count }, (_, at) => {
    const close = closeAt(at);
    const time = new Date(from + at * stepMs).toISOString().slice(0, 16).replace("T", " ");
    return `${time},${close - 2},${close + 5},${close - 6},${close},${100 + at}`;
  });
}

const file = (rows: readonly string[]) => `Time,Open,High,Low,Close,Volume\n${rows.join("\n")}\n`;

async function open(rows: readonly string[], name = "XAUUSD_H1.csv", zone = "UTC") {
  const app = openAnsweringApp();
  const form = new FormData();
  form.set("file", new File([file(rows)], name));
  form.set("commit", "true");
  form.set("zone", zone);
  const imported = await (await fetch(`${app.url}/api/imports`, { method: "POST", body: form })).json();
  const dataset = imported.dataset_id;
  const series = async (query: string) => {
    const reply = await fetch(`${app.url}/api/datasets/${dataset}/series?${query}`);
    return { status: reply.status, json: await reply.json() };
  };
  const fact = async (name: string, inputs: object) => {
    const reply = await fetch(`${app.url}/api/calculate/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ dataset, ...inputs }),
    });
    return (await reply.json()).facts as { name: string; value: string | null }[];
  };
  return { app, dataset, series, fact, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

test("Columns of the last bars, or of a span, or from a place on; the offsets are those of a zone whose clock changes", async () => {
  await using it = await open(csv({ count: 9000 }));
  const { json: last } = await it.series("limit=3");
  expect(last).toMatchObject({ rows: 9000, start: 8997, step: 1, provisional: false, indicators: [] });
  expect(last.time).toEqual([8997, 8998, 8999].map((at) => begin + at * hour));
  expect(last.close).toEqual([8997, 8998, 8999].map(closeAt));
  expect(last.volume).toEqual([9097, 9098, 9099]);
  const from = new Date(begin + 5000 * hour).toISOString();
  const to = new Date(begin + 5001.5 * hour).toISOString();
  expect((await it.series(`from=${from}&to=${to}`)).json).toMatchObject({ start: 5000, time: { length: 2 } });
  // Across the borders of the chunks in which bars lie.
  const { json: part } = await it.series("start=4090&limit=10");
  expect(part.close).toEqual(Array.from({ length: 10 }, (_, at) => closeAt(4090 + at)));
  const { json: spring } = await it.series(
    "from=2024-03-31T00:00:00Z&to=2024-03-31T03:00:00Z&zone=Europe/Berlin",
  );
  expect(spring.offsets).toEqual([
    { at: 0, seconds: 3600 },
    { at: 1, seconds: 7200 },
  ]);
  expect((await it.series("start=20000")).json).toMatchObject({ time: [], close: [] });
});

test("Groups have the first open, the highest high, the lowest low, the last close and all of the volume, and lie alike wherever one begins", async () => {
  await using it = await open(csv({ count: 2003 }));
  const { json: all } = await it.series("from=1970-01-01T00:00:00Z&limit=200&step=auto&indicators=sma:3");
  expect(all).toMatchObject({ start: 0, step: 16, time: { length: 126 } });
  const bars = Array.from({ length: 16 }, (_, at) => closeAt(at));
  expect(all.open[0]).toBe(closeAt(0) - 2);
  expect(all.high[0]).toBeCloseTo(Math.max(...bars) + 5, 9);
  expect(all.low[0]).toBeCloseTo(Math.min(...bars) - 6, 9);
  expect(all.close[0]).toBe(closeAt(15));
  expect(all.volume[0]).toBe(bars.reduce((sum, _, at) => sum + 100 + at, 0));
  expect(all.indicators[0].lines[0].values[0]).toBeCloseTo((closeAt(13) + closeAt(14) + closeAt(15)) / 3, 7);
  expect(all.close.at(-1)).toBe(closeAt(2002));
  const { json: one } = await it.series("limit=1&step=auto");
  expect(one).toMatchObject({ start: 0, step: 4096, close: [closeAt(2002)] });
  const { json: part } = await it.series("start=40&limit=2&step=16");
  expect(part).toMatchObject({
    start: 32,
    close: [all.close[2], all.close[3]],
    open: [all.open[2], all.open[3]],
  });
});

test("The values of a part are those of the facts at the same bars, for every indicator, wherever the part begins", async () => {
  await using it = await open(csv({ count: 3000 }));
  const overPrice = [
    "sma:50",
    "ema",
    "wma:7",
    "bollinger",
    "vwap",
    "supertrend",
    "keltner",
    "donchian",
    "ichimoku",
  ];
  const below = ["psar", "rsi:9", "macd", "atr", "adx", "stochastic", "cci", "obv"];
  let compared = 0;
  for (const indicators of [overPrice, below]) {
    const { json } = await it.series(`start=2400&limit=200&indicators=${indicators.join(";")}`);
    expect(json.indicators).toHaveLength(indicators.length);
    for (const { indicator, lines } of json.indicators) {
      const at = new Date(json.time[137]).toISOString();
      const [name, values] = indicator.split(":");
      const facts = await it.fact(name, { at, ...(values === undefined ? {} : { period: values }) });
      for (const { name: line, values: drawn } of lines) {
        const value = Number(facts.find((each) => each.name === line)?.value);
        expect(Math.abs(drawn[137] - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-9);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(25);
});

test("Before an indicator has values there is null; where they depend on the beginning it is said", async () => {
  await using it = await open(csv({ count: 60 }));
  const [sma, rsi] = (await it.series("indicators=sma:20;rsi:14")).json.indicators;
  expect(sma.lines[0].values.slice(0, 20).filter((value: number | null) => value !== null)).toHaveLength(1);
  expect(sma.lines[0].settling).toEqual([{ from: 0, to: 19 }]);
  expect(rsi.lines[0].settling).toEqual([{ from: 0, to: 60 }]);
});

test("Where bars change their timeframe nothing is computed across, and a last bar that is not over is provisional", async () => {
  const first = csv({ count: 40, stepMs: 24 * hour, from: Date.UTC(2023, 0, 1) });
  const now = Math.floor(Date.now() / hour) * hour;
  const then = csv({ count: 40, from: now - 39 * hour });
  await using it = await open([...first, ...then], "XAUUSD_H1.csv");
  const { json } = await it.series("indicators=sma:10");
  expect(json.provisional).toBe(true);
  const { values } = json.indicators[0].lines[0];
  const nulls = values.flatMap((value: number | null, at: number) => (value === null ? [at] : []));
  expect(nulls).toEqual([
    ...Array.from({ length: 9 }, (_, at) => at),
    ...Array.from({ length: 9 }, (_, at) => 40 + at),
  ]);
});

test("What cannot be computed says why; what makes no sense is refused", async () => {
  await using it = await open(csv({ count: 30 }).map((row) => row.replace(/,\d+$/, ",")));
  const { json } = await it.series("indicators=obv");
  expect(json).toMatchObject({ volume: null, indicators: [{ indicator: "obv", lines: [] }] });
  expect(json.indicators[0].problem).toContain("needs a volume");
  for (const query of [
    ...["indicators=nonsense", "indicators=rsi:0", "indicators=rsi:1,close,3", "zone=Nowhere/At_All"],
    ...["limit=0", "step=0", "step=many", "start=-1", "from=yesterday"],
    `indicators=${Array.from({ length: 11 }, (_, at) => `sma:${at + 2}`).join(";")}`,
  ])
    expect({ query, status: (await it.series(query)).status }).toEqual({ query, status: 422 });
});

test("As a file: times in UTC, the bars and a column for each line", async () => {
  await using it = await open(csv({ count: 30 }));
  const reply = await fetch(`${it.app.url}/api/datasets/${it.dataset}/export?indicators=sma:3;macd`);
  expect(reply.headers.get("content-disposition")).toContain('filename="XAUUSD-H1.csv"');
  const rows = (await reply.text()).trimEnd().split("\r\n");
  expect(rows).toHaveLength(31);
  expect(rows[0]).toBe(
    "time,open,high,low,close,volume,sma (sma:3),macd (macd),macd-signal (macd),macd-histogram (macd)",
  );
  expect(rows[1]).toBe("2024-03-01T00:00:00.000Z,1998,2005,1994,2000,100,,,,");
  expect(rows[3]?.split(",")[6]).toBe(
    String(Number(((closeAt(0) + closeAt(1) + closeAt(2)) / 3).toPrecision(12))),
  );
});
