/** Prices of one's own: brought in, asked about, looked at, and answered from, with scripts and without. */
import type { Page } from "@playwright/test";
import { answer, askToEnd, expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

/** Days of gold whose dates do not say which number is the day, with one row that is none. */
const gold = [
  "Date;Open;High;Low;Close",
  ...Array.from({ length: 12 }, (_, month) =>
    Array.from({ length: 12 }, (_, day) => {
      const close = 2000 + month * 10 + ((day * 7) % 11) * 2.5;
      const two = (number: number) => String(number + 1).padStart(2, "0");
      const prices = [close - 1, close + 4, close - 4, close].map((price) => price.toFixed(2));
      return `${two(day)}/${two(month)}/2024;${prices.join(";")}`;
    }),
  ).flat(),
  "01/01/2025;2100.00;2110.00;2095.00;not a price",
].join("\n");

const file = { name: "XAUUSD_D1.csv", mimeType: "text/csv", buffer: Buffer.from(gold) };
const question = "What is the RSI of gold on the daily chart?";

async function bringIn(page: Page): Promise<void> {
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(file);
  await page.getByLabel("Time zone of the file").fill("EET");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const days = page.getByRole("group", { name: "Which number is the day?" });
  await expect(days.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(days).toContainText("02/01/2024 → 2024-01-02");
}

async function answerDays(page: Page): Promise<void> {
  const first = page.getByRole("radio", { name: /^The first: day, month, year/ });
  await first.focus();
  await page.keyboard.press("Space");
  await expect(first).toBeChecked();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("144 bars added, 1 put aside")).toBeVisible();
  await expect(page.getByRole("row", { name: /^146 .*not a price/ })).toBeVisible();
}

/** From the card to the data and to the fact, which is computed again. */
async function followFigure(page: Page): Promise<void> {
  await expect(answer(page).getByRole("heading", { name: /^RSI/ })).toContainText("XAUUSD D1");
  await answer(page).getByRole("link", { name: "Open the data: XAUUSD D1" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("XAUUSD D1");
  await page.goBack();
  await answer(page).getByRole("link", { name: "Open the chart of XAUUSD D1" }).click();
  await expect(page.locator("#chart-values")).toContainText("RSI 14");
  await page.goBack();
  await answer(page).locator("h3 a").first().click();
  const popover = page.locator(".fact-popover");
  await expect(popover).toContainText("RSI");
  await popover.getByRole("button", { name: "Recompute" }).click();
  await expect(popover).toContainText("Equal. Computed again just now");
  await popover.getByRole("link", { name: "Show it in the chart" }).click();
  await expect(page).toHaveURL(/\/data\/[^?]+\?show=rsi&from=.*&at=/);
  await expect(page.getByRole("application", { name: "XAUUSD D1" })).toBeVisible();
}

test.describe("with scripts", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("a file is brought in, its question is answered by keys, and the chat answers from it", async ({
    page,
    lasting,
  }) => {
    const { url } = lasting(await spawnServer("data-server.ts"));
    await page.goto(`${url}/data`);
    await expectClean(page, "data-empty");
    await bringIn(page);
    await expectClean(page, "data-question");
    await answerDays(page);
    await expectClean(page, "data-imported");
    await page.getByRole("link", { name: "Open the series" }).click();
    await expect(page.getByText("EET", { exact: true })).toBeVisible();
    await expectClean(page, "data-series");
    await page.goto(`${url}/data`);
    await expectClean(page, "data");
    await page.goto(url);
    await askToEnd(page, question);
    await expectClean(page, "data-card");
    await followFigure(page);
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a file is brought in and asked about, and taken back", async ({ page, lasting }) => {
    const { url } = lasting(await spawnServer("data-server.ts"));
    await page.goto(`${url}/data`);
    await bringIn(page);
    await answerDays(page);
    const address = page.url();
    await page.goto(`${url}/?draft=${encodeURIComponent(question)}`);
    await page.getByRole("button", { name: "Send" }).click();
    await expect(answer(page)).toContainText("XAUUSD D1");
    await page.goto(address);
    await page.getByRole("button", { name: "Take the import back" }).click();
    await expect(page.getByText("No prices yet.")).toBeVisible();
  });
});
