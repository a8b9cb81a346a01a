/** The chart of one's own prices: looked at with scripts, with keys alone, and without scripts. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./chat.ts";
import { type SpawnedServer, spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

const hour = 3_600_000;
const begin = Date.UTC(2020, 0, 1);
const closeAt = (at: number) => 1500 + 120 * Math.sin(at / 40) + ((at * 7) % 11) * 2 + at / 40;

/** Hours of gold, oldest first, from one up to another. */
const gold = (count: number, from = 0, hasVolume = true) =>
  [
    `Time,Open,High,Low,Close${hasVolume ? ",Volume" : ""}`,
    ...Array.from({ length: count - from }, (_, index) => {
      const at = from + index;
      const [open, close] = [closeAt(at - 1), closeAt(at)];
      const prices = [open, Math.max(open, close) + 4, Math.min(open, close) - 4, close];
      const time = new Date(begin + at * hour).toISOString().slice(0, 16).replace("T", " ");
      const volume = hasVolume ? `,${1000 + ((at * 37) % 400)}` : "";
      return `${time},${prices.map((price) => price.toFixed(2)).join(",")}${volume}`;
    }),
  ].join("\n");

const price = (value: number) =>
  new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);

/** @returns the address of its series */
async function bringIn({ url }: SpawnedServer, ...files: readonly string[]): Promise<string> {
  let id = "";
  for (const file of files.length > 0 ? files : [gold(6000)]) {
    const form = new FormData();
    form.set("file", new File([file], "XAUUSD_H1.csv"));
    form.set("commit", "true");
    form.set("zone", "UTC");
    const reply = await fetch(`${url}/api/imports`, { method: "POST", body: form });
    id = (await reply.json()).dataset_id;
  }
  return `${url}/data/${id}`;
}

const chart = (page: Page) => page.getByRole("application", { name: "XAUUSD H1" });
const values = (page: Page) => page.locator("#chart-values");

/** How many of its pixels are not of the colour that it has most of. */
const inked = (page: Page) =>
  chart(page).evaluate((place) => {
    const all = [...place.querySelectorAll("canvas")].map((canvas) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      const counts = new Map<number, number>();
      for (let at = 0; at < data.length; at += 4) {
        const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return data.length / 4 - Math.max(0, ...counts.values());
    });
    return all.reduce((sum, count) => sum + count, 0);
  });

/** How many pixels at the lower edge of the prices are not of the ground's colour: those of the volume. */
const inkedBelow = (page: Page) =>
  chart(page).evaluate((place) => {
    const canvas = place.querySelector("canvas");
    const { width = 0, height = 0 } = canvas ?? {};
    const top = Math.floor(height * 0.93);
    const { data = [] } = canvas?.getContext("2d")?.getImageData(0, top, width, height - top) ?? {};
    const colours = Array.from({ length: data.length / 4 }, (_, at) => data.slice(at * 4, at * 4 + 3).join());
    const counts = Map.groupBy(colours, (colour) => colour);
    return colours.length - Math.max(0, ...[...counts.values()].map(({ length }) => length));
  });

test.describe("with scripts", () => {
  // These tests read the pixels again and again.
  test.use({ timezoneId: "Europe/Berlin", allowedErrors: [/willReadFrequently/] });

  test("candles are drawn under the strict policy, and nothing is asked elsewhere", async ({
    page,
    lasting,
  }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    const policies: string[] = [];
    page.on("response", async (reply) =>
      policies.push((await reply.headerValue("content-security-policy")) ?? ""),
    );
    await page.goto(address);
    await expect(chart(page)).toBeVisible();
    await expect.poll(() => inked(page)).toBeGreaterThan(5000);
    await expect(page.locator(".candle-chart")).toBeHidden();
    expect(policies[0]).toContain("script-src 'self'; style-src 'self';");
    // The notice of the library is a text, and its link is not followed by itself.
    const notice = page.getByRole("link", { name: "TradingView Lightweight Charts" });
    await expect(notice).toHaveAttribute("href", "https://www.tradingview.com/");
    await expect(notice).toHaveAttribute("rel", /noopener/);
    expect(await page.evaluate(() => document.querySelectorAll("style, [style*='url'], iframe").length)).toBe(
      0,
    );
  });

  test("keys go from bar to bar, and the figures are those of the file, at the reader's time", async ({
    page,
    lasting,
  }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    // Any page tells the server the reader's zone.
    await page.goto(new URL("/data", address).href);
    await page.goto(address);
    await chart(page).focus();
    await expect(values(page)).toContainText(`Close ${price(closeAt(5999))}`);
    // 23:00 UTC of the day before.
    await expect(values(page)).toContainText("Sep 7, 2020, 1:00 AM");
    await page.keyboard.press("ArrowLeft");
    await expect(values(page)).toContainText(`Close ${price(closeAt(5998))}`);
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(values(page)).toContainText(`Close ${price(closeAt(5988))}`);
    await expect(values(page)).toContainText(`Volume ${1000 + ((5988 * 37) % 400)}`.replace("1", "1,"));
    await page.keyboard.press("Home");
    await expect(values(page)).toContainText(`Close ${price(closeAt(0))}`);
    await expect(values(page)).toContainText("Jan 1, 2020, 1:00 AM");
    await page.keyboard.press("End");
    await expect(values(page)).toContainText(`Close ${price(closeAt(5999))}`);
  });

  test("indicators, levels and a span are chosen; the address keeps them over a reload", async ({
    page,
    lasting,
  }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    await page.goto(address);
    await expect(chart(page)).toBeVisible();
    const add = async (indicator: string, period: string) => {
      await page.getByText("Indicators, levels and dates").click();
      const form = page.locator(".chart-form").first();
      await form.getByLabel("Indicator").selectOption(indicator);
      await form.getByLabel("Period").fill(period);
      await form.getByRole("button", { name: "Show it" }).click();
    };
    await add("sma", "50");
    await expect(page).toHaveURL(/show=sma:50/);
    await add("rsi", "");
    await expect(page).toHaveURL(/show=sma:50;rsi/);
    await page.getByText("Indicators, levels and dates").click();
    await page.getByLabel("Level").fill("1612.5");
    await page.getByRole("button", { name: "Draw it" }).click();
    await expect(page).toHaveURL(/levels=1612\.5/);
    await page.getByRole("link", { name: "1M", exact: true }).click();
    await expect(page.getByRole("link", { name: "1M", exact: true })).toHaveAttribute("aria-current", "true");
    await page.reload();
    await expect(page.getByRole("list", { name: "Shown in the chart" })).toContainText(
      /SMA 50.*RSI 14.*1,612\.50/s,
    );
    // A pane of its own, beside that of the prices.
    await expect.poll(() => chart(page).locator("tr").count()).toBeGreaterThan(2);
    const sum = Array.from({ length: 50 }, (_, at) => Number(closeAt(5950 + at).toFixed(2)));
    await expect(values(page)).toContainText(
      `SMA 50 ${price(sum.reduce((all, each) => all + each, 0) / 50)}`,
    );
    await page.getByRole("link", { name: "Remove SMA 50" }).click();
    await expect(page).toHaveURL(/show=rsi&levels=1612\.5/);
    await expect(values(page)).not.toContainText("SMA 50");
  });

  test("who moves the chart finds the same place after a reload, in the table and in the file", async ({
    page,
    lasting,
  }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    await page.goto(new URL("/data", address).href);
    await page.goto(address);
    await chart(page).focus();
    await page.keyboard.press("Home");
    await expect(page).toHaveURL(/from=2020-01-01T00:00:00.000Z/);
    await page.reload();
    await expect(values(page)).toContainText("Jan");
    await page.getByRole("link", { name: "Bars in view as a table" }).click();
    await expect(page.getByRole("heading", { name: "Bars of this span" })).toBeVisible();
    await expect(page.getByRole("row", { name: /^Jan 1, 2020, 1:00 AM/ })).toContainText(
      closeAt(0).toFixed(2),
    );
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Bars in view as CSV" }).click(),
    ]);
    const rows = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
    expect(rows[1]).toMatch(/^2020-01-01T00:00:00.000Z,/);
    expect(rows.length).toBeLessThan(400);
  });

  test("an indicator that is added leaves the chart where it was moved to", async ({ page, lasting }) => {
    await page.goto(await bringIn(lasting(await spawnServer("data-server.ts"))));
    await chart(page).focus();
    await page.keyboard.press("Home");
    await expect(page).toHaveURL(/from=2020-01-01T00:00:00.000Z/);
    await page.getByText("Indicators, levels and dates").click();
    await page.getByRole("button", { name: "Show it" }).click();
    await expect(page).toHaveURL(/show=sma&from=2020-01-01T00:00Z&to=2020-01-\d\dT/);
  });

  test("it is saved as a picture", async ({ page, lasting }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    await page.goto(address);
    await expect(chart(page)).toBeVisible();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Picture of the chart as PNG" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("XAUUSD-H1.png");
    const picture = await readFile(await file.path());
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect(picture.length).toBeGreaterThan(5000);
  });

  test("its colours are those of the theme, and change with it", async ({ page, lasting }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(address);
    await expect(chart(page)).toBeVisible();
    const ground = () =>
      chart(page).evaluate((place) => {
        const canvas = place.querySelector("canvas");
        return [...(canvas?.getContext("2d")?.getImageData(1, 1, 1, 1).data ?? [])].slice(0, 3);
      });
    await expect.poll(ground).toEqual([255, 255, 255]);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(ground).toEqual([22, 30, 27]);
    await page.emulateMedia({ colorScheme: "dark", contrast: "more" });
    await expect.poll(ground).toEqual([10, 15, 13]);
  });

  test("volumes that earlier bars alone have are drawn, too", async ({ page, lasting }) => {
    await page.goto(
      await bringIn(lasting(await spawnServer("data-server.ts")), gold(4096), gold(9000, 4096, false)),
    );
    await expect(chart(page)).toBeVisible();
    await expect.poll(() => inked(page)).toBeGreaterThan(1_000);
    const without = await inkedBelow(page);
    await chart(page).focus();
    await page.keyboard.press("Home");
    await expect(values(page)).toContainText("Volume 1,000");
    await expect.poll(() => inkedBelow(page)).toBeGreaterThan(without + 1_000);
  });

  test("more bars come while it is dragged, and all of them are seen in groups", async ({
    page,
    lasting,
  }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")), gold(9000));
    await page.goto(address);
    const box = await chart(page).boundingBox();
    if (box === null) throw new Error("The chart is not there.");
    const earliest = async () => Date.parse(new URL(page.url()).searchParams.get("from") ?? "") - begin;
    const drag = async () => {
      await page.mouse.move(box.x + 100, box.y + 100);
      await page.mouse.down();
      await page.mouse.move(box.x + 600, box.y + 100, { steps: 5 });
      await page.mouse.up();
    };
    await chart(page).focus();
    for (let zoom = 0; zoom < 10; zoom++) await page.keyboard.press("-");
    for (let drags = 0; drags < 20; drags++) await drag();
    await expect.poll(earliest).toBeLessThan(3000 * hour);
    await page.getByRole("link", { name: "All", exact: true }).click();
    await expect(page.locator("#chart-step")).toHaveText("Each candle is 16 bars.");
    await chart(page).focus();
    await page.keyboard.press("Home");
    for (let zoom = 0; zoom < 15; zoom++) await page.keyboard.press("+");
    await expect(page.locator("#chart-step")).toHaveText("");
  });
});

test.describe("looked at", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("it is clean on phones and desktops, in light and dark", async ({ page, lasting }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    await page.goto(`${address}?show=sma:50;bollinger;rsi;macd&levels=1650`);
    await expect(chart(page)).toBeVisible();
    await expectClean(page, "chart");
    await page.getByText("Indicators, levels and dates").click();
    await expectClean(page, "chart-forms");
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false, allowedErrors: [/status of 422/] });

  test("the server draws the same, and forms choose it", async ({ page, lasting }) => {
    const address = await bringIn(lasting(await spawnServer("data-server.ts")));
    await page.goto(address);
    await page.getByText("Indicators, levels and dates").click();
    const form = page.locator(".chart-form").first();
    await form.getByLabel("Indicator").selectOption("bollinger");
    await form.getByRole("button", { name: "Show it" }).click();
    await page.goto(`${page.url().replace("#chart", "")};rsi:9&level=1650`);
    await expect(page).toHaveURL(/show=bollinger;rsi:9&levels=1650/);
    const drawing = page.getByRole("img", { name: /^Chart of XAUUSD H1, from / });
    await expect(drawing.locator(".dashed")).toHaveCount(1);
    await expect(drawing.locator(".pane")).toContainText("RSI 9");
    await expect(drawing.locator(".level")).toContainText("1650");
    await expect(page.getByRole("button", { name: "Picture of the chart as PNG" })).toBeHidden();
    await expect(page.getByRole("columnheader", { name: "RSI 9" })).toBeVisible();
    await page.goto(`${address}?show=nonsense`);
    await expect(page.getByText("There is no such indicator.")).toBeVisible();
    await expect(drawing).toBeVisible();
  });
});
