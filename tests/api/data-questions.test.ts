/** The desk answers questions about imported prices: with facts, proven figures, and no figure where there is no data. */
import { describe, expect, test } from "bun:test";
import { openAppWithDesk } from "../fakes/app-with-desk.ts";

const rows = (count: number, start: number) =>
  Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.UTC(2023, 0, 2) + at * 86_400_000).toISOString().slice(0, 10);
    const close = start + 40 * Math.sin(at / 8) + (at % 5) * 1.7;
    return `${date},${(close - 1).toFixed(2)},${(close + 4).toFixed(2)},${(close - 4).toFixed(2)},${close.toFixed(2)}`;
  });
const csv = (lines: readonly string[]) => `Date,Open,High,Low,Close\n${lines.join("\n")}\n`;

function open() {
  const app = openAppWithDesk();
  const send = async (text: string, name: string, zone: string | null = null) => {
    const form = new FormData();
    form.set("file", new File([text], name));
    form.set("commit", "true");
    if (zone !== null) form.set("zone", zone);
    await fetch(`${app.url}/api/imports`, { method: "POST", body: form });
  };
  const ask = async (message: string) => {
    const reply = await fetch(`${app.url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message }),
    });
    return await reply.json();
  };
  return { app, send, ask, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

describe("A question about a series that is there", () => {
  test.each([
    ["What is the RSI of gold on the daily chart?", "RSI"],
    ["What is the last close of gold?", "Close"],
    ["Wie hoch ist der ATR von Gold im Tageschart?", "ATR"],
    ["¿Cuál es el RSI del oro en el gráfico diario?", "RSI"],
    ["Bollinger bands of gold", "Middle band"],
    ["MACD of gold", "MACD"],
    ["Max drawdown of gold", "drawdown"],
    ["Volatility of gold", "olatility"],
  ])("%s", async (question, label) => {
    await using it = open();
    await it.send(csv(rows(500, 2000)), "XAUUSD_D1.csv");
    const { response, figures } = await it.ask(question);
    expect(response).toContain(label);
    expect(response).toContain("XAUUSD D1");
    const kinds = figures.map((figure: { class: string }) => figure.class);
    expect(kinds).toContain("computed");
    expect(figures.filter((figure: { class: string }) => figure.class === "unsupported")).toEqual([]);
  });

  test("in several timeframes shows them side by side; two series are compared", async () => {
    await using it = open();
    await it.send(csv(rows(500, 2000)), "XAUUSD_D1.csv");
    await it.send(csv(rows(400, 25)), "XAGUSD_D1.csv");
    const { response, figures } = await it.ask("What is the correlation between gold and silver?");
    expect(response).toContain("Correlation");
    expect(figures.filter((figure: { class: string }) => figure.class === "unsupported")).toEqual([]);
  });
});

test("The day of a bar is that of its own clock: a bar of 1 April, 00:00 EET, is not of 31 March", async () => {
  await using it = open();
  await it.send(csv(rows(90, 2000)), "XAUUSD_D1.csv", "EET");
  const { response, figures } = await it.ask("RSI of gold");
  expect(response).toContain("XAUUSD D1 2023-04-01");
  expect(response).not.toMatch(/2023-03-31|21:00/);
  expect(figures.filter((figure: { class: string }) => figure.class === "unsupported")).toEqual([]);
});

test("A bar within the day has its time and the name of its clock", async () => {
  await using it = open();
  const hourly = rows(50, 2000).map((row, at) => {
    const time = new Date(Date.UTC(2023, 0, 2) + at * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
    return row.replace(/^[^,]+/, time);
  });
  await it.send(csv(hourly), "XAUUSD_H1.csv", "EET");
  const { response, figures } = await it.ask("RSI of gold");
  expect(response).toContain("XAUUSD H1 2023-01-04 01:00 EET");
  expect(figures.filter((figure: { class: string }) => figure.class === "unsupported")).toEqual([]);
});

describe("No figure comes", () => {
  test("where there is no data of it: the card says which, and how to bring it", async () => {
    await using it = open();
    await it.send(csv(rows(50, 2000)), "XAUUSD_D1.csv");
    const { response, figures } = await it.ask("What is the RSI of EURUSD?");
    expect(response).toContain("There is no data of EURUSD here");
    expect(response).toContain("/data");
    expect(figures).toEqual([]);
  });

  test("where there is no data of its timeframe: 20 days are not 20 hours", async () => {
    await using it = open();
    const hourly = rows(50, 2000).map((row, at) => {
      const time = new Date(Date.UTC(2023, 0, 2) + at * 3_600_000)
        .toISOString()
        .slice(0, 16)
        .replace("T", " ");
      return row.replace(/^[^,]+/, time);
    });
    await it.send(csv(hourly), "XAUUSD_H1.csv");
    const { response, figures } = await it.ask("20 day moving average of gold");
    expect(response).toContain("There is no data of XAUUSD D1 here");
    expect(figures.filter((figure: { class: string }) => figure.class === "computed")).toEqual([]);
    expect((await it.ask("20 hour moving average of gold")).response).toContain("XAUUSD H1");
  });

  test("where nothing was ever imported: the card says which data is missing, and how to bring it", async () => {
    await using it = open();
    const { response, figures } = await it.ask("What is the RSI of gold on the daily chart?");
    expect(response).toContain("There is no data of XAUUSD D1 here");
    expect(response).toContain("(/data)");
    expect(figures.filter((figure: { class: string }) => figure.class === "computed")).toEqual([]);
  });
});
