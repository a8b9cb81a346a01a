/** The real small model has the program compute, where it must call: its arguments are held by a grammar. */
import { describe, expect, test } from "bun:test";
import type { Engine } from "../../src/chat/engine.ts";
import { datasetsOf } from "../../src/workspace/datasets.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { toolsOfSize } from "../fakes/model-tools.ts";
import { openSmallModel } from "../fakes/small-model.ts";
import { read } from "./read-answer.ts";

/** Passes everything on, but the model must call what it is offered first. */
function mustCall(inner: Engine): Engine {
  return {
    name: inner.name,
    status: () => inner.status(),
    ensureReady: (signal) => inner.ensureReady(signal),
    countTokens: (messages, signal) => inner.countTokens(messages, signal),
    generate(request, signal) {
      const [first] = request.tools ?? [];
      const isTold = request.messages.some(({ role }) => role === "tool");
      const asked =
        first === undefined || isTold ? request : { ...request, toolChoice: { name: first.name } };
      return inner.generate(asked, signal);
    },
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}

const days = Array.from({ length: 40 }, (_, day) => {
  const close = 2000 + ((day * 7) % 11) * 2.5;
  const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  return [date, close - 1, close + 4, close - 4, close].join(",");
});
const csv = new TextEncoder().encode(`Date,Open,High,Low,Close\n${days.join("\n")}\n`);

describe("The small model", () => {
  test("calls an indicator over the owner's series, and goes on with its value", async () => {
    const engine = mustCall(openSmallModel({ parallel: 1, contextSize: 2048 }));
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    await datasetsOf({ store: program.store }, null).import(
      { name: "XAUUSD_D1.csv", bytes: csv },
      { answers: {}, isCommitted: true, signal: new AbortController().signal },
    );
    const { id } = await program.generations.ask({
      ...ask("What does the RSI say about gold?"),
      sampling: { ...ask("").sampling, maxTokens: 120 },
    });
    const { text, outcome, updates } = await read(program.generations, id);
    expect(outcome?.state).toBe("done");
    const logged = updates.flatMap((update) => (update.type === "tokens" ? update.tokens : []));
    const [use] = logged.flatMap(({ toolUse }) => toolUse ?? []);
    const [result] = logged.flatMap(({ toolResult }) => toolResult ?? []);
    expect(use?.name).toBe("rsi");
    expect(JSON.parse(use?.arguments ?? "")).toMatchObject({ dataset: "XAUUSD D1" });
    expect(Object.keys(JSON.parse(result?.content ?? ""))).toContain(result?.failed ? "error" : "results");
    expect(text.trim()).not.toBe("");
  }, 120_000);
});
