/** Prices by the API: imported, asked about, read, computed with, verified, taken back. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { indicators } from "../../src/finance/indicators/indicators.ts";
import { statistics } from "../../src/finance/statistics/statistics.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const day = 24 * 3_600_000;
const closeAt = (at: number) => Number((2000 + 80 * Math.sin(at / 9) + (at % 7) * 3.1).toFixed(2));
const daily = (count: number, from = Date.UTC(2023, 0, 2)) =>
  Array.from({ length: count }, (_, at) => {
    const close = closeAt(at);
    const date = new Date(from + at * day).toISOString().slice(0, 10).replaceAll("-", ".");
    return `${date}\t${close - 2}\t${close + 5}\t${close - 6}\t${close}\t${1000 + at}\t0\t10`;
  });
const mt5 = (rows: readonly string[]) =>
  `<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n${rows.join("\n")}\n`;

function open() {
  const app = openAnsweringApp();
  const call = async (method: string, path: string, body?: object) => {
    const reply = await fetch(`${app.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return { status: reply.status, json: await reply.json() };
  };
  const send = async (text: string, fields: Record<string, string> = {}, name = "XAUUSD_D1.csv") => {
    const form = new FormData();
    form.set("file", new File([text], name));
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    const reply = await fetch(`${app.url}/api/imports`, { method: "POST", body: form });
    return { status: reply.status, json: await reply.json() };
  };
  return { app, call, send, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

/** Wilder's, written once more. */
function rsiOf(closes: readonly number[], period: number): number {
  let [gain, loss] = [0, 0];
  for (const [at, close] of closes.entries()) {
    if (at === 0) continue;
    const change = close - (closes[at - 1] ?? 0);
    const [up, down] = [Math.max(change, 0), Math.max(-change, 0)];
    if (at <= period) [gain, loss] = [gain + up / period, loss + down / period];
    else [gain, loss] = [(gain * (period - 1) + up) / period, (loss * (period - 1) + down) / period];
  }
  return (100 * gain) / (gain + loss);
}

test("A file becomes a series: its bars are read, an indicator is computed, kept as a fact and verified, and all is taken back", async () => {
  await using it = open();
  const { json: imported } = await it.send(mt5(daily(600)), { zone: "EET", commit: "true" });
  expect(imported).toMatchObject({
    ...{ status: "committed", format: "mt5-bars", symbol: "XAUUSD", rows: 600, added: 600, quarantined: [] },
    ...{ questions: [], first: "2023-01-01T22:00:00.000Z" },
    passport: { rows: 600, timeframe: "D1", zone: "EET", volume: "tick" },
  });
  const { json: datasets } = await it.call("GET", "/api/datasets");
  expect(datasets).toMatchObject([{ id: imported.dataset_id, symbol: "XAUUSD", timeframe: "D1", rows: 600 }]);
  const bars = await it.call("GET", `/api/datasets/${imported.dataset_id}/bars?limit=2`);
  expect(bars.json).toMatchObject([{ close: closeAt(598) }, { close: closeAt(599), volume: 1599 }]);

  const { json: rsi } = await it.call("POST", "/api/calculate/rsi", {
    dataset: imported.dataset_id,
    period: 14,
  });
  const [fact] = rsi.facts;
  const expected = rsiOf(
    Array.from({ length: 600 }, (_, at) => closeAt(at)),
    14,
  );
  expect(Math.abs(Number(fact.value) / expected - 1)).toBeLessThan(1e-9);
  expect(fact).toMatchObject({
    name: "rsi",
    subject: "XAUUSD",
    as_of: { zone: "EET" },
    formula: { id: "rsi" },
  });
  expect((await it.call("POST", `/api/facts/${fact.id}/verify`)).json).toMatchObject({
    equal: true,
    changed: [],
  });
  // More rows after it change nothing of it; it is of its bar.
  await it.send(mt5(daily(610).slice(595)), { zone: "EET", commit: "true" });
  expect((await it.call("GET", "/api/datasets")).json).toMatchObject([{ rows: 610 }]);
  expect((await it.call("POST", `/api/facts/${fact.id}/verify`)).json).toMatchObject({ equal: true });

  const { json: imports } = await it.call("GET", "/api/imports");
  expect(imports.map(({ added }: { added: number }) => added)).toEqual([10, 600]);
  for (const { id } of imports) expect((await it.call("DELETE", `/api/imports/${id}`)).status).toBe(200);
  expect((await it.call("GET", "/api/datasets")).json).toEqual([]);
  expect((await it.call("POST", `/api/facts/${fact.id}/verify`)).json).toMatchObject({
    equal: false,
    value: null,
  });
});

test("A fact whose rows have changed since says so", async () => {
  await using it = open();
  const { json: imported } = await it.send(mt5(daily(300)), { commit: "true" });
  const { json } = await it.call("POST", "/api/calculate/sma", { dataset: "xauusd", period: 20 });
  await it.call("DELETE", `/api/imports/${imported.id}`);
  const rows = daily(300);
  rows[295] = (rows[295] ?? "").replace(String(closeAt(295)), String(closeAt(295) + 0.01));
  await it.send(mt5(rows), { commit: "true" });
  expect((await it.call("POST", `/api/facts/${json.facts[0].id}/verify`)).json).toMatchObject({
    equal: false,
  });
});

test("What the values do not prove is asked, and the answer commits it", async () => {
  await using it = open();
  const text = "Date;Close\n01.02.2024;1.234\n02.02.2024;1.235\n";
  const { json: asked } = await it.send(text, { commit: "true" }, "EURUSD.csv");
  expect(asked).toMatchObject({ status: "needs_answer", dataset_id: null });
  expect(asked.questions.map(({ field }: { field: string }) => field)).toEqual(["date_order", "decimal"]);
  const half = await it.call("POST", `/api/imports/${asked.id}/commit`, { date_order: "dmy" });
  expect(half.json).toMatchObject({ status: "needs_answer", questions: [{ field: "decimal" }] });
  const whole = await it.call("POST", `/api/imports/${asked.id}/commit`, { decimal: "point" });
  expect(whole.json).toMatchObject({
    status: "committed",
    added: 2,
    rows: 2,
    first: "2024-02-01T00:00:00.000Z",
  });
});

describe("A statistic", () => {
  test("of one series names its span, its observations and what is behind it, and is verified", async () => {
    await using it = open();
    await it.send(mt5(daily(400)), { commit: "true" });
    const { json } = await it.call("POST", "/api/calculate/drawdown", {
      ...{ dataset: "XAUUSD", from: "2023-03-01T00:00:00Z", to: "2023-12-31T00:00:00Z" },
    });
    const [fact] = json.facts;
    const closes = Array.from({ length: 400 }, (_, at) => closeAt(at)).slice(58, 364);
    let [high, worst] = [0, 0];
    for (const close of closes) {
      high = Math.max(high, close);
      worst = Math.min(worst, close / high - 1);
    }
    expect(Number(fact.value)).toBeCloseTo(worst * 100, 2);
    expect(fact).toMatchObject({
      name: "drawdown",
      unit: "%",
      subject: "XAUUSD",
      formula: { id: "drawdown" },
    });
    expect(fact.warnings).toContain("From 306 observations of XAUUSD D1, 2023-03-01 to 2023-12-31.");
    expect((await it.call("POST", `/api/facts/${fact.id}/verify`)).json).toMatchObject({ equal: true });
  });

  test("of two series is of the times that both have", async () => {
    await using it = open();
    await it.send(mt5(daily(300)), { commit: "true" });
    const alone = await it.call("POST", "/api/calculate/correlation", { dataset: "XAUUSD" });
    expect(alone.json.error).toMatchObject({ param: "other" });
    await it.send(mt5(daily(250, Date.UTC(2023, 1, 1))), { commit: "true" }, "XAGUSD_D1.csv");
    const { json } = await it.call("POST", "/api/calculate/correlation", {
      dataset: "XAUUSD",
      other: "XAGUSD",
    });
    expect(json.facts[0]).toMatchObject({ name: "correlation", subject: "XAUUSD XAGUSD" });
    expect(Math.abs(Number(json.facts[0].value))).toBeLessThanOrEqual(1);
    expect(json.warnings).toEqual([expect.stringContaining("without a partner")]);
    expect((await it.call("POST", `/api/facts/${json.facts[0].id}/verify`)).json).toMatchObject({
      equal: true,
    });
  });

  test("has a name that no calculator and no indicator has", () => {
    const names = [...calculators, ...indicators, ...statistics].map(({ name }) => name);
    expect(names.length).toBe(new Set(names).size);
  });
});

describe("Computing refuses in words", () => {
  test.each([
    ["rsi", { dataset: "XAUUSD", period: 0 }, 422, /Period/],
    ["rsi", { dataset: "XAUUSD", perod: 14 }, 422, /no input "perod"\. It has: dataset, at, period, price/],
    ["rsi", { dataset: "nothing" }, 404, /no such dataset/],
    ["rsi", { dataset: "XAUUSD", at: "yesterday" }, 422, /at must be a time/],
    ["rsi", { dataset: "XAUUSD", at: "1990-01-01" }, 422, /begins at 2023-01-02/],
  ])("%s of %j", async (name, body, status, message) => {
    await using it = open();
    await it.send(mt5(daily(100)), { commit: "true" });
    const reply = await it.call("POST", `/api/calculate/${name}`, body);
    expect(reply.status).toBe(status);
    expect(reply.json.error.message).toMatch(message);
  });

  test("says of a value that it is still settling, and gives none that needs a volume or a zone that is not there, or that spans another timeframe", async () => {
    await using it = open();
    await it.send(mt5(daily(30)), { commit: "true" });
    const settling = await it.call("POST", "/api/calculate/atr", { dataset: "XAUUSD" });
    expect(settling.json).toMatchObject({
      facts: [{ value: expect.stringMatching(/^\d/), warnings: [expect.stringMatching(/settling/)] }],
      warnings: [expect.stringMatching(/settling/)],
    });
    const session = await it.call("POST", "/api/calculate/vwap", { dataset: "XAUUSD" });
    expect(session.json).toMatchObject({
      facts: [{ value: null }],
      warnings: [expect.stringMatching(/declared time zone/)],
    });
    const hours = Array.from({ length: 200 }, (_, at) => {
      const time = new Date(Date.UTC(2024, 0, 1) + at * 4 * 3_600_000)
        .toISOString()
        .slice(0, 16)
        .replace("T", " ");
      return `${time},1,2,0.5,${1 + (at % 5) / 10}`;
    });
    const days = Array.from({ length: 60 }, (_, at) => {
      const time = new Date(Date.UTC(2023, 10, 2) + at * day).toISOString().slice(0, 10);
      return `${time} 00:00,1,2,0.5,${1 + (at % 5) / 10}`;
    });
    await it.send(
      `Date,Open,High,Low,Close\n${[...days, ...hours].join("\n")}\n`,
      { commit: "true" },
      "GBPUSD_H4.csv",
    );
    const across = await it.call("POST", "/api/calculate/sma", { dataset: "GBPUSD", period: 250 });
    expect(across.json).toMatchObject({
      facts: [{ value: null }],
      warnings: expect.arrayContaining([expect.stringMatching(/change from D1 to H4/)]),
    });
    const after = await it.call("POST", "/api/calculate/sma", { dataset: "GBPUSD", period: 20 });
    expect(Number(after.json.facts[0].value)).toBeGreaterThan(1);
  });
});

test("A session is of the series' own clock, and its fact is verified", async () => {
  await using it = open();
  await it.send(mt5(daily(60)), { zone: "EET", commit: "true" });
  const { json } = await it.call("POST", "/api/calculate/vwap", {
    dataset: "XAUUSD",
    sessionStart: "09:00",
  });
  expect(json.facts[0].formula.parameters).toMatchObject({ zone: "EET", sessionStart: "09:00" });
  expect((await it.call("POST", `/api/facts/${json.facts[0].id}/verify`)).json).toMatchObject({
    equal: true,
  });
});

test("Files that are none are refused with what to do", async () => {
  await using it = open();
  for (const [text, message] of [
    ["", /no file, or an empty one|is empty/],
    ["hello", /is no table/],
    ["Date,Open\n", /no column for the price/],
  ] as const) {
    const { status, json } = await it.send(text);
    expect(status).toBe(422);
    expect(json.error.message).toMatch(message);
  }
  expect((await it.send(mt5(daily(3)), { zone: "Nowhere/Land" })).json.error).toMatchObject({
    param: "zone",
  });
  expect((await it.send(mt5(daily(3)), { date_order: "ydm" })).json.error).toMatchObject({
    param: "date_order",
  });
  expect((await it.send(mt5(daily(3)), { symbol: "X".repeat(65) })).json.error).toMatchObject({
    param: "symbol",
  });
});
