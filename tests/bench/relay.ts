/**
 * Measures what the server adds to a vLLM's answers: the same streams through the real server and straight from a
 * paced upstream, in turns, so that what else the machine does falls on both. Three processes: the upstream, the
 * server, and the one that reads. Exits with 1 when a stream lacked a token.
 *
 *   bun run bench relay [--streams 1,100,1000] [--rounds 5] [--tokens 50] [--pace 20] [--beside fastapi,litellm]
 *
 * With --beside the same streams go through other relays as well, in the same rounds; they are installed once, from PyPI (0.8 GB).
 * Exchanges are not remembered for later: what follows an answer's end would fall on the next round.
 */
import { rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { newDataFolder, ServerUnderTest } from "../faults/server-under-test.ts";
import { type OtherRelay, type OtherRelayName, otherRelays, startOtherRelay } from "./other-relays.ts";
import { processorMs, residentMegabytes } from "./process-usage.ts";
import { Results, tableOf } from "./result-table.ts";
import { LoadGenerator, type LoadReport, type StreamLoad } from "./stream-load.ts";
import { wholeNumber } from "./whole-number.ts";

interface Pace {
  readonly streams: readonly number[];
  readonly rounds: number;
  readonly tokens: number;
  /** Milliseconds between two tokens of a stream. */
  readonly paceMs: number;
}

/** So many streams before the measurement, so that no code is run for the first time in it. */
const warmUpStreams = 50;
const warmUpRounds = 3;
const deadlineMs = 60_000;
const memoryLookMs = 50;
/** What fewer streams take is lost in what the garbage collector does. */
const fewestForMemory = 50;

/** @returns whether every stream was whole */
export async function benchRelay(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      streams: { type: "string", default: "1,100,1000" },
      rounds: { type: "string", default: "5" },
      tokens: { type: "string", default: "50" },
      pace: { type: "string", default: "20" },
      beside: { type: "string", default: "" },
    },
  });
  const pace: Pace = {
    streams: values.streams.split(",").map((text) => wholeNumber(text, "--streams")),
    rounds: wholeNumber(values.rounds, "--rounds"),
    tokens: wholeNumber(values.tokens, "--tokens"),
    paceMs: wholeNumber(values.pace, "--pace"),
  };
  const beside = values.beside
    .split(",")
    .filter((name) => name !== "")
    .map(relayNamed);
  const results = new Results();
  const problems: string[] = [];
  await using upstream = await startUpstream(pace.paceMs);
  using load = new LoadGenerator();
  await using others = new AsyncDisposableStack();
  const compared: Compared[] = [];
  for (const name of beside)
    compared.push({
      relay: others.use(await startOtherRelay(name, upstream.url, upstreamModel)),
      results: new Results(),
    });
  for (const streams of pace.streams)
    problems.push(...(await measure(streams, pace, { upstream, load, results, compared })));

  console.log(`\n${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores; ${pace.rounds} rounds`);
  console.log(
    `${pace.tokens} tokens a stream, one every ${pace.paceMs} ms: ideally ${pace.tokens * pace.paceMs} ms in all`,
  );
  console.log("median (smallest to largest); ratio: through this program / straight from the upstream\n");
  console.log(tableOf(results.rows(), "direct"));
  for (const { relay, results: between } of compared)
    console.log(`\n${tableOf(between.rows(), otherRelays[relay.name])}`);
  for (const problem of problems) console.log(`NOT WHOLE: ${problem}`);
  return problems.length === 0;
}

/** Another relay, and what was measured of it beside this program. */
interface Compared {
  readonly relay: OtherRelay;
  readonly results: Results;
}

/** @throws Error that names those that there are */
function relayNamed(text: string): OtherRelayName {
  const name = (Object.keys(otherRelays) as OtherRelayName[]).find((each) => each === text);
  if (name === undefined)
    throw new Error(`There is no relay ${text}. There is ${Object.keys(otherRelays).join(", ")}.`);
  return name;
}

interface Setting {
  readonly upstream: Upstream;
  readonly load: LoadGenerator;
  readonly results: Results;
  readonly compared: readonly Compared[];
}

/** A server of its own for each number of streams: its memory is that of this load. */
async function measure(
  streams: number,
  pace: Pace,
  { upstream, load, results, compared }: Setting,
): Promise<string[]> {
  const dataDir = newDataFolder();
  writeFileSync(
    join(dataDir, "config.json"),
    JSON.stringify({ memory_settings: { remember_exchanges: false } }),
  );
  const problems: string[] = [];
  try {
    await using server = await ServerUnderTest.start({
      dataDir,
      environment: {
        ENGINE: "vllm",
        VLLM_URL: upstream.url,
        VLLM_SLOTS: String(Math.max(streams, warmUpStreams)),
        QUEUE_LIMIT: "10000",
        // fetch keeps 256 requests open at most, and the others would wait.
        BUN_CONFIG_MAX_HTTP_REQUESTS: "10000",
      },
    });
    const each = { streams, tokens: pace.tokens, deadlineMs };
    const through: StreamLoad = { ...each, url: `${server.url}/chat/stream`, body: ourBody(pace.tokens) };
    const direct: StreamLoad = {
      ...each,
      url: `${upstream.url}/v1/chat/completions`,
      body: upstreamBody(pace.tokens),
    };
    const warmUp = async (stream: StreamLoad) => {
      for (let round = 0; round < warmUpRounds; round++)
        await load.put({ ...stream, streams: warmUpStreams });
    };
    await warmUp(through);
    for (const { relay } of compared) await warmUp({ ...direct, url: relay.url });
    const restMegabytes = residentMegabytes(server.pid);
    for (let round = 0; round < pace.rounds; round++) {
      using memory = new MemoryWatch(server.pid);
      const usedBefore = processorMs(server.pid);
      const ours = await load.put(through);
      const used = processorMs(server.pid) - usedBefore;
      const theirs = await load.put(direct);
      record(streams, pace, { ours, theirs }, results);
      const label = labelOf(streams);
      const perToken = (milliseconds: number) => (milliseconds * 1000) / (streams * pace.tokens);
      for (const { relay, results: between } of compared) {
        const before = processorMs(relay.pid);
        const others = await load.put({ ...direct, url: relay.url });
        record(streams, pace, { ours, theirs: others }, between);
        const measured = `${label}: processor time a token`;
        between.add(measured, "us", "ours", perToken(used));
        between.add(measured, "us", "peer", perToken(processorMs(relay.pid) - before));
      }
      results.add(`${label}: server's processor time a token`, "us", "ours", perToken(used));
      results.add(`${label}: reader's processor time a token`, "us", "ours", perToken(ours.processorMs));
      results.add(`${label}: reader's processor time a token`, "us", "peer", perToken(theirs.processorMs));
      if (streams >= fewestForMemory)
        results.add(
          `${label}: memory a stream`,
          "kB",
          "ours",
          ((memory.largest - restMegabytes) * 1000) / streams,
        );
      for (const [report, whose] of [
        [ours, "through this program"],
        [theirs, "direct"],
      ] as const)
        if (report.problem !== null)
          problems.push(
            `${label} ${whose}: ${report.completed} of ${streams} were whole; of another: ${report.problem}`,
          );
      process.stderr.write(`  ${label}, round ${round + 1}: ${(ours.wallMs / 1000).toFixed(2)} s\n`);
    }
    await server.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  return problems;
}

function record(
  streams: number,
  { tokens, paceMs }: Pace,
  reports: { readonly ours: LoadReport; readonly theirs: LoadReport },
  results: Results,
): void {
  const label = labelOf(streams);
  const both = (measure: string, unit: string, of: (report: LoadReport) => number) => {
    results.add(`${label}: ${measure}`, unit, "ours", of(reports.ours));
    results.add(`${label}: ${measure}`, unit, "peer", of(reports.theirs));
  };
  both("whole streams", "", ({ completed }) => completed);
  both("all together", "ms", ({ wallMs }) => wallMs);
  both("of the ideal time", "%", ({ wallMs }) => (wallMs * 100) / (tokens * paceMs));
  both("first token, half", "ms", ({ firstToken }) => firstToken.p50);
  both("first token, 99 of 100", "ms", ({ firstToken }) => firstToken.p99);
  both("a token's way, half", "ms", ({ delay }) => delay.p50);
  both("a token's way, 99 of 100", "ms", ({ delay }) => delay.p99);
  both("added gap, half", "ms", ({ addedGap }) => addedGap.p50);
  both("added gap, 99 of 100", "ms", ({ addedGap }) => addedGap.p99);
  both("added gap, largest", "ms", ({ addedGap }) => addedGap.largest);
}

const labelOf = (streams: number) => `${streams} ${streams === 1 ? "stream" : "streams"}`;

/** A question that is the same for all: what differs is not measured here. */
const question = "Explain in detail, in several paragraphs, how inflation moves bonds, shares and gold.";

const ourBody = (tokens: number) =>
  JSON.stringify({ message: question, max_tokens: tokens, temperature: 0, memory_context: 0 });

const upstreamModel = "paced-model";

const upstreamBody = (tokens: number) =>
  JSON.stringify({
    model: upstreamModel,
    messages: [{ role: "user", content: question }],
    max_tokens: tokens,
    stream: true,
    stream_options: { include_usage: true },
  });

interface Upstream extends AsyncDisposable {
  readonly url: string;
}

async function startUpstream(paceMs: number): Promise<Upstream> {
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "paced-upstream.ts"), "--pace", String(paceMs)],
    {
      // Its standard input ends with this process, and it with that.
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const { value } = await child.stdout.getReader().read();
  const url = new TextDecoder().decode(value).trim();
  if (url === "") throw new Error("The upstream did not start.");
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** The most memory that a process had while it was watched, in MB. */
class MemoryWatch implements Disposable {
  readonly #timer: Timer;
  largest = 0;

  constructor(pid: number) {
    const look = () => {
      this.largest = Math.max(this.largest, residentMegabytes(pid));
    };
    look();
    this.#timer = setInterval(look, memoryLookMs);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
