/**
 * Measures the chart of a long series in a real browser on a throttled processor: it is panned from its last bar to its first, a bit
 * in each frame, with indicators over the price and below it, and its frames are counted. What is not there yet is fetched on the way.
 *
 *   bun run bench chart [--bars 100000] [--throttle 4] [--show "sma:50;bollinger;rsi"]
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { spawnServer } from "../browser/spawned-server.ts";
import { report } from "./page.ts";
import { type StreamingPage, ThrottledPage } from "./watched-page.ts";
import { wholeNumber } from "./whole-number.ts";

const minute = 60_000;
const zooms = 6;
/** How far it goes in a frame, in pixels, and after how many frames it has gone wrong. */
const [far, mostFrames] = [60, 20_000];

export async function benchChart(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      bars: { type: "string", default: "100000" },
      throttle: { type: "string", default: "4" },
      show: { type: "string", default: "sma:50;bollinger;rsi" },
    },
  });
  const bars = wholeNumber(values.bars, "--bars");
  const throttle = wholeNumber(values.throttle, "--throttle");
  const cores = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores`;
  console.log(
    `${cores}, load ${loadavg()[0]?.toFixed(1)}; ${throttle}x throttle; ${bars} bars, ${values.show}`,
  );
  await using server = await spawnServer("data-server.ts");
  const series = await importBars(server.url, bars);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  try {
    const address = `${server.url}/data/${series}?show=${values.show}`;
    await using page = await ThrottledPage.open(browser, address, throttle);
    report("panned from the last bar to the first", await page.cost(panned(address), { frames: true }));
  } finally {
    await browser.close();
  }
}

const panned = (address: string): StreamingPage => ({
  address,
  begin: async (page) => {
    await page.getByRole("application").focus();
    for (let zoom = 0; zoom < zooms; zoom++) await page.keyboard.press("-");
  },
  end: (page) => page.evaluate(pan, { far, mostFrames }),
});

/** In the page: as a wheel that turns sideways, until the first bar has come. */
function pan({ far: pixels, mostFrames: most }: { far: number; mostFrames: number }): Promise<void> {
  const canvas = document.querySelector(".price-chart canvas");
  let frames = 0;
  return new Promise((resolve, reject) => {
    const next = () => {
      const isThere = performance
        .getEntriesByType("resource")
        .some(({ name }) => /\/series\?.*&start=0&/.test(name));
      if (isThere) return resolve();
      if (frames++ > most) return reject(new Error("The first bar was not reached."));
      // The library goes four fifths of it.
      const turned = new WheelEvent("wheel", { deltaX: -pixels * 1.25, bubbles: true, cancelable: true });
      canvas?.dispatchEvent(turned);
      requestAnimationFrame(next);
    };
    next();
  });
}

/** Minutes of a price that wanders, the same each time. @returns the id of its series */
async function importBars(url: string, count: number): Promise<string> {
  let close = 1500;
  let seed = 7;
  const drawn = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647 - 0.5;
  };
  const rows = Array.from({ length: count }, (_, at) => {
    const open = close;
    close = Math.max(100, open + drawn() * 3);
    const prices = [open, Math.max(open, close) + 1, Math.min(open, close) - 1, close];
    const time = new Date(Date.UTC(2024, 0, 1) + at * minute).toISOString().slice(0, 16).replace("T", " ");
    return `${time},${prices.map((price) => price.toFixed(2)).join(",")},${1000 + (at % 500)}`;
  });
  const form = new FormData();
  form.set("file", new File([`Time,Open,High,Low,Close,Volume\n${rows.join("\n")}\n`], "XAUUSD_M1.csv"));
  form.set("commit", "true");
  form.set("zone", "UTC");
  const reply = await fetch(`${url}/api/imports`, { method: "POST", body: form });
  const { dataset_id: id } = await reply.json();
  if (typeof id !== "string") throw new Error("The bars were not imported.");
  return id;
}
