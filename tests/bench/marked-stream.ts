/**
 * Measures what the marks of figures cost a streaming answer: the same answers with marks and without, in turns, so that what else
 * the machine does falls on both. Each token waits for the one before it, so that time that the marks take delays it.
 *
 *   bun tests/bench/marked-stream.ts [--rounds 11] [--tokens 200] [--pace 20]
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type AnswerFigures, classifierOf } from "../../src/generations/answer-figures.ts";
import { answerFrames } from "../../src/pages/answer-stream.tsx";
import type { GenerationsPort } from "../../src/pages/page-ports.ts";
import type { LoggedToken } from "../../src/store/schema.ts";
import corpus from "../finance/numbers/sentences.json";
import { generation as generationRow } from "../store/rows.ts";
import { median, Results, tableOf } from "./result-table.ts";
import { wholeNumber } from "./whole-number.ts";

const facts = corpus.worlds.size.facts.map((fact, index) => ({ at: 0, fact: { id: `f${index}`, ...fact } }));
const quotes = corpus.worlds.size.quotes.map((content, index) => ({ where: `m${index}`, text: content }));
/** As each reader of an answer has its own. */
const figures = (): AnswerFigures => ({
  facts: [],
  cardLength: 0,
  citationsIn: () => [],
  placeOf: () => null,
  toolOf: () => null,
  figuresIn: classifierOf(() => ({ facts, quotes })),
});

/** Paragraphs of about 500 characters, a figure every 90 or so: more than most answers have. */
const plain = "The size follows from what you are ready to lose, and from how far away the stop is placed. ";
const paragraph = `You risk $100 (1%) of $10,000. ${plain}The stop is 25 pips away. ${plain}${plain}On EURUSD that is 0.40 lots. ${plain}\n\n`;

interface Streamed {
  readonly wallMs: number;
  readonly processorMs: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "11" },
      tokens: { type: "string", default: "200" },
      pace: { type: "string", default: "20" },
    },
  });
  const rounds = wholeNumber(values.rounds, "--rounds");
  const tokens = wholeNumber(values.tokens, "--tokens");
  const paceMs = wholeNumber(values.pace, "--pace");
  const results = new Results();
  const ratios: number[] = [];
  // The first answers compile.
  for (let round = 0; round < 20; round++)
    for (const hasMarks of [true, false]) await streamed(tokens, 1, hasMarks);
  for (let round = 0; round < rounds; round++) {
    const isFirst = round % 2 === 0;
    const one = await streamed(tokens, paceMs, isFirst);
    const other = await streamed(tokens, paceMs, !isFirst);
    const [marked, unmarked] = isFirst ? [one, other] : [other, one];
    for (const [whose, { wallMs, processorMs }] of [
      ["ours", marked],
      ["peer", unmarked],
    ] as const) {
      results.add("speed", "tokens/s", whose, (tokens * 1000) / wallMs);
      results.add("processor time a token", "us", whose, (processorMs * 1000) / tokens);
    }
    ratios.push(unmarked.wallMs / marked.wallMs);
  }
  console.log(
    `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, load ${(loadavg()[0] ?? 0).toFixed(0)}; ${rounds} rounds`,
  );
  console.log(`${tokens} tokens, each ${paceMs} ms after the one before; "this program": with marks\n`);
  console.log(tableOf(results.rows(), "without marks"));
  console.log(`\nspeed with marks / without, median of the rounds: ${median(ratios).toFixed(3)}`);
}

async function streamed(count: number, paceMs: number, hasMarks: boolean): Promise<Streamed> {
  const pieces =
    paragraph
      .repeat(Math.ceil(count / 60))
      .match(/\s*\S+/g)
      ?.slice(0, count) ?? [];
  // Each answer is another one: nothing of it is in a cache.
  const generation = generationRow({ id: crypto.randomUUID(), state: "running", startedAt: 0 });
  const generations = pacedAnswer(pieces, paceMs, generation);
  const deps = { generations, ...(hasMarks ? { figuresOf: figures } : {}) };
  const [began, used] = [performance.now(), process.cpuUsage()];
  let marks = 0;
  for await (const { data } of answerFrames(deps, generation, 0, new AbortController().signal))
    marks += data.match(/class="figure /g)?.length ?? 0;
  const { user, system } = process.cpuUsage(used);
  if (hasMarks !== marks > 0) throw new Error(`There are ${marks} marks.`);
  return { wallMs: performance.now() - began, processorMs: (user + system) / 1000 };
}

function pacedAnswer(
  texts: readonly string[],
  paceMs: number,
  generation: ReturnType<typeof generationRow>,
): GenerationsPort {
  const log: LoggedToken[] = texts.map((text) => ({ text, ids: [] }));
  const refuse = () => Promise.reject(new Error("not part of this bench"));
  return {
    ...{
      ask: refuse,
      retry: refuse,
      continue: refuse,
      stop: () => false,
      answerNow: () => false,
      ended: refuse,
    },
    get: () => generation,
    textSoFar: () => ({ text: texts.join(""), cursor: log.length }),
    tokenCount: () => log.length,
    tokens: (_id, from) => log.slice(from),
    async *follow(_id, after) {
      for (let from = after; from < log.length; from++) {
        await Bun.sleep(paceMs);
        yield { type: "tokens", from, tokens: log.slice(from, from + 1), writer: null };
      }
      const nothing = { usage: null, timings: null, error: null, writers: [] };
      const outcome = { state: "done", finishReason: "stop", tokenCount: log.length, ...nothing } as const;
      yield { type: "end", outcome };
    },
  };
}

await main();
process.exit();
