/** The card: what it shows, and in which order. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../../src/finance/calculators/calculators.ts";
import { createDesk, type Prose } from "../../../src/finance/desk/create-desk.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { classifyFigures } from "../../../src/finance/numbers/classify-figures.ts";

const desk = (prose: Prose = "auto") =>
  createDesk({
    instruments: () => builtInInstruments,
    prose: () => prose,
    isTiny: (model) => model === "tiny",
  });
const ask = (question: string, { prose, model = "large" }: { prose?: Prose; model?: string } = {}) =>
  desk(prose)(question, { ownerId: null, model });
const cardOf = async (question: string) => (await ask(question))?.card ?? "";

const question =
  "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. What is my position size?";

describe("A card", () => {
  test("shows the result first, then the inputs as read, the formula with the numbers in it, and the links", async () => {
    const card = await cardOf(question);
    const order = [
      "### Position size: **0.40 lots** (EURUSD)",
      "| Really risked | 100.00 USD |",
      "- Account balance: 10,000 USD (read from “$10,000”)",
      "**Formula:** lots = risk ÷",
      "10000 USD × 1% ÷ (25 pips × 0.0001 × 100000)",
      "contract size 100,000 EUR",
      "[Open the calculator](/calculators/position-size?",
      "[Change the inputs](/calculators/position-size?",
    ].map((part) => card.indexOf(part));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBe(0);
    expect(card).toContain("balance=10000");
    expect(card).toEndWith("\n\n");
  });

  test("shows a default as one", async () => {
    expect(await cardOf("What is the monthly payment on a loan of $20,000 at 6% over 5 years?")).toContain(
      "- Extra payment a month: 0 USD (default)",
    );
  });

  test("of a refusal says what to change, and has no result", async () => {
    const refused = [
      ["What position size with -$10,000, 1% risk and a 25 pip stop on EURUSD?", "Account balance must be"],
      [
        "What position size with $10,000, 1000% risk and a 25 pip stop on EURUSD?",
        "Risk, in % of the balance",
      ],
      ["What position size with $10,000, 1% risk and a 0 pip stop on EURUSD?", "Stop, in pips must be"],
      ["What position size with $10,000, 1% risk and a 25 pip stop on ABCXYZ?", '"ABCXYZ" is unknown'],
      ["What position size with $10,000, 1% risk and a 25 pip stop on EURGBP?", "rate"],
    ] as const;
    for (const [asked, sentence] of refused) {
      const answer = await ask(asked);
      expect({ asked, card: answer?.card ?? "" }).toEqual({ asked, card: expect.stringContaining(sentence) });
      expect(answer?.card).toStartWith("### Position size: not computed");
      expect(answer?.facts).toEqual([]);
    }
  });

  test("of a missing input says what was read and what is missing", async () => {
    const card = await cardOf("What position size should I use on EURUSD with a $10,000 account?");
    expect(card).toContain("- Account balance: 10,000 USD (“$10,000”)");
    expect(card).toContain("- Risk, in % of the balance, or Risk, as an amount");
    expect(card).toContain("[Fill in the form](/calculators/position-size?");
  });

  test("of two readings shows both, with a link each", async () => {
    const card = await cardOf("What is the monthly payment on a loan of 1.234 at 5% for 3 years?");
    expect(card.match(/\[Compute this\]\(\/calculators\/loan\?amount=[\d.]+/g)).toEqual([
      "[Compute this](/calculators/loan?amount=1234",
      "[Compute this](/calculators/loan?amount=1.234",
    ]);
  });

  test("lets no mark of a user's words work", async () => {
    const card = await cardOf(
      "What position size with $10,000, 1% risk and a 25 pip stop on EURUSD? ![x](http://x)",
    );
    expect(card).not.toContain("http://x");
  });
});

describe("Every figure of a card is traced", () => {
  for (const calculator of calculators)
    test(calculator.name, async () => {
      for (const { question: asked } of calculator.asked.examples) {
        const answer = await ask(asked);
        const facts = (answer?.facts ?? []).map((fact) => ({ at: 0, fact }));
        const quotes = [{ where: "question", text: asked }];
        const figures = classifyFigures(answer?.card ?? "", { facts, quotes });
        expect(facts.length).toBeGreaterThan(0);
        const unsupported = figures
          .filter((figure) => figure.class === "unsupported")
          .map(({ text }) => text);
        expect({ asked, unsupported }).toEqual({ asked, unsupported: [] });
      }
    });

  test("and the same words with another number in them prove nothing", async () => {
    const answer = await ask(question);
    const facts = (answer?.facts ?? []).map((fact) => ({ at: 0, fact }));
    const card = (answer?.card ?? "").replaceAll("25 pips × 0.0001 × 100000", "26 pips × 0.0001 × 100000");
    const figures = classifyFigures(card, { facts, quotes: [{ where: "question", text: question }] });
    expect(figures.filter((figure) => figure.class === "unsupported").map(({ text }) => text)).toContain(
      "26",
    );
  });
});

describe("A model adds to a card", () => {
  const wanted = async (prose: Prose, model: string, asked = question) =>
    (await ask(asked, { prose, model }))?.wantsProse;

  test("as the setting says, and a tiny one adds nothing unless it is told to", async () => {
    expect(await wanted("auto", "large")).toBe(true);
    expect(await wanted("auto", "tiny")).toBe(false);
    expect(await wanted("free", "tiny")).toBe(true);
    expect(await wanted("none", "large")).toBe(false);
  });

  test("without a digit of its own to a result only, when the setting is strict", async () => {
    expect(await ask(question, { prose: "strict" })).toMatchObject({ wantsProse: true, withoutDigits: true });
    expect(await ask(question, { prose: "free" })).not.toHaveProperty("withoutDigits");
    const asks = await ask("What position size on EURUSD with a $10,000 account?", { prose: "strict" });
    expect(asks).toMatchObject({ facts: [], wantsProse: false });
    expect(asks).not.toHaveProperty("withoutDigits");
  });

  test("but not to one that asks", async () => {
    expect(await wanted("auto", "large", "What position size on EURUSD with a $10,000 account?")).toBe(false);
  });
});
