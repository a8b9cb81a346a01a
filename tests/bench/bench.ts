/**
 * Measures the real server over HTTP, as a user's program would: how long until the first token, how many
 * tokens a second at 1, 4 and 8 streams, the first token of a conversation's tenth turn, a cold start, memory.
 * It only measures: how fast is fast enough is not its business.
 *
 *   bun run bench [--peer URL] [--peer-model NAME] [--streams 1,4,8] [--rounds 3] [--tokens 64]
 *   bun run bench desk       how soon the desk's card is there (desk.ts)
 *   bun run bench relay …   what the server adds to a vLLM's answers (relay.ts)
 *   bun run bench recall …  recall among many memories (recall.ts)
 *   bun run bench page …    what a long answer costs a browser, and what a first visit is sent (page.ts)
 *   bun run bench chart …   what the chart of a long series costs a browser that moves it (chart.ts)
 *   bun run bench data      what the import of a million prices costs, and what it costs the others (loop.ts)
 *   bun run bench loop …    what one user's large requests cost the others (loop.ts)
 *
 * `--peer` puts the same load on another OpenAI-compatible server, in turns with ours, so that what else the
 * machine does falls on both. Both get equal prompts by /v1 then, so that the ratio is of the engines; what people get by /chat, whose
 * own instructions make the prompt longer, is measured beside it. MODEL, MODELS_DIR and LLAMA_THREADS are those of the program.
 */
import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readSettings } from "../../src/settings/read-settings.ts";
import { newDataFolder, ServerUnderTest } from "../faults/server-under-test.ts";
import { benchChart } from "./chart.ts";
import { benchDesk } from "./desk.ts";
import { benchLoop } from "./loop.ts";
import { benchPage } from "./page.ts";
import { residentMegabytes } from "./process-usage.ts";
import { benchRecall } from "./recall.ts";
import { benchRelay } from "./relay.ts";
import { Results, tableOf } from "./result-table.ts";
import { Conversation, openAiServer, ourServer, type Target } from "./timed-answer.ts";
import { wholeNumber } from "./whole-number.ts";

const turnsOfConversation = 10;

/** A server under the load, and where its figures go. */
interface Side {
  readonly target: Target;
  readonly whose: "ours" | "peer";
  /** Of the rows that no other server has. */
  readonly prefix: string;
}

interface Load {
  readonly streams: readonly number[];
  readonly rounds: number;
  readonly tokens: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      peer: { type: "string" },
      "peer-model": { type: "string", default: "phi3" },
      streams: { type: "string", default: "1,4,8" },
      rounds: { type: "string", default: "3" },
      tokens: { type: "string", default: "64" },
      server: { type: "string" },
    },
  });
  const load: Load = {
    streams: values.streams.split(",").map((text) => wholeNumber(text, "--streams")),
    rounds: wholeNumber(values.rounds, "--rounds"),
    tokens: wholeNumber(values.tokens, "--tokens"),
  };
  const { personal } = readSettings({ CONFIG_FILE: "/no/config.json" }, "/");
  const systemPrompt = personal.values.instructions;
  const peer =
    values.peer === undefined
      ? null
      : openAiServer("the peer", values.peer, values["peer-model"], systemPrompt);
  const dataDir = newDataFolder();
  const start = () =>
    ServerUnderTest.start({
      dataDir,
      deadlineMs: 180_000,
      environment: {
        MODEL: process.env.MODEL ?? "smollm2-135m-instruct",
        LLAMA_THREADS: process.env.LLAMA_THREADS ?? "auto",
      },
      ...(values.server === undefined ? {} : { file: values.server }),
    });
  const results = new Results();
  try {
    await measureColdStarts(start, load, results);
    await using server = await start();
    const byChat: Side = { target: ourServer(server.url), whose: "ours", prefix: "" };
    const ours = openAiServer("this program by /v1", server.url, "auto", systemPrompt);
    const sides: readonly Side[] =
      peer === null
        ? [byChat]
        : [
            { target: ours, whose: "ours", prefix: "" },
            { target: peer, whose: "peer", prefix: "" },
            { ...byChat, prefix: "by /chat, " },
          ];
    for (const { target } of sides) await target.ask("Say hello.", 8, new Conversation());

    for (const streams of load.streams)
      for (let round = 0; round < load.rounds; round++)
        for (const side of sides) await measureStreams(side, streams, load, results);
    for (let round = 0; round < load.rounds; round++)
      for (const side of sides) await measureConversation(side, results);
    results.add("resident memory after all that", "MB", "ours", residentMegabytes(server.pid));
    await server.stop();
    for (let round = 0; round < load.rounds; round++) await measureRestart(start, dataDir, results);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(`\n${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores; ${load.rounds} rounds`);
  console.log("median (smallest to largest); ratio: this program / peer\n");
  console.log(tableOf(results.rows(), peer === null ? null : "peer"));
}

/** From the start of the process to the first token: the model is read from the disk, or from its cache. */
async function measureColdStarts(
  start: () => Promise<ServerUnderTest>,
  load: Load,
  results: Results,
): Promise<void> {
  for (let round = 0; round < load.rounds; round++) {
    const began = performance.now();
    await using server = await start();
    const listening = performance.now();
    const { firstTokenMs } = await ourServer(server.url).ask("Say hello.", 8, new Conversation());
    results.add("resident memory after the first answer", "MB", "ours", residentMegabytes(server.pid));
    results.add("cold start, process to listening", "ms", "ours", listening - began);
    results.add("cold start, process to first token", "ms", "ours", listening - began + firstTokenMs);
    await server.stop();
    progress("cold start", round);
  }
}

/** New conversations that begin at the same moment, each with a question that was never asked before. */
async function measureStreams(
  { target, whose, prefix }: Side,
  streams: number,
  load: Load,
  results: Results,
): Promise<void> {
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: streams }, (_, index) =>
      target.ask(
        `Case ${crypto.randomUUID().slice(0, 8)}-${index}: explain in detail, in several paragraphs, how inflation moves bonds, shares and gold.`,
        load.tokens,
        new Conversation(),
      ),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  const label = `${prefix}${streams} ${streams === 1 ? "stream" : "streams"}`;
  for (const { firstTokenMs, promptTokens } of answers) {
    results.add(`${label}: first token`, "ms", whose, firstTokenMs);
    if (promptTokens !== null) results.add(`${label}: prompt`, "tokens", whose, promptTokens);
  }
  const tokens = answers.reduce((sum, answer) => sum + answer.tokens, 0);
  results.add(`${label}: all together`, "tokens/s", whose, tokens / seconds);
  const decoding = answers.map(
    (answer) => (answer.tokens - 1) / ((answer.totalMs - answer.firstTokenMs) / 1000),
  );
  for (const speed of decoding.filter(Number.isFinite))
    results.add(`${label}: each, after its first token`, "tokens/s", whose, speed);
  progress(`${label}, ${target.name}`, seconds);
}

/** One conversation: with a warm cache the tenth turn should cost no more than the first. */
async function measureConversation({ target, whose, prefix }: Side, results: Results): Promise<void> {
  const conversation = new Conversation();
  for (let turn = 1; turn <= turnsOfConversation; turn++) {
    const answer = await target.ask(
      `Question ${turn}: what is a fair price, in one sentence?`,
      24,
      conversation,
    );
    if (turn === 1)
      results.add(`${prefix}conversation, turn 1: first token`, "ms", whose, answer.firstTokenMs);
    if (turn !== turnsOfConversation) continue;
    results.add(`${prefix}conversation, turn ${turn}: first token`, "ms", whose, answer.firstTokenMs);
    if (answer.promptTokens !== null)
      results.add(`${prefix}conversation, turn ${turn}: prompt`, "tokens", whose, answer.promptTokens);
  }
  progress(`conversation, ${target.name}`, turnsOfConversation);
}

/** A conversation's next turn after a clean restart: with its saved KV cache, and without. */
async function measureRestart(
  start: () => Promise<ServerUnderTest>,
  dataDir: string,
  results: Results,
): Promise<void> {
  const conversation = new Conversation();
  const next = async (label: string | null, question: string) => {
    await using server = await start();
    // Loading the model is no part of it.
    await ourServer(server.url).ask("Say hello.", 1, new Conversation());
    const { firstTokenMs } = await ourServer(server.url).ask(question, 24, conversation);
    if (label !== null) results.add(label, "ms", "ours", firstTokenMs);
    await server.stop();
  };
  const long = "Explain how inflation moves bonds, shares, gold and the savings of a household. ".repeat(12);
  await next(null, long);
  await next("after a restart, saved KV cache: first token", "And what does it do to mortgages?");
  rmSync(join(dataDir, "kv-states"), { recursive: true, force: true });
  await next("after a restart, no saved KV cache: first token", "And to wages?");
  progress("restart", 1);
}

function progress(what: string, value: number): void {
  process.stderr.write(`  ${what}: ${Number.isInteger(value) ? value : `${value.toFixed(1)} s`}\n`);
}

if (process.argv[2] === "data")
  process.exitCode = (await benchLoop(["--only", "prices", ...process.argv.slice(3)])) ? 0 : 1;
else if (process.argv[2] === "loop") process.exitCode = (await benchLoop(process.argv.slice(3))) ? 0 : 1;
else if (process.argv[2] === "relay") process.exitCode = (await benchRelay(process.argv.slice(3))) ? 0 : 1;
else if (process.argv[2] === "page") await benchPage(process.argv.slice(3));
else if (process.argv[2] === "chart") await benchChart(process.argv.slice(3));
else if (process.argv[2] === "recall") await benchRecall(process.argv.slice(3));
else if (process.argv[2] === "desk") await benchDesk(process.argv.slice(3));
else await main();
process.exit();
