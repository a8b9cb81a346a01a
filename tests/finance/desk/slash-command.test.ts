/** Commands of calculators in a question: each calculator's examples as a command give what its inputs give. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../../src/finance/calculators/calculators.ts";
import { createDesk } from "../../../src/finance/desk/create-desk.ts";
import { slashCommandIn } from "../../../src/finance/desk/slash-command.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";

const desk = createDesk({ instruments: () => builtInInstruments, prose: () => "none", isTiny: () => false });
const ask = (question: string) => desk(question, { ownerId: null, model: "any" });

describe.each(calculators.map((each) => [each.name, each] as const))("/%s", (name, calculator) => {
  test("computes its examples from their inputs", async () => {
    for (const { inputs } of calculator.asked.examples) {
      const pairs = Object.entries(inputs).map(
        ([key, value]) => `${key}=${/\s/.test(String(value)) ? `"${value}"` : value}`,
      );
      const answer = await ask(`/${name} ${pairs.join(" ")}`);
      expect(answer?.facts.map(({ id }) => id)).toEqual(
        compute(calculator, inputs, builtInInstruments).facts.map(({ id }) => id),
      );
    }
  });

  test("alone says what it needs, and computes nothing", async () => {
    const answer = await ask(`/${name}`);
    expect(answer?.facts).toEqual([]);
    expect(answer?.card).toContain(`### ${calculator.title}: not computed`);
  });
});

test("names of inputs are taken in any case, values as they are written", () => {
  expect(slashCommandIn('/cagr START=10000 End = 16000.50  years="5"')).toMatchObject({
    inputs: { start: "10000", end: "16000.50", years: "5" },
    problem: null,
  });
});

test.each([
  ["/cagr from 10000 to 16000", /no input.*start, end, years/],
  ["/cagr start=1 start=2", /twice/],
  ["/cagr start=1 rate=2", /no input “rate”/],
  ["/cagr start=10,000 end=2 years=1", /two ways/],
  ["/cagr start=1e309 end=2 years=1", /plain number/],
  ['/cagr start="1 end=2', /./],
])("%s is not computed, and says why", async (question, message) => {
  const answer = await ask(question);
  expect(answer?.facts).toEqual([]);
  expect(answer?.card).toMatch(message);
});

test.each(["/etc/hosts", "/nope start=1", "/ cagr", "What is /cagr start=1?"])(
  "%s is no command",
  (question) => {
    expect(slashCommandIn(question)).toBeNull();
  },
);
