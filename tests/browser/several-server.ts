/**
 * Serves the real app over two scripted engines; ends when its input does. What is asked says how it is answered: "held" in it is
 * never answered to its end, and "breaks" in it fails the first time that it is asked.
 */
import { mostFailures } from "../../src/chat/run-turn.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

/** How often a question has failed with an engine. */
const failures = new Map<string, number>();

/** Resolves when it is stopped. */
const stopped = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

function scriptOf(name: string, question: string): Script {
  const failed = failures.get(name + question) ?? 0;
  // No engine continues an answer that has failed with it so often.
  const breaks = question.includes("breaks") && failed < mostFailures;
  failures.set(name + question, failed + 1);
  return {
    answer: `Engine ${name} says of this: gold is a metal.\n\n| Metal | Unit |\n|---|---|\n| Gold | ounce |\n| Copper | tonne |\n\nThat is all.`,
    ...(breaks ? { failAt: { token: 6, error: new EngineFailedError("It broke.") } } : {}),
    pace: (token, signal) => (question.includes("held") && token > 5 ? stopped(signal) : Bun.sleep(15)),
  };
}

const engineOf = (name: string) =>
  new ScriptedEngine({
    ...{ name, slots: 4 },
    script: ({ messages }) => scriptOf(name, messages.at(-1)?.content ?? ""),
  });

const app = openAnsweringApp({ engines: [engineOf("left"), engineOf("right")] });
console.log(app.url);
await serveUntilInputEnds(app);
