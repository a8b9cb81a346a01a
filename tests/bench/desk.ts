/**
 * Measures the desk: how long it takes to read a question, and when the first byte of its card reaches a client of the real
 * server, with no engine running and no other load.
 *
 *   bun run bench desk [--rounds 200]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { routeQuestion } from "../../src/finance/desk/route-question.ts";
import { builtInInstruments as instruments } from "../../src/finance/instruments/catalog.ts";
import { startRealServer } from "../real-server.ts";
import { percentile } from "./percentile.ts";
import { Results, tableOf } from "./result-table.ts";
import { wholeNumber } from "./whole-number.ts";

const longText = "What is my position size with $10,000, 1% risk and 25 pips on EURUSD? ".repeat(300);
const question = "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. What lot size?";

export async function benchDesk(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { rounds: { type: "string", default: "200" } },
  });
  const rounds = wholeNumber(values.rounds, "--rounds");
  const results = new Results();
  const add = (measure: string, times: readonly number[]) => {
    results.add(`${measure}, 50 of 100`, "ms", "ours", percentile(times, 50));
    results.add(`${measure}, 95 of 100`, "ms", "ours", percentile(times, 95));
  };
  add("reading a question", readingTimes());
  add("reading 20,000 characters", timesOf(longText.slice(0, 20_000), 200));
  add("reading a thousand figures", timesOf("1,".repeat(1000), 200));
  add("first byte of a card, over HTTP", await firstBytes(rounds));
  console.log(tableOf(results.rows(), null));
}

function readingTimes(): number[] {
  const questions = calculators.flatMap(({ asked }) => asked.examples.map((example) => example.question));
  // The first round compiles.
  for (const each of questions) timesOf(each, 20);
  return questions.flatMap((each) => timesOf(each, 5));
}

const timesOf = (text: string, rounds: number): number[] =>
  Array.from({ length: rounds }, () => {
    const began = performance.now();
    routeQuestion(text, { instruments });
    return performance.now() - began;
  });

async function firstBytes(rounds: number): Promise<number[]> {
  const noModels = mkdtempSync(join(tmpdir(), "no-models-"));
  try {
    await using server = await startRealServer({
      environment: { ENGINE: "llama", MODEL: join(noModels, "none.gguf"), MODELS_DIR: noModels },
    });
    const times: number[] = [];
    for (let round = 0; round < rounds + 20; round++) {
      const time = await firstByteOfCard(server.url);
      if (round >= 20) times.push(time);
    }
    return times;
  } finally {
    rmSync(noModels, { recursive: true, force: true });
  }
}

/** @returns milliseconds from the request until the first piece of the card's text is here */
async function firstByteOfCard(url: string): Promise<number> {
  const began = performance.now();
  const reply = await fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: question }),
  });
  const reader = reply.body?.getReader();
  if (reader === undefined) throw new Error("The answer has no body.");
  const decoder = new TextDecoder();
  let read = "";
  let first: number | null = null;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    read += decoder.decode(chunk.value, { stream: true });
    if (first === null && read.includes("Position size")) first = performance.now() - began;
  }
  if (first === null) throw new Error(`There was no card: ${read.slice(0, 300)}`);
  return first;
}
