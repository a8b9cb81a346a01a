/** What the desk reads from a question, and what it leaves to a model. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../../src/finance/calculators/calculators.ts";
import { type Route, routeQuestion } from "../../../src/finance/desk/route-question.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import { builtInInstruments as instruments } from "../../../src/finance/instruments/catalog.ts";
import { inLanguage } from "../../../src/texts/say.ts";
import { exampleQuestions } from "../../../views/fragments/empty-thread.tsx";

const route = (question: string) => routeQuestion(question, { instruments });
/** The calculator and its inputs, of an answer alone. */
const answered = (question: string) => {
  const found = route(question);
  return found?.kind === "answer" ? { name: found.calculator.name, ...found.inputs } : found?.kind;
};
const optionsOf = (found: Route | null) =>
  found?.kind === "choice" ? found.options.map(({ inputs }) => inputs) : found?.kind;

describe("The desk", () => {
  for (const calculator of calculators)
    test(`reads every example of ${calculator.name}`, () => {
      for (const { question, inputs } of calculator.asked.examples) {
        const found = route(question);
        expect({ question, kind: found?.kind }).toEqual({ question, kind: "answer" });
        if (found?.kind !== "answer") continue;
        expect({ question, name: found.calculator.name }).toEqual({ question, name: calculator.name });
        const read = compute(calculator, found.inputs, instruments).parameters;
        expect({ question, ...read }).toEqual({
          question,
          ...compute(calculator, inputs, instruments).parameters,
        });
      }
    });

  test("answers each example of the empty page", () => {
    expect(exampleQuestions.map(([, question]) => route(question)?.kind)).toEqual(
      exampleQuestions.map(() => "answer"),
    );
  });

  test.each(["de", "es"] as const)("reads the examples of the empty page in %p as in English", (language) => {
    const inLanguages = exampleQuestions.map(([, question]) => answered(inLanguage(question, language)));
    expect(inLanguages).toEqual(exampleQuestions.map(([, question]) => answered(question)));
  });

  test("says how each input was read", () => {
    const found = route("I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. What lot size?");
    expect(found?.kind === "answer" && found.read).toEqual(
      expect.arrayContaining([
        { name: "balance", words: "$10,000" },
        { name: "stopPips", words: "25 pip" },
        { name: "symbol", words: "EURUSD" },
      ]),
    );
  });
});

describe("A figure that is read in two ways", () => {
  test("is asked, and proven by the other figures or by the language and the unit", () => {
    const amounts = (question: string) => {
      const found = optionsOf(route(question));
      return Array.isArray(found) ? found.map(({ amount }) => amount) : found;
    };
    expect(amounts("What is the monthly payment on a loan of 1.234 at 5% for 3 years?")).toEqual([
      1234, 1.234,
    ]);
    expect(amounts("What is the monthly payment on a loan of 1.234 EUR at 5% for 3 years?")).toEqual([
      1234, 1.234,
    ]);
    expect(answered("What is the monthly payment on a loan of 1.234 at 5,5% for 3 years?")).toMatchObject({
      amount: 1234,
    });
    expect(answered("What is the monthly payment on a loan of 1,234 at 5% for 3 years?")).toMatchObject({
      amount: 1234,
    });
    expect(
      answered("Wie hoch ist die Monatsrate für einen Kredit von 1.234 € bei 5 % über 3 Jahre?"),
    ).toMatchObject({ amount: 1234 });
    expect(amounts("Wie hoch ist die Monatsrate für einen Kredit von 1,234 € bei 5 % über 3 Jahre?")).toEqual(
      [1234, 1.234],
    );
  });

  test("is no choice where the input allows only one of them", () => {
    expect(answered("How long does it take to double my money at 1.234%?")).toMatchObject({ rate: 1.234 });
  });
});

describe("The form is offered", () => {
  test("when the question asks for a calculation, and an input is missing", () => {
    expect(route("What position size should I use on EURUSD with a $10,000 account?")).toMatchObject({
      kind: "missing",
      inputs: { balance: 10_000, symbol: "EURUSD", currency: "USD" },
      missing: ["riskPercent", "stopPips"],
    });
  });

  test("never for words alone", () => {
    for (const question of ["What position size should I use?", "How much is a loan?", "Compound interest?"])
      expect({ question, route: route(question) }).toEqual({ question, route: null });
  });
});

describe("No wrong reading", () => {
  test("of an amount that recurs as one that is paid once", () => {
    for (const question of [
      "What is the compound interest on $200 a month at 5% for 10 years?",
      "Compound interest at 5% on $200 monthly for 10 years",
      "What will $200 a week grow to at 5% in 10 years?",
      "What is the monthly payment on a loan of $20,000 at 1% a month for 3 years?",
    ]) {
      const found = answered(question);
      expect({ question, found: typeof found === "object" ? found.name : "none" }).not.toMatchObject({
        found: "compound-interest",
      });
      if (question.includes("1% a month")) expect(found).not.toBeObject();
    }
  });

  test("of a figure that is something else", () => {
    for (const question of [
      "What is the monthly payment on a $300,000 loan at 4% over 30 years with 20% down?",
      "What is the monthly payment on a $300,000 loan at 4% over 30 years with 5 points?",
      "What will $10,000 grow to at 5% in 10 years after 25% tax?",
      "How many lots of EURUSD with $10,000, 1% risk and 25 pips stop, with 7 USD commission?",
    ])
      expect({ question, kind: route(question)?.kind }).not.toMatchObject({ kind: "answer" });
  });
});

test("A question of 20,000 characters, and one of a thousand figures, takes under 5 ms and has no card", () => {
  const questions = [
    "What is my position size with $10,000, 1% risk, 25 pips on EURUSD? ".repeat(300).slice(0, 20_000),
    Array.from({ length: 1000 }, (_, index) => index).join(" "),
    `position size ${"1,".repeat(1990)}`,
    `${"lot size ".repeat(400)} 1% 25 pips EURUSD $10,000?`,
  ];
  for (const question of questions) route(question);
  for (const question of questions) {
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      expect(route(question)).toBeNull();
      return performance.now() - began;
    });
    expect(Math.min(...times)).toBeLessThan(5);
  }
});

describe("A stop in a question", () => {
  const about = (words: string) => answered(`What position size on gold with $10,000, 1% risk ${words}?`);
  const gold = { name: "position-size", symbol: "XAUUSD", balance: 10_000, riskPercent: 1, currency: "USD" };

  test("that is stated as $10 is a distance, not a price", () => {
    for (const words of ["and a $10 stop", "with a 10 dollar stop", "and a stop $10 away"])
      expect<unknown>(about(words)).toEqual({ ...gold, stopMove: 10 });
    expect<unknown>(answered("Wie viele Lots Gold bei 10.000 $ Konto, 1 % Risiko und 10 $ Stop?")).toEqual({
      ...gold,
      stopMove: 10,
    });
  });

  test("is a price behind the word, a share of the entry in per cent, and pips or points by their unit", () => {
    expect<unknown>(about(", entry 2350 and stop at 2340")).toEqual({
      ...gold,
      entry: 2350,
      stopPrice: 2340,
    });
    expect<unknown>(about(", entry 2400, stop 0.5%")).toEqual({ ...gold, entry: 2400, stopPercent: 0.5 });
    expect<unknown>(about("and a 100 pip stop")).toEqual({ ...gold, stopPips: 100 });
  });

  test("that can be a distance and a price is offered as both, and a price alone asks for the entry", () => {
    expect(
      optionsOf(route("Position size on gold, $10,000, 1% risk, entry 2350 with a $10 stop?")),
    ).toHaveLength(2);
    expect(route("What position size on gold, $10,000, 1% risk, stop 2340?")).toMatchObject({
      ...{ kind: "missing", missing: ["entry"] },
    });
  });

  test("in another currency than the price is no distance in it", () => {
    expect(route("What position size on DE40 with a $10,000 account, 1% risk and a $40 stop?")).toMatchObject(
      {
        kind: expect.not.stringMatching("answer"),
      },
    );
  });
});

describe("A share that nobody lists", () => {
  const money = { currency: "USD", quote: "USD" };
  test("is read by its ticker, priced in the account's currency, when entry and stop are stated", () => {
    const share = { name: "position-size", symbol: "AAPL", balance: 10_000, riskPercent: 1, ...money };
    for (const question of [
      "Risk 1% of $10k on AAPL at 180, stop 175",
      "How many shares of AAPL at $180 with a stop at $175, $10,000 account, 1% risk?",
      "Wie viele Aktien AAPL bei 10.000 $ Konto, 1 % Risiko, Einstieg 180 und Stop 175?",
    ])
      expect({ question, ...Object(answered(question)) }).toEqual({
        question,
        ...share,
        entry: 180,
        stopPrice: 175,
      });
    expect(route("risk 1% of 10k on AAPL at 180, stop 175")).toMatchObject({
      ...{ kind: "missing", missing: ["currency"] },
    });
  });
});
