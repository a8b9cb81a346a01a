/** What the tests of answers share: a reader that takes everything down, and an engine that is held at a token. */
import type { GenerationUpdate, Outcome } from "../../src/generations/generation-update.ts";
import type { Generations } from "../../src/generations/generations.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";

export const never = new AbortController().signal;

export interface Read {
  readonly text: string;
  readonly outcome: Outcome | null;
  readonly updates: readonly GenerationUpdate[];
}

export async function read(generations: Generations, id: string, after = 0, signal = never): Promise<Read> {
  const updates: GenerationUpdate[] = [];
  for await (const update of generations.follow(id, after, signal)) updates.push(update);
  const tokens = updates.flatMap((update) => (update.type === "tokens" ? update.tokens : []));
  const end = updates.find((update) => update.type === "end");
  return { text: tokens.map(({ text }) => text).join(""), outcome: end?.outcome ?? null, updates };
}

/** An engine that waits before the token with the given index until it is let go. */
export function held(answer: string, at: number, options: { slots?: number; name?: string } = {}) {
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const script: Script = {
    answer,
    pace: async (token, signal) => {
      if (token < at) return;
      reached.resolve();
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => aborted.resolve(), { once: true });
      await Promise.race([go.promise, aborted.promise]);
    },
  };
  return {
    engine: new ScriptedEngine({ ...options, script: () => script }),
    script,
    reached: reached.promise,
    go: go.resolve,
  };
}

export const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(" ");
