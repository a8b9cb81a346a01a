/** Cards that ask or refuse name limits: no card of the program bears the mark of an unchecked figure. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { missingCard, refusedCard } from "../../src/finance/desk/card.ts";
import { answerFigures } from "../../src/generations/answer-figures.ts";
import { refusalsOf } from "../finance/desk/refused-inputs.ts";

const writer = { engine: "desk", model: "desk", modelHash: null, fromToken: 0 };

/** The figures of an answer that begins with this card, and goes on with this text. */
function figuresOf(card: string, prose = "") {
  return answerFigures(
    {
      facts: { ofGeneration: () => [] },
      files: { ofMessages: () => new Map(), textOf: () => "" },
      documents: { ofMessages: () => new Map() },
      memories: { get: () => undefined },
      messages: { ancestors: () => [] },
      tokenLog: { read: () => [{ text: card, ids: [], card: true }] },
    },
    { id: "g", questionId: "q", receipt: null, writers: [writer] },
    () => [],
  ).figuresIn(card + prose, { from: 0, isWhole: true });
}

const unchecked = (card: string) =>
  figuresOf(card)
    .filter((figure) => figure.class === "unsupported")
    .map(({ text }) => text);

describe("A card that refuses or asks has no unchecked figure", () => {
  for (const calculator of calculators)
    test(calculator.name, () => {
      const refusals = refusalsOf(calculator);
      expect(refusals.length).toBeGreaterThan(0);
      for (const language of ["en", "de"] as const) {
        for (const { inputs, error } of refusals) {
          const route = { calculator, inputs: textsOf(inputs), read: [], language };
          expect(unchecked(refusedCard({ kind: "answer", ...route }, error.words))).toEqual([]);
        }
        for (const { inputs } of calculator.asked.examples) {
          const missing = Object.keys(calculator.inputs.properties);
          const route = { calculator, inputs: textsOf(inputs), read: [], language };
          expect(unchecked(missingCard({ kind: "missing", missing, ...route }))).toEqual([]);
        }
      }
    });

  test("its limits are conventions, and what a model adds is checked as everywhere", () => {
    const card = "Risk, in % of the balance must be a number above 0 of at most 100, in %.\n\n";
    const figures = figuresOf(card, "Gold will be at 4,321 USD.");
    expect(figures.map(({ text, class: kind }) => [text, kind])).toEqual([
      ["0", "convention"],
      ["100", "convention"],
      ["4,321", "unsupported"],
    ]);
    expect(figures[1]?.words).toContain("limit");
  });
});

const textsOf = (inputs: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, typeof value === "number" ? value : String(value)]),
  );
