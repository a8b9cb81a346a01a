/** An engine whose answers wait before their second token, until a test lets them go on or somebody stops them. */
import { EngineFailedError } from "../../src/errors.ts";
import { type Script, ScriptedEngine } from "./scripted-engine.ts";

/** @param fails the questions whose answers break off once they are let go on */
export function heldEngine({ fails = [] as readonly string[] } = {}) {
  const begun: string[] = [];
  let go = Promise.withResolvers<void>();
  let reached = Promise.withResolvers<void>();
  const script = (question: string): Script => ({
    answer: `Of ${question} more`,
    ...(fails.includes(question) ? { failAt: { token: 2, error: new EngineFailedError("It broke.") } } : {}),
    pace: async (token, signal) => {
      if (token !== 1) return;
      begun.push(question);
      const mine = go.promise;
      reached.resolve();
      reached = Promise.withResolvers();
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => aborted.resolve(), { once: true });
      await Promise.race([mine, aborted.promise]);
    },
  });
  const engine = new ScriptedEngine({ slots: 4, script: (request) => script(questionOf(request)) });
  return {
    engine,
    begun,
    /** Waits until this many answers have begun. */
    async reaches(count: number) {
      while (begun.length < count) await reached.promise;
    },
    goOn() {
      go.resolve();
      go = Promise.withResolvers();
    },
    /** From now on nothing is held. */
    letGo: () => go.resolve(),
  };
}

const questionOf = ({ messages }: { readonly messages: readonly { readonly content: string }[] }) =>
  messages.at(-1)?.content ?? "";
