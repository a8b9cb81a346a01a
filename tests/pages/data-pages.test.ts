/** Price series by plain forms: brought in, asked about, looked at, computed with, taken back; in the reader's language. */
import { expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { untranslated } from "./untranslated.ts";

const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.UTC(2023, 0, 2) + at * 86_400_000).toISOString().slice(0, 10);
    const close = 2000 + (at % 9) * 3.5;
    return `${date},${close - 1},${close + 4},${close - 4},${close}`;
  });
const csv = (lines: readonly string[]) => `Date,Open,High,Low,Close\n${lines.join("\n")}\n`;

function open() {
  const app = openAnsweringApp();
  const page = async (path: string) => await (await fetch(`${app.url}${path}`)).text();
  const post = (path: string, fields: Record<string, string> = {}) =>
    fetch(`${app.url}${path}`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const send = (text: string, name: string, fields: Record<string, string> = {}) => {
    const form = new FormData();
    form.set("file", new File([text], name));
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    return fetch(`${app.url}/data`, { method: "POST", body: form, redirect: "manual" });
  };
  return { app, page, post, send, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

test("While a long file is read, its page shows how much of it has been", async () => {
  await using it = open();
  const token = /name="progress" value="([0-9a-f-]{36})"/.exec(await it.page("/data"))?.[1] ?? "";
  expect(token).not.toBe("");
  expect(await it.page(`/data/progress/${token}`)).toContain("Sending the file…");
  const minutes = Array.from({ length: 150_000 }, (_, at) => {
    const time = new Date(Date.UTC(2023, 0, 2) + at * 60_000).toISOString().slice(0, 16).replace("T", " ");
    return `${time},2000,2004,1996,${2000 + (at % 9) * 0.5}`;
  });
  const sent = it.send(csv(minutes), "XAUUSD_M1.csv", { zone: "EET", progress: token });
  let isRead = false;
  void sent.then(() => {
    isRead = true;
  });
  const shares = new Set<string>();
  while (!isRead) {
    const [, share] = /<progress[^>]* value="([\d.]+)"/.exec(await it.page(`/data/progress/${token}`)) ?? [];
    if (share !== undefined) shares.add(share);
    await Bun.sleep(5);
  }
  expect((await sent).status).toBe(303);
  expect([...shares].some((share) => Number(share) > 0 && Number(share) <= 1)).toBe(true);
  // It is forgotten with its end.
  expect(await it.page(`/data/progress/${token}`)).toContain("Sending the file…");
});

test("A file is brought in, its series is looked at, an indicator is computed and recomputed, and the import is taken back", async () => {
  await using it = open();
  expect(await it.page("/data")).toContain("No prices yet.");
  const sent = await it.send(csv([...rows(400), "2024-13-01,1,1,1,1"]), "XAUUSD_D1.csv", { zone: "EET" });
  const address = sent.headers.get("location") ?? "";
  const report = await it.page(address);
  expect(report).toContain("400 bars added, 1 put aside");
  expect(report).toContain("is no date of the calendar");
  const series = /href="(\/data\/[0-9a-f-]{36})"/.exec(report)?.[1] ?? "";
  const shown = await it.page(series);
  // By the clock of the file, wherever its reader is.
  expect(shown).toContain("Jan 2, 2023 to Feb 5, 2024");
  const computed = await it.post(`${series}/compute`, { indicator: "rsi", period: "14" });
  const fact = computed.headers.get("location") ?? "";
  expect(fact).toMatch(/^\/facts\/f/);
  expect(await (await it.post(fact)).text()).not.toContain("any more");
  const refused = await it.post(`${series}/compute`, { indicator: "rsi", period: "0" });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("Period");
  await it.post(`${address}/undo`);
  expect(await it.page("/data")).toContain("No prices yet.");
});

test("What is not proved is asked on the page, and the answer imports it", async () => {
  await using it = open();
  const sent = await it.send("Date;Close\n01.02.2024;1.234\n02.02.2024;1.235\n", "EURUSD.csv");
  const address = sent.headers.get("location") ?? "";
  const asked = await it.page(address);
  expect(asked).toContain("Which number is the day?");
  expect(asked).toContain("01.02.2024 → 2024-01-02");
  const half = await it.post(`${address}/commit`, { date_order: "dmy" });
  expect(await it.page(half.headers.get("location") ?? "")).not.toContain("Which number is the day?");
  await it.post(`${address}/commit`, { decimal: "point" });
  expect(await it.page(address)).toContain("2 bars added");
});

test("The last bars are drawn as candles: hollow where they rise, filled where they fall; closes alone as a line", async () => {
  await using it = open();
  const chartOf = async (text: string, name: string) => {
    const report = await it.page((await it.send(text, name)).headers.get("location") ?? "");
    const series = /href="(\/data\/[0-9a-f-]{36})"/.exec(report)?.[1] ?? "";
    return /<svg class="candle-chart".*?<\/svg>/s.exec(await it.page(series))?.[0] ?? "";
  };
  const bars = ["2024-01-02,10,12,9,11", "2024-01-03,11,12,8,9", "2024-01-04,9,9,9,9"];
  const candles = await chartOf(csv(bars), "XAUUSD_D1.csv");
  expect([...candles.matchAll(/<g class="(rises|falls)">/g)].map(([, which]) => which)).toEqual([
    "rises",
    "falls",
    "rises",
  ]);
  expect(candles).toContain('aria-label="Chart of XAUUSD D1, from Jan 2, 2024 to Jan 4, 2024.');
  expect(candles).not.toMatch(/NaN|Infinity|volumes/);
  const closes = await chartOf(
    "Date,Close\n2024-01-02,1.5\n2024-01-03,1.6\n2024-01-04,1.4\n",
    "EURUSD_D1.csv",
  );
  expect(closes).toMatch(/<path class="line" d="M[\d.]+ [\d.]+(?:L[\d.]+ [\d.]+){2}"/);
  expect(closes).not.toMatch(/NaN|Infinity|"rises"/);
});

test("A file that is none is refused on the page", async () => {
  await using it = open();
  const refused = await it.send("hello", "x.csv");
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("x.csv is no table");
});

test("The pages say nothing in plain English in the language en-XA", async () => {
  await using it = open();
  await fetch(`${it.app.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ language: "en-XA" }),
  });
  const asked = await it.send("Date;Close\n01.02.2024;1.234\n02.02.2024;1.235\n", "EURUSD.csv");
  const sent = await it.send(csv(rows(40)), "XAUUSD_D1.csv");
  const report = await it.page(sent.headers.get("location") ?? "");
  const series = /href="(\/data\/[0-9a-f-]{36})"/.exec(report)?.[1] ?? "";
  const pages = [
    report,
    await it.page(asked.headers.get("location") ?? ""),
    await it.page("/data"),
    await it.page(series),
    await it.page(`${series}?show=sma;bollinger;macd;ichimoku;obv&levels=2010&from=2023-01-01`),
    await it.page(`${series}?show=nonsense`),
  ];
  for (const page of pages)
    expect(
      untranslated(page, ["XAUUSD", "EURUSD", "csv", "scripted-model", "TradingView Lightweight Charts™"]),
    ).toEqual([]);
});
