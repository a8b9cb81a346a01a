/**
 * Measures the chat in a real browser on a throttled processor: a long answer into a long conversation, beside a naive page and
 * one with Streamdown; memory over ten such answers; the first visit; what another program's page weighs.
 *
 *   bun run bench page [--tokens 10000] [--rate 100] [--throttle 4] [--only streaming|heap|visit|weight] [--without-peers]
 */

import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { answers } from "../fakes/scripted-answers.ts";
import { benchVisit } from "./page-visit.ts";
import { benchWeight } from "./page-weight.ts";
import { servePeers, streamdownVersion } from "./peer-pages/peer-server.ts";
import { percentile } from "./percentile.ts";
import { type StreamCost, type StreamingPage, ThrottledPage } from "./watched-page.ts";
import { wholeNumber } from "./whole-number.ts";

const turns = 150;
const answersForHeap = 10;
const said = Array.from({ length: turns }, (_, turn) => [
  `This is question ${turn}.`,
  answers.markdown ?? "",
]).flat();

interface Load {
  readonly tokens: number;
  readonly rate: number;
  readonly throttle: number;
  readonly withPeers: boolean;
}

export async function benchPage(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      tokens: { type: "string", default: "10000" },
      rate: { type: "string", default: "100" },
      throttle: { type: "string", default: "4" },
      only: { type: "string" },
      "without-peers": { type: "boolean", default: false },
    },
  });
  const load: Load = {
    tokens: wholeNumber(values.tokens, "--tokens"),
    rate: wholeNumber(values.rate, "--rate"),
    throttle: wholeNumber(values.throttle, "--throttle"),
    withPeers: !values["without-peers"],
  };
  const isWanted = (part: string) => values.only === undefined || values.only === part;
  const cores = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores`;
  console.log(`${cores}, load ${loadavg()[0]?.toFixed(1)}; ${load.throttle}x throttle`);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
  try {
    if (isWanted("streaming")) await benchStreaming(browser, load);
    if (isWanted("heap")) await benchHeap(browser, load);
    if (isWanted("visit")) await benchVisit(browser, load.throttle);
    if (isWanted("weight")) await benchWeight(browser);
  } finally {
    await browser.close();
  }
}

async function benchStreaming(browser: Browser, load: Load): Promise<void> {
  console.log(`\n${load.tokens} tokens at ${load.rate} a second into ${turns * 2} messages`);
  const busy = new Map<string, number>();
  const measure = async (name: string, streaming: StreamingPage, frames: boolean) => {
    await using page = await ThrottledPage.open(browser, streaming.address, load.throttle);
    const cost = await page.cost(streaming, { frames });
    const { length } = (await page.page.locator(".message").last().textContent()) ?? "";
    if (length < load.tokens) throw new Error(`${name} shows ${length} characters of ${load.tokens} tokens.`);
    report(`${name}${frames ? ", frames watched" : ""}`, cost);
    busy.set(name, cost.busy.all);
  };
  await using server = await startPages();
  // Frames that are watched are drawn, also where nothing has changed: once with that, and once without.
  for (const frames of [true, false]) await measure("this program", await ourPage(server, load), frames);
  if (!load.withPeers) return;
  using peers = await servePeers(said, load);
  if (peers.streamdown === null) console.log(`Streamdown ${streamdownVersion} could not be installed.`);
  else for (const frames of [true, false]) await measure("Streamdown", peerPage(peers.streamdown), frames);
  // It never rests, so that watching its frames adds next to nothing.
  await measure("naive page", peerPage(peers.naive), true);
  const ours = busy.get("this program") ?? Number.NaN;
  for (const [name, seconds] of busy)
    if (name !== "this program")
      console.log(`main thread, this program / ${name}: ${((ours * 100) / seconds).toFixed(1)} %`);
}

/** Ten answers as fast as they come, each into the same conversation. */
async function benchHeap(browser: Browser, load: Load): Promise<void> {
  console.log(`\nHeap after each of ${answersForHeap} answers of ${load.tokens} tokens in one conversation`);
  await using server = await startPages();
  const streaming = await ourPage(server, { ...load, rate: 1000 });
  await using page = await ThrottledPage.open(browser, streaming.address, 1);
  const show = async (after: number) => {
    const { megabytes, nodes } = await page.heap();
    console.log(`after ${after}: ${megabytes.toFixed(1)} MB, ${nodes} nodes`);
  };
  await show(0);
  for (let answer = 1; answer <= answersForHeap; answer++) {
    await page.cost(streaming, { frames: false });
    await show(answer);
  }
}

export function report(name: string, { gaps, longTasks, busyTasks, busy, shift, seconds }: StreamCost): void {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const frames =
    gaps.length === 0
      ? []
      : [
          `${((gaps.length * 1000) / sum(gaps)).toFixed(1)} frames/s`,
          `gaps of p50 ${toTenth(gaps, 50)} ms, p95 ${toTenth(gaps, 95)} ms (${(1000 / toTenth(gaps, 95)).toFixed(1)} frames/s), at most ${Math.max(...gaps).toFixed(0)} ms`,
        ];
  const facts = [
    `${seconds.toFixed(0)} s`,
    ...frames,
    `${longTasks.length} tasks over 50 ms, ${(sum(longTasks) / 1000).toFixed(1)} s, the longest ${Math.max(0, ...longTasks).toFixed(0)} ms; of processor time ${busyTasks.length}, the longest ${Math.max(0, ...busyTasks).toFixed(0)} ms`,
    `main thread ${busy.all.toFixed(1)} s (style ${busy.style.toFixed(1)}, layout ${busy.layout.toFixed(1)}, script ${busy.script.toFixed(1)})`,
    `layout shift ${shift.toFixed(3)}`,
  ];
  console.log(`${name}: ${facts.join("; ")}`);
}

/** As text reads it. */
const toTenth = (values: readonly number[], share: number) =>
  Number((percentile(values, share) || 0).toFixed(1));

const peerPage = (address: string): StreamingPage => ({
  address,
  begin: async (page) => {
    await page.locator("body[data-state=ready]").waitFor();
    await page.locator("#ask").click();
  },
  end: (page) => page.locator("body[data-state=done]").waitFor(),
});

async function ourPage(server: PagesServer, { tokens, rate }: Load): Promise<StreamingPage> {
  const address = await server.addConversation({ turns, answer: answers.markdown });
  const streaming = (page: Page) => page.locator(".message.assistant.streaming");
  return {
    address: server.url + address,
    begin: async (page) => {
      await page.locator("#question").fill(`tokens ${tokens} at ${rate}`);
      await page.locator("#question").press("Enter");
      await streaming(page).waitFor();
    },
    end: (page) => streaming(page).waitFor({ state: "detached" }),
  };
}

interface PagesServer extends AsyncDisposable {
  readonly url: string;
  /** @returns its address */
  addConversation(conversation: object): Promise<string>;
}

/** The pages over scripted answers, with as long a list of conversations as people have. */
async function startPages(): Promise<PagesServer> {
  const port = 20_000 + (process.pid % 20_000);
  const url = `http://127.0.0.1:${port}`;
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../browser/pages-server.ts")], {
    env: { ...process.env, PORT: String(port) },
    stdout: "ignore",
  });
  const deadline = Date.now() + 30_000;
  while (!(await fetch(`${url}/ready`).catch(() => null))?.ok) {
    if (Date.now() > deadline) throw new Error("The server of the pages did not start.");
    await Bun.sleep(100);
  }
  const addConversation = async (conversation: object) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify(conversation);
    return (await fetch(`${url}/test/long-conversation`, { method: "POST", headers, body })).text();
  };
  for (let at = 0; at < 40; at++) await addConversation({ title: `Conversation ${at}` });
  return {
    url,
    addConversation,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await child.exited;
    },
  };
}
