/**
 * Asks the desk about series that nobody has seen before, without a model, and compares its figures with the reference; then has each
 * fact computed again, as the rows are and with one byte of them changed.
 */
import type { DeskAnswer } from "../../../src/finance/desk/desk-answer.ts";
import type { Fact } from "../../../src/finance/facts/fact.ts";
import { classifyFigures } from "../../../src/finance/numbers/classify-figures.ts";
import { randomFrom } from "../../faults/random.ts";
import { languages } from "../drawn-figures.ts";
import { type DataQuestion, dataIntents } from "./data-intents.ts";
import { dataNearMisses } from "./data-near-misses.ts";
import { openWorld } from "./world.ts";

export interface DataMarks {
  readonly asked: number;
  readonly right: number;
  readonly wrong: readonly string[];
  readonly unanswered: readonly string[];
  readonly cardsOnNearMisses: readonly string[];
  readonly nearMisses: number;
  /** Figures of the cards that nothing proves. */
  readonly unchecked: readonly string[];
  readonly facts: number;
  readonly equal: number;
  /** Facts that are not equal once a byte of their rows is another. */
  readonly reported: number;
}

interface Options {
  readonly count: number;
  readonly facts: number;
  readonly seed: number;
}

export async function takeDataExam({ count, facts: most, seed }: Options): Promise<DataMarks> {
  const { desk, series } = await openWorld(seed);
  using _desk = desk;
  const random = randomFrom(seed + 1);
  const [wrong, unanswered, unchecked]: [string[], string[], string[]] = [[], [], []];
  const facts = new Map<string, Fact>();
  let right = 0;
  for (let index = 0; index < count; index++) {
    const intent = dataIntents[index % dataIntents.length];
    const language = languages[(index + Math.floor(index / dataIntents.length)) % languages.length] ?? "en";
    if (intent === undefined) throw new Error("There are no intents.");
    const asked = { intent: intent.name, ...intent.make({ random, language, series }) };
    const answer = await desk.ask(asked.question);
    if (answer === null || answer.facts.length === 0)
      unanswered.push(`${intent.name}: ${asked.question} (${answer?.card.split("\n")[0]})`);
    else {
      const fault = faultOf(asked, answer);
      if (fault === null) right++;
      else wrong.push(`${intent.name}: ${asked.question}\n    ${fault}`);
      unchecked.push(...uncheckedIn(answer).map((text) => `${text}: ${asked.question}`));
      for (const fact of answer.facts) if (isOfRows(fact)) facts.set(fact.id, fact);
    }
  }
  const cards: string[] = [];
  for (const question of dataNearMisses) {
    const answer = await desk.ask(question);
    if (answer !== null) cards.push(`${question} (${answer.card.split("\n")[0]})`);
  }
  const chosen = spread([...facts.values()], most);
  let [equal, reported] = [0, 0];
  for (const fact of chosen) {
    if ((await desk.figures.verify(fact))?.equal === true) equal++;
    using _changed = desk.withFlippedByte(fact);
    if ((await desk.figures.verify(fact))?.equal === false) reported++;
  }
  return {
    ...{ asked: count, right, wrong, unanswered, unchecked },
    ...{ nearMisses: dataNearMisses.length, cardsOnNearMisses: cards },
    ...{ facts: chosen.length, equal, reported },
  };
}

const isOfRows = ({ formula }: Fact) => formula.parameters.dataset !== undefined;

/** Of all of them, evenly. */
const spread = <Each>(list: readonly Each[], most: number) =>
  list
    .filter(
      (_, index) =>
        index === 0 ||
        Math.floor((index * most) / list.length) > Math.floor(((index - 1) * most) / list.length),
    )
    .slice(0, most);

/** @returns null: each expected figure is there, and right to the last digit that is shown */
function faultOf({ expected }: DataQuestion, { facts }: DeskAnswer): string | null {
  for (const { name, subject, value, timeframe } of expected) {
    const fact = facts.find(
      (each) =>
        (name === undefined || each.name === name) &&
        each.subject === subject &&
        (timeframe === undefined || each.formula.steps.includes(`${subject} ${timeframe}`)),
    );
    if (fact === undefined) return `there is no ${name ?? "figure"} of ${subject}`;
    if (name === undefined && fact !== facts[0]) return `${fact.name} does not come first`;
    const shown = Number(fact.value);
    const decimals = Math.min(9, fact.value?.split(".")[1]?.length ?? 0);
    // Rounded half a step at most; doubles differ in their last digits.
    if (fact.value === null || Math.abs(shown - value) > 0.5000001 * 10 ** -decimals + Math.abs(value) * 1e-9)
      return `${fact.name} of ${subject} is ${fact.value}, and should be ${value}`;
  }
  return null;
}

const uncheckedIn = ({ card, facts }: DeskAnswer) =>
  classifyFigures(card, { facts: facts.map((fact) => ({ at: 0, fact })), quotes: [] })
    .filter((figure) => figure.class === "unsupported")
    .map(({ text }) => text);
