/**
 * A real browser whose connection to the server breaks in mid-answer, and comes back: at the end the page shows the
 * answer as it is stored, with nothing doubled and nothing missing.
 */
import { chromium, type Page } from "@playwright/test";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { Line } from "../fakes/line.ts";
import { startRealServer } from "../real-server.ts";
import { type Fault, Losses } from "./fault.ts";

/** Without a digit: the page marks figures, and what it says of them would stand between the words. */
const word = (index: number) =>
  `word-${String.fromCharCode(...[index / 26, index % 26].map((digit) => 97 + digit))}`;
const words = Array.from({ length: 120 }, (_, index) => word(index)).join(" ");
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const browserArguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const cutNetwork: Fault = {
  name: "the browser's network cut and restored",
  times: { long: 50, short: 4 },
  async run(times, random) {
    const losses = new Losses();
    await using vllm = await startFakeVllm({ paceMs: 12, answer: words });
    await using server = await startRealServer({ environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
    using line = await Line.to(Number(new URL(server.url).port));
    await using browser = await chromium.launch({ executablePath, args: [...browserArguments, ...quiet] });
    const page = await browser.newPage();
    for (let time = 0; time < times; time++) await askAndCut(page, line, random, losses);
    return losses.result(times);
  },
};

async function askAndCut(page: Page, line: Line, random: () => number, losses: Losses): Promise<void> {
  await page.goto(line.url);
  await page.locator("#question").fill("What moves the price of gold?");
  await page.locator("#question").press("Enter");
  const answer = page.locator(".message.assistant").last();
  for (let cut = 0; cut < 1 + Math.floor(random() * 3); cut++) {
    await answer.locator(".prose", { hasText: word(Math.floor(random() * 40) + cut * 20) }).waitFor();
    line.cut();
    await Bun.sleep(random() * 800);
    line.restore();
  }
  await page.locator(".message.assistant:not(.streaming)").last().waitFor();
  const shown = ((await answer.locator(".prose").textContent()) ?? "").replaceAll(/\s+/g, " ").trim();
  if (shown !== words) losses.add(`the page shows ${shown.slice(0, 300)}`);
}
