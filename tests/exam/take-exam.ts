/** Asks the desk generated questions and near-misses, and counts. What is right is computed by the calculators directly. */
import { calculatorNamed } from "../../src/finance/calculators/calculators.ts";
import { createDesk } from "../../src/finance/desk/create-desk.ts";
import { compute } from "../../src/finance/facts/compute.ts";
import type { Fact } from "../../src/finance/facts/fact.ts";
import { builtInInstruments } from "../../src/finance/instruments/catalog.ts";
import { randomFrom } from "../faults/random.ts";
import { borrowingIntents } from "./borrowing-intents.ts";
import { languages, oneOf, type Random } from "./drawn-figures.ts";
import type { Intent } from "./intents.ts";
import { marketIntents } from "./market-intents.ts";
import { nearMisses } from "./near-misses.ts";
import { savingIntents } from "./saving-intents.ts";
import { tradingIntents } from "./trading-intents.ts";

export const intents: readonly Intent[] = [
  ...tradingIntents,
  ...marketIntents,
  ...savingIntents,
  ...borrowingIntents,
];

interface AskedQuestion {
  readonly question: string;
  readonly intent: Intent;
  readonly inputs: Readonly<Record<string, string | number>>;
}

export interface Marks {
  readonly asked: number;
  readonly right: number;
  /** A figure, and not the right one. */
  readonly wrong: readonly string[];
  /** A card without a figure, or none. */
  readonly unanswered: readonly string[];
  readonly nearMisses: number;
  readonly cardsOnNearMisses: readonly string[];
}

/** Who is examined. @returns null: it gives no card */
export type Ask = (question: string) => Promise<Answered | null>;

interface Answered {
  readonly card: string;
  readonly facts: readonly (Pick<Fact, "value" | "unit"> & {
    readonly formula: Pick<Fact["formula"], "id" | "parameters">;
  })[];
}

const desk = createDesk({ instruments: () => builtInInstruments, prose: () => "none", isTiny: () => false });
const askDesk: Ask = (question) => desk(question, { ownerId: null, model: "none" });

interface ExamOf {
  readonly count: number;
  readonly seed: number;
  /** The desk itself, unless told. */
  readonly ask?: Ask;
}

export async function takeExam({ count, seed, ask = askDesk }: ExamOf): Promise<Marks> {
  const random = randomFrom(seed);
  const wrong: string[] = [];
  const unanswered: string[] = [];
  const rightly: string[] = [];
  for (let index = 0; index < count; index++) {
    const { question, intent, inputs } = questionOf(intents[index % intents.length], random, index);
    const calculator = calculatorNamed(intent.calculator);
    if (calculator === undefined) throw new Error(`There is no calculator ${intent.calculator}.`);
    const expected = compute(calculator, inputs, builtInInstruments);
    const answer = await ask(question);
    const [fact] = answer?.facts ?? [];
    if (fact === undefined)
      unanswered.push(
        `${intent.name}: ${question}${answer === null ? "" : ` (${answer.card.split("\n")[0]})`}`,
      );
    else if (
      fact.formula.id === calculator.name &&
      fact.value === expected.facts[0].value &&
      fact.unit === expected.facts[0].unit &&
      Bun.deepEquals(fact.formula.parameters, expected.parameters)
    )
      rightly.push(question);
    else
      wrong.push(
        `${intent.name}: ${question}\n    read ${JSON.stringify(fact.formula.parameters)}\n    meant ${JSON.stringify(expected.parameters)}`,
      );
  }
  const misses = nearMisses(rightly, 320);
  const cards: string[] = [];
  for (const question of misses) if ((await ask(question)) !== null) cards.push(question);
  return {
    asked: count,
    right: rightly.length,
    wrong,
    unanswered,
    nearMisses: misses.length,
    cardsOnNearMisses: cards,
  };
}

export function questionOf(intent: Intent | undefined, random: Random, index: number): AskedQuestion {
  if (intent === undefined) throw new Error("There are no intents.");
  const language = languages[(index + Math.floor(index / intents.length)) % languages.length] ?? "en";
  const currency = oneOf(
    random,
    intent.currencies ?? (language === "en" ? ["USD", "GBP", "EUR", "CHF"] : ["EUR", "CHF", "USD"]),
  );
  const drawn = Object.entries(intent.draws).map(([name, draw]) => ({
    name,
    ...draw(random, language, currency),
  }));
  const question = drawn.reduce(
    (text, { name, text: words }) => text.replace(`{${name}}`, words),
    oneOf(random, intent[language]),
  );
  const inputs = Object.fromEntries(drawn.map(({ name, value }) => [name, value]));
  return {
    ...{ question, intent },
    inputs: {
      ...inputs,
      ...intent.fixed,
      ...(intent.currency === undefined ? {} : { [intent.currency]: currency }),
    },
  };
}
