/** What a model's call is computed from: parameters that nobody has stated are none. */
import { describe, expect, test } from "bun:test";
import { datasetsOf } from "../../src/workspace/datasets.ts";
import { toolsOfSize } from "../fakes/model-tools.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const days = Array.from({ length: 80 }, (_, day) => {
  const close = 2000 + ((day * 7) % 11) * 2.5;
  const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  return [date, close - 1, close + 4, close - 4, close].join(",");
});
const bytes = new TextEncoder().encode(`Date,Open,High,Low,Close\n${days.join("\n")}\n`);

async function open() {
  const store = temporaryStore();
  await datasetsOf({ store }, null).import(
    { name: "XAUUSD_D1.csv", bytes },
    { answers: {}, isCommitted: true, signal: new AbortController().signal },
  );
  const own = toolsOfSize()(store)("How often does gold rise, and what is its volatility and RSI?", null);
  if (own === null) throw new Error("No tool is offered.");
  const called = (name: string, given: object, isKnown: (text: string) => boolean) =>
    own.call({ id: "call_1", name, arguments: JSON.stringify({ dataset: "XAUUSD D1", ...given }) }, isKnown);
  return { called, [Symbol.dispose]: () => store[Symbol.dispose]() };
}

describe("A model's call over a series", () => {
  test("takes no parameter of a statistic that nobody has stated", async () => {
    using it = await open();
    const invented = await it.called("base-rate", { stop: 0.7, target: 1.3 }, () => false);
    expect(invented).toMatchObject({ failed: true, facts: [] });
    expect(invented.content).toContain("Nobody has stated 0.7");
    const usual = await it.called("base-rate", {}, () => false);
    expect(usual.facts).not.toHaveLength(0);
  });

  test("may choose the period of an indicator, which its name shows", async () => {
    using it = await open();
    const { facts } = await it.called("rsi", { period: 9 }, () => false);
    expect(facts[0]).toMatchObject({ formula: { parameters: { period: 9 } } });
  });
});
