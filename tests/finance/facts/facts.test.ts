import { describe, expect, test } from "bun:test";
import { cagr } from "../../../src/finance/calculators/cagr.ts";
import { canonical } from "../../../src/finance/facts/canonical.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import { verifyFact } from "../../../src/finance/facts/verify.ts";
import { growth, noInstruments } from "./growth.ts";

describe("A fact", () => {
  test("has the value, the formula with its numbers, and the inputs", () => {
    const [fact] = growth().facts;
    expect(fact).toMatchObject({
      name: "cagr",
      value: "9.86",
      unit: "%",
      kind: "computed",
      formula: { id: "cagr", version: 1, parameters: { start: 10_000, end: 16_000, years: 5 } },
    });
    expect(fact.formula.steps).toContain("16000 ÷ 10000");
    expect(fact.inputs.map(({ name, value, from }) => [name, value, from])).toEqual([
      ["start", "10000", "user"],
      ["end", "16000", "user"],
      ["years", "5", "user"],
    ]);
  });

  test("has the same id for the same question, and another one for any other", () => {
    const idOf = (inputs: object) => compute(cagr, inputs, noInstruments).facts[0].id;
    expect(idOf({ start: 1, end: 2, years: 3 })).toBe(idOf({ years: 3, end: 2, start: 1 }));
    const ids = [
      { start: 1, end: 2, years: 3 },
      { start: 1, end: 2, years: 3.5 },
      { start: 2, end: 1, years: 3 },
    ].map(idOf);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^f[0-9a-f]{24}$/);
  });

  test("is refused in words for inputs that are missing, of another kind, out of range or unknown", () => {
    const refusal = (inputs: unknown) => {
      try {
        compute(cagr, inputs, noInstruments);
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      return "nothing";
    };
    expect(refusal({ start: 1, end: 2 })).toBe(
      "Years is missing: state a number above 0 of at most 1000, in years.",
    );
    expect(refusal({ start: -1, end: 2, years: 1 })).toContain(
      "Value at the beginning must be a number above 0",
    );
    expect(refusal({ start: "a lot", end: 2, years: 1 })).toContain("Value at the beginning must be");
    expect(refusal({ start: Number.POSITIVE_INFINITY, end: 2, years: 1 })).toContain(
      "Value at the beginning",
    );
    expect(refusal({ start: 1, end: 2, years: 1, tears: 1 })).toContain('no input "tears"');
    expect(refusal([])).toContain("one JSON object");
    expect(refusal(null)).toContain("is missing");
  });
});

describe("Verifying a fact", () => {
  const [fact] = growth().facts;

  test("computes it again, and it is equal", () => {
    expect(verifyFact(fact, noInstruments)).toEqual({ equal: true, value: "9.86", changed: [] });
  });

  test("reports another value, another version, another input, and a calculator that is gone", () => {
    const { formula } = fact;
    const changedOf = (changed: Partial<typeof fact>) =>
      verifyFact({ ...fact, ...changed }, noInstruments).changed;
    expect(changedOf({ value: "9.99" })).toEqual(["Value: 9.99, now 9.86."]);
    expect(changedOf({ formula: { ...formula, version: 0 } })).toEqual([
      "Formula: version 0, now version 1.",
    ]);
    const [start, ...rest] = fact.inputs;
    expect(start).toBeDefined();
    if (start !== undefined)
      expect(changedOf({ inputs: [{ ...start, value: "1" }, ...rest] })).toEqual([
        "Value at the beginning: 1, now 10000.",
      ]);
    expect(changedOf({ formula: { ...formula, id: "tea-leaves" } })[0]).toContain("no calculator");
    expect(changedOf({ inputsHash: "0" })).toHaveLength(1);
    expect(
      changedOf({ formula: { ...formula, parameters: { ...formula.parameters, years: -1 } } })[0],
    ).toContain("cannot be computed any more");
  });
});

test("One value has one canonical text", () => {
  expect(canonical({ b: [1, "x", null], a: undefined, c: { e: true, d: 0.1 } })).toBe(
    '{"b":[1,"x",null],"c":{"d":0.1,"e":true}}',
  );
});
