/** Gives each answer the facts of another answer to the same kind of question, and counts the figures that are still called proved. */
import { classifyFigures } from "../../src/finance/numbers/classify-figures.ts";
import type { CitableFact } from "../../src/finance/numbers/sources.ts";
import { seededRandom } from "./seeded-random.ts";

interface Answer {
  readonly text: string;
  readonly facts: readonly CitableFact[];
}

const money = (value: number) => value.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const fact = (
  id: string,
  label: string,
  value: number,
  unit: string | null,
  subject: string | null = null,
): CitableFact => ({
  id,
  name: label.toLowerCase().replaceAll(" ", "-"),
  label,
  value: value.toFixed(2),
  unit,
  subject,
});

const kinds: readonly ((random: () => number) => Answer)[] = [
  (random) => {
    const [lots, risk, margin] = [0.01 + random() * 20, 20 + random() * 3000, 100 + random() * 30_000];
    return {
      text: `Your position size on EURUSD is ${lots.toFixed(2)} lots. You risk $${money(risk)}, and the margin is $${money(margin)}.`,
      facts: [
        fact("f1", "Lots", lots, "lots", "EURUSD"),
        fact("f2", "Risk amount", risk, "USD", "EURUSD"),
        fact("f3", "Margin", margin, "USD", "EURUSD"),
      ],
    };
  },
  (random) => {
    const [payment, interest, paid] = [
      200 + random() * 4000,
      5000 + random() * 300_000,
      50_000 + random() * 700_000,
    ];
    return {
      text: `Die monatliche Rate beträgt ${money(payment)} EUR. Die Zinsen sind ${money(interest)} EUR, insgesamt ${money(paid)} EUR.`,
      facts: [
        fact("f1", "Monthly payment", payment, "EUR per month"),
        fact("f2", "Total interest", interest, "EUR"),
        fact("f3", "Total paid", paid, "EUR"),
      ],
    };
  },
  (random) => {
    const [growth, total] = [-20 + random() * 60, -80 + random() * 500];
    const by = (value: number) => `${value < 0 ? "fell" : "rose"} by ${Math.abs(value).toFixed(2)}%`;
    return {
      text: `The growth: it ${by(growth)} a year. The total return: it ${by(total)}.`,
      facts: [fact("f1", "Growth a year", growth, "%"), fact("f2", "Total return", total, "%")],
    };
  },
];

export interface ShuffledResult {
  readonly figures: number;
  /** With its own facts: nearly all. */
  readonly proved: number;
  /** With those of another answer: nearly none. */
  readonly provedByChance: number;
}

export function shuffledFacts(answers: number, seed = 1): ShuffledResult {
  const random = seededRandom(seed);
  const made = Array.from(
    { length: answers },
    (_, at) => kinds[at % kinds.length]?.(random) ?? { text: "", facts: [] },
  );
  const provedOf = (text: string, facts: readonly CitableFact[]) =>
    classifyFigures(text, { facts: facts.map((each) => ({ at: 0, fact: each })), quotes: [] });
  const result = { figures: 0, proved: 0, provedByChance: 0 };
  const isProved = ({ class: kind }: { readonly class: string }) => kind === "computed" || kind === "derived";
  for (const [at, { text, facts }] of made.entries()) {
    const other = made[(at + kinds.length) % made.length]?.facts ?? [];
    const own = provedOf(text, facts);
    result.figures += own.length;
    result.proved += own.filter(isProved).length;
    result.provedByChance += provedOf(text, other).filter(isProved).length;
  }
  return result;
}
