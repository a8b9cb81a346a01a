/** The chart of a series without scripts: what its address says is drawn; a fact and the desk's card open their place in it. */
import { expect, test } from "bun:test";
import { openAppWithDesk } from "../fakes/app-with-desk.ts";

const day = 86_400_000;
const closeAt = (at: number) => Number((2000 + (at % 9) * 3.5 + at / 10).toFixed(2));
const csv = (days: number) =>
  `Date,Open,High,Low,Close,Volume\n${Array.from({ length: days }, (_, at) => {
    const date = new Date(Date.UTC(2023, 0, 2) + at * day).toISOString().slice(0, 10);
    const close = closeAt(at);
    return `${date},${[close - 1, close + 4, close - 4, close].map((price) => price.toFixed(2))},${500 + at}`;
  }).join("\n")}\n`;

async function open(days = 400) {
  const app = openAppWithDesk();
  const bringIn = async (file: string, zone: string) => {
    const form = new FormData();
    form.set("file", new File([file], "XAUUSD_D1.csv"));
    form.set("commit", "true");
    form.set("zone", zone);
    return await (await fetch(`${app.url}/api/imports`, { method: "POST", body: form })).json();
  };
  const imported = await bringIn(csv(days), "EET");
  const series = `/data/${imported.dataset_id}`;
  const get = (path: string) => fetch(`${app.url}${path}`, { redirect: "manual" });
  const page = async (path: string) => await (await get(path)).text();
  return { app, bringIn, series, get, page, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const drawing = (page: string) => /<svg class="candle-chart".*?<\/svg>/s.exec(page)?.[0] ?? "";

test("Lines stand over the candles, panes below, levels where their price is, and each choice has a link without it", async () => {
  await using it = await open();
  const page = await it.page(`${it.series}?show=sma:20;bollinger;rsi;macd&levels=2050.5;10`);
  const drawn = drawing(page);
  expect(drawn.match(/class="tone-\d line"><title>(SMA 20|Upper band|Lower band)</g)).toHaveLength(3);
  expect(drawn).toContain('class="tone-2 dashed"><title>Middle band<');
  expect([...drawn.matchAll(/<g class="pane"><text[^>]*>([^<]*)</g)].map(([, title]) => title)).toEqual([
    "RSI 14",
    "MACD 12, 26, 9",
  ]);
  // The other one is far below.
  expect(drawn.match(/class="level"/g)).toHaveLength(1);
  expect(page).toContain(
    `href="${it.series}?show=sma;bollinger;rsi&levels=2050.5;10#chart" aria-label="Remove MACD`,
  );
  expect(page).toContain(
    `href="${it.series}?show=sma;bollinger;rsi;macd&levels=10#chart" aria-label="Remove 2,050.50"`,
  );
  const [sma] = /SMA 20<\/i> <b>([\d,.]+)<\/b>/.exec(page)?.slice(1) ?? [];
  const mean =
    Array.from({ length: 20 }, (_, at) => closeAt(380 + at)).reduce((sum, close) => sum + close, 0) / 20;
  expect(Number(sma?.replace(",", ""))).toBeCloseTo(mean, 2);
});

test("What forms send becomes an address that says it once; what makes no sense is refused, and the chart stays", async () => {
  await using it = await open();
  const sent = async (query: string) => {
    const reply = await it.get(`${it.series}?${query}`);
    return reply.headers.get("location") ?? reply.status;
  };
  expect(await sent("show=rsi&add=sma&period=50")).toBe(`${it.series}?show=rsi;sma:50#chart`);
  expect(await sent("show=rsi&add=rsi&period=14")).toBe(`${it.series}?show=rsi#chart`);
  expect(await sent("add=macd&period=5, 10, 4")).toBe(`${it.series}?show=macd:5,10,4#chart`);
  expect(await sent("levels=2000&level=1.950,5&show=")).toBe(`${it.series}?levels=2000;1950.5#chart`);
  // Days of the files' own clock, the last one as a whole.
  expect(await sent("from=2023-06-01&to=2023-06-30")).toBe(
    `${it.series}?from=2023-05-31T21:00Z&to=2023-06-30T20:59:59.999Z#chart`,
  );
  for (const query of [
    "show=rsi&add=nonsense",
    "add=rsi&period=0",
    "level=high",
    "from=yesterday",
    "show=rsi:-1",
    "show=psar:0.5,0.2",
  ])
    expect({ query, status: await sent(query) }).toEqual({ query, status: 422 });
  const refused = await it.page(`${it.series}?show=rsi&add=nonsense`);
  expect(refused).toContain("There is no such indicator.");
  expect(drawing(refused)).toContain("RSI 14");
});

test("A span is drawn in groups of bars where there are too many, and its table has the indicators", async () => {
  await using it = await open();
  const all = await it.page(`${it.series}?from=2023-01-01T22:00Z&show=rsi`);
  expect(all).toContain("Each candle is 4 bars.");
  expect(drawing(all).match(/<g class="(?:rises|falls)"/g)).toHaveLength(100);
  expect(all).toContain('aria-current="true">All</a>');
  const month = await it.page(`${it.series}?from=2023-06-01T00:00Z&to=2023-06-30T00:00Z&show=rsi`);
  expect(month).not.toContain("Each candle is");
  const [, table = ""] = month.split("Bars of this span");
  expect(table.match(/<th scope="row">/g)).toHaveLength(29);
  expect(table).toContain('<th scope="col" class="number">RSI 14</th>');
});

test("A span without bars says so", async () => {
  await using it = await open();
  const page = await it.page(`${it.series}?from=2022-06-04T00:00Z&to=2022-06-05T00:00Z`);
  expect(page).toContain("There are no bars in this span.");
  expect(page).not.toContain("1970");
});

test("A month before a date is the same date, or the last one of that month", async () => {
  // The last bar is of 30 March 2023.
  await using it = await open(88);
  const page = await it.page(it.series);
  expect(page).toContain(`href="${it.series}?from=2023-02-27T22:00Z#chart"`);
});

test("A last bar that is not over is marked, in the chart and in the table", async () => {
  const begun = Math.floor((Date.now() - Date.UTC(2023, 0, 2)) / day);
  await using it = await open(begun + 2);
  const page = await it.page(it.series);
  expect(page).toContain('<span id="chart-open">The last bar is not over yet.</span>');
  expect(page.match(/\(not over yet\)<\/th>/g)).toHaveLength(1);
  const before = await it.page(`${it.series}?from=2023-06-01T00:00Z&to=2023-06-30T00:00Z`);
  expect(before).toContain('<span id="chart-open" hidden>');
  expect(before).not.toContain("(not over yet)");
});

test("Two series that differ in the clock of their files alone are told apart", async () => {
  await using it = await open();
  expect(await it.page("/data")).toContain(">XAUUSD D1</a>");
  await it.bringIn(csv(300), "UTC");
  for (const path of ["/data", "/desk"]) {
    const page = await it.page(path);
    for (const name of ["XAUUSD D1 (EET)", "XAUUSD D1 (UTC)"]) expect(page).toContain(name);
  }
  expect(await it.page(it.series)).toContain("XAUUSD D1 (EET)</h1>");
});

test("A fact opens its place in the chart, with its indicator, and its bar is marked", async () => {
  await using it = await open();
  const computed = await fetch(`${it.app.url}/api/calculate/rsi`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dataset: it.series.slice(6), period: 9, at: "2023-09-01T00:00:00Z" }),
  });
  const { facts } = await computed.json();
  const address = /href="(\/data\/[^"]+)"[^>]*>(?:(?!<\/a>).)*Show it in the chart/s.exec(
    await it.page(`/facts/${facts[0].id}`),
  )?.[1];
  expect(address).toMatch(
    /\?show=rsi:9&from=2023-06-0\dT21:00Z&to=2023-09-2\dT21:00Z&at=2023-08-31T21:00Z#chart$/,
  );
  const page = await it.page(address ?? "");
  expect(drawing(page)).toContain('class="mark"');
  expect(page).toContain("<strong>Sep 1, 2023</strong>");
  expect(page).toContain(`RSI 9</i> <b>${Number(facts[0].value).toFixed(2)}</b>`);
  await fetch(`${it.app.url}${it.series}/delete`, { method: "POST" });
  expect(await it.page(`/facts/${facts[0].id}`)).not.toContain("Show it in the chart");
});

test("The desk's card has a small chart of its series, which opens the place of its figure", async () => {
  await using it = await open();
  const ended = Promise.withResolvers<void>();
  it.app.generations.events.subscribe((event) => (event.type === "ended" ? ended.resolve() : undefined));
  const form = new URLSearchParams({ text: "What is the RSI of gold on the daily chart?" });
  const asked = await fetch(`${it.app.url}/ask`, { method: "POST", body: form, redirect: "manual" });
  const conversation = (asked.headers.get("location") ?? "").split(/[?#]/)[0] ?? "";
  await ended.promise;
  const page = await it.page(conversation);
  const card = /<figure class="card-chart".*?<\/figure>/s.exec(page)?.[0] ?? "";
  expect(card).toContain(">Open the chart of XAUUSD D1</a>");
  expect(card).toMatch(/href="\/data\/[^"]+\?show=rsi&from=[^"]+&at=2024-02-04T22:00Z#chart"/);
  expect(drawing(card).match(/<g class="(?:rises|falls)"/g)).toHaveLength(60);
  expect(drawing(card)).toContain("RSI 14");
  // A question without a series has none.
  expect(card).not.toContain("volumes");
});
