/**
 * What a long answer costs the browser: a page of a 300-message chat takes an answer of many tokens on a throttled CPU, once as
 * it is and once with the rules put back that restyled the whole page at every token. Prints the main thread's time.
 *
 *   bun tests/bench/browser-streaming.ts [--tokens 10000] [--throttle 4]
 */
import { parseArgs } from "node:util";
import { type Browser, chromium } from "@playwright/test";
import { answers } from "../fakes/scripted-answers.ts";
import { Results, tableOf } from "./result-table.ts";

const { values: settings } = parseArgs({
  options: { tokens: { type: "string", default: "10000" }, throttle: { type: "string", default: "4" } },
});
const tokens = Number(settings.tokens);
const port = 20_000 + (process.pid % 20_000);
const url = `http://127.0.0.1:${port}`;

/** Version 0.2.0 asked the body and every message what is in them, and laid out every message. */
const rulesBefore = `
  @media (width >= 60rem) {
    body:has(.sidebar) { display: grid; grid-template: auto 1fr / var(--sidebar) minmax(0, 1fr); }
    body:has(.sidebar) .topbar { grid-area: 1 / 1 / 2 / 3; > * { pointer-events: auto; } }
    body:has(.sidebar) .chat { grid-area: 1 / 2 / 3 / 3; }
    body:has(.sidebar) .reading { grid-area: 1 / 2 / 3 / 3; }
  }
  body:not(:has(.sidebar)) .drawer-open { display: none; }
  .message.streaming:not(:has(> .pieces > .rendered)) { border-inline-start-color: var(--stream-accent); }
  .message:has(> .pieces > .rendered) > .stop-form { display: none; }
  .message:last-child:has(.next-steps .retry) .again { display: none; }
  .message:has(.edit-form) { align-self: stretch; }
  .thread > .message.message.message { content-visibility: visible !important; }
`;

interface Cost {
  readonly style: number;
  readonly layout: number;
  readonly script: number;
  readonly task: number;
  /** What tasks took beyond 50 ms each. */
  readonly blocked: number;
  readonly seconds: number;
}

async function measure(browser: Browser, address: string, rules: string | null): Promise<Cost> {
  // The rules of before are put in as a style element, which the page's own policy refuses.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await page.goto(address);
  if (rules !== null) await page.addStyleTag({ content: rules });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: Number(settings.throttle) });
  const read = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return {
      style: value("RecalcStyleDuration"),
      layout: value("LayoutDuration"),
      script: value("ScriptDuration"),
      task: value("TaskDuration"),
    };
  };
  // Only watched: a frame that a script asks for costs style of its own.
  await page.evaluate(() => {
    new PerformanceObserver((list) => {
      const blocked = list.getEntries().reduce((sum, { duration }) => sum + duration - 50, 0);
      document.body.dataset.blocked = String(Number(document.body.dataset.blocked ?? 0) + blocked);
    }).observe({ type: "longtask" });
  });
  const before = await read();
  const startedAt = performance.now();
  await page.locator("#question").fill(`tokens ${tokens}`);
  await page.locator("#question").press("Enter");
  await page.locator(".message.assistant.streaming").waitFor({ timeout: 60_000 });
  await page.locator(".message.assistant.streaming").waitFor({ state: "detached", timeout: 600_000 });
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await read();
  const blocked = Number((await page.evaluate(() => document.body.dataset.blocked)) ?? 0) / 1000;
  await context.close();
  return {
    style: after.style - before.style,
    layout: after.layout - before.layout,
    script: after.script - before.script,
    task: after.task - before.task,
    blocked,
    seconds,
  };
}

async function addConversation(conversation: object): Promise<string> {
  const reply = await fetch(`${url}/test/long-conversation`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(conversation),
  });
  return reply.text();
}

const server = Bun.spawn([process.execPath, "tests/browser/pages-server.ts"], {
  env: { ...process.env, PORT: String(port) },
  stdout: "ignore",
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
});
try {
  const deadline = Date.now() + 30_000;
  while (!(await fetch(`${url}/ready`).catch(() => null))?.ok) {
    if (Date.now() > deadline) throw new Error("The server of the pages did not start.");
    await Bun.sleep(100);
  }
  const results = new Results();
  for (let at = 0; at < 40; at++) await addConversation({ title: `Conversation ${at}` });
  for (const [whose, rules] of [
    ["ours", null],
    ["peer", rulesBefore],
  ] as const) {
    const address = await addConversation({ turns: 150, answer: answers.markdown });
    const cost = await measure(browser, url + address, rules);
    results.add("style", "s", whose, cost.style);
    results.add("layout", "s", whose, cost.layout);
    results.add("script", "s", whose, cost.script);
    results.add("main thread", "s", whose, cost.task);
    results.add("blocked by long tasks", "s", whose, cost.blocked);
    results.add("whole answer", "s", whose, cost.seconds);
  }
  console.log(tableOf(results.rows(), "0.2.0's rules"));
} finally {
  await browser.close();
  server.kill();
}
