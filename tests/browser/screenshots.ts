/**
 * `bun run screenshots`: the pictures of docs/screenshots, in light and dark, of the real server with cards of the desk. No model
 * is needed: an upstream that stands still is named as one.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { startInventedUpstream } from "./invented-upstream.ts";
import playwrightConfig from "./playwright.config.ts";
import { RealServer } from "./real-server.ts";

const folder = join(import.meta.dirname, "../../docs/screenshots");
const questions = [
  "What is the monthly payment on a loan of $20,000 at 6% over 5 years?",
  "If I save $300 a month at 5% for 20 years, how much will I have?",
  "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. What position size is that?",
];
const memories = [
  { key: "Broker", value: "Lots of 0.01, leverage 1:30, swaps at 23:00 Berlin time" },
  { key: "Rule", value: "No more than three open positions, and none over the weekend" },
  { key: "Goal", value: "Three months of expenses aside before the next instrument" },
];

/** Days of a market that never was: from a walk whose steps are the same each time. */
function inventedDays(count: number): string {
  let state = 11;
  const step = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648 - 0.49;
  };
  let close = 1_900;
  const rows = Array.from({ length: count }, (_, day) => {
    const open = close;
    close *= 1 + step() * 0.02;
    const prices = [open, Math.max(open, close) * 1.004, Math.min(open, close) * 0.996, close];
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${prices.map((price) => price.toFixed(2)).join(",")},${Math.round(2_000 + Math.abs(step()) * 9_000)}`;
  });
  return `Date,Open,High,Low,Close,Volume\n${rows.join("\n")}\n`;
}

/** @returns the address of its chart */
async function bringIn(url: string): Promise<string> {
  const form = new FormData();
  form.set("file", new File([inventedDays(500)], "XAUUSD_D1.csv"));
  form.set("zone", "UTC");
  form.set("commit", "true");
  const { dataset_id: id } = await (await fetch(`${url}/api/imports`, { method: "POST", body: form })).json();
  return `${url}/data/${id}?show=ema:50;rsi`;
}

async function ask(page: Page, url: string, question: string): Promise<void> {
  await page.goto(url);
  await page.locator("#question").fill(question);
  await page.locator("#question").press("Enter");
  await page.locator(".message.assistant.done").waitFor();
}

/** Playwright writes PNG and JPEG alone; Chromium writes WebP, which is a tenth of it. */
async function shoot(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  await session.detach();
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
  console.log(`docs/screenshots/${name}.webp`);
}

await using upstream = await startInventedUpstream("qwen3-4b-instruct");
await using server = new RealServer({ ENGINE: "vllm", VLLM_URL: upstream.url, ANSWERS_PROSE: "none" });
await server.start();
const browser = await chromium.launch(playwrightConfig.use?.launchOptions);
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
for (const memory of memories)
  await fetch(`${server.url}/memorize`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(memory),
  });
for (const question of questions) await ask(page, server.url, question);
const chat = page.url();
for (const [name, address] of [
  ["chat", chat],
  ["desk", `${server.url}/desk`],
  ["memory", `${server.url}/memory`],
  ["settings", `${server.url}/settings/answers`],
  ["models", `${server.url}/models`],
  ["status", `${server.url}/status`],
  ["chart", await bringIn(server.url)],
] as const)
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(address);
    await page.evaluate(() => document.fonts.ready);
    await page.evaluate(() => scrollTo(0, 0));
    await shoot(page, `${name}-${colorScheme}`);
  }
await browser.close();
