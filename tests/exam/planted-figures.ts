/**
 * Writes answers with a figure in each that nothing proves, cuts them at every byte, and counts the figures that stand without a
 * mark. A pending figure counts as marked: it is not shown as proved.
 */
import type { Figure } from "../../src/finance/numbers/classified-figure.ts";
import { classifyFigures } from "../../src/finance/numbers/classify-figures.ts";
import { seededRandom } from "./seeded-random.ts";

const facts = [
  { id: "f1", name: "lots", label: "Position size", value: "0.40", unit: "lots", subject: "EURUSD" },
  { id: "f2", name: "risk-amount", label: "Risked", value: "100.00", unit: "USD", subject: "EURUSD" },
  {
    id: "f3",
    name: "monthly-payment",
    label: "Monthly payment",
    value: "954.83",
    unit: "EUR per month",
    subject: null,
  },
  { id: "f4", name: "rsi", label: "RSI", value: "50.0536", unit: null, subject: "XAUUSD D1" },
  { id: "f5", name: "change", label: "Change", value: "-3.25", unit: "%", subject: "XAUUSD D1" },
].map((fact) => ({ at: 0, fact }));
const quotes = [{ where: "m1", text: "I have $10,000 and risk 1% with a 25 pip stop on EURUSD at 1.0850." }];

/** § stands for the planted figure. */
const sentences = [
  "The position size is 0.40 lots, and the target is §.",
  "Your size on EURUSD is 0.40 lots. Gold trades at § today.",
  "With $10,000 you risk $100, and you may win § in the end.",
  "**Target: §** and stop 25 pips away.",
  "1. Buy at §\n2. Set the stop 25 pips away",
  "| Pair | Price | Lots |\n|---|---|---|\n| EURUSD | § | 0.40 |\n",
  "- Entry: §\n- Stop: 25 pips\n",
  "The RSI of gold is 50.05 and its ATR is §.",
  "It fell by 3.25 %, and then it rose by §.",
  "Resistance lies between § and the high.",
  "Der Kurs liegt bei § und das Ziel ist offen.",
  "Die Rate beträgt 954,83 EUR im Monat, der Rest §.",
  "There is a § chance (see below).",
  "At M15 the level is §; on H4 it is not.",
  "In 2025 the price was §. In 2026 nobody knows.",
  "The S&P 500 is at §, the DAX 40 is not.",
  "> A quote says §.\n\nThat was it.",
  "## Plan for §\n\nUse 0.40 lots.",
  "(§) is the result, 1% × $10,000 = $100.",
  "Sell half at § and wait.",
  "The difference between 0.40 lots and the total is §.",
  "$10,000 × 1% = §, they say.",
  "Gold: §\nSilver: nothing",
  "About § of all traders fail.",
  "It costs §!",
  "You need _§_ for it.",
  "Step 1: go to §.",
];

/** Written forms of a random number; none is one of the sources. */
const forms: readonly ((random: () => number) => string)[] = [
  (random) => (1100 + random() * 8000).toFixed(2),
  (random) =>
    `${Math.floor(2 + random() * 90)},${String(Math.floor(100 + random() * 899))}.${Math.floor(11 + random() * 80)}`,
  (random) => `$${Math.floor(11_001 + random() * 80_000)}`,
  (random) => `$${Math.floor(11 + random() * 80)}k`,
  (random) => `${Math.floor(4 + random() * 90)}.${Math.floor(11 + random() * 80)}%`,
  (random) => `${Math.floor(26 + random() * 70)} pips`,
  (random) => `${(1.1 + random() * 8).toFixed(2)} lots`,
  (random) => `${(1.1 + random() * 8).toFixed(2).replace(".", ",")} €`,
  (random) => `1.${Math.floor(1000 + random() * 7000)}1`,
  (random) => `−${(4 + random() * 40).toFixed(1)} %`,
  (random) => `€${(1.2 + random() * 8).toFixed(1)} million`,
  (random) => `${Math.floor(2101 + random() * 7000)}`,
  (random) => `1**${Math.floor(1 + random() * 8)}**37`,
  () => "seventy-three percent",
  () => "dreihundertsieben Euro",
  (random) => `１${Math.floor(1 + random() * 8)}７３`,
  (random) => `1:${(2.1 + random() * 7).toFixed(1)}`,
];

export interface PlantedResult {
  readonly texts: number;
  readonly cuts: number;
  /** What stood where without a mark. */
  readonly unmarked: readonly string[];
  /** A class that was sure of a beginning and is another one in the whole text. */
  readonly changed: readonly string[];
}

const isMarked = ({ class: kind, pending }: Figure) => pending || kind === "unsupported";
const keyOf = ({ start, end, class: kind }: Figure) => `${start}-${end} ${kind}`;

/** @param seed the same seed plants the same figures */
export function plantedFigures(texts: number, seed = 1): PlantedResult {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[], otherwise: T): T =>
    list[Math.floor(random() * list.length)] ?? otherwise;
  const unmarked: string[] = [];
  const changed: string[] = [];
  let cuts = 0;
  for (let made = 0; made < texts; made++) {
    const planted = pick(forms, () => "4,321")(random);
    const sentence = pick(sentences, "§");
    const before = sentence.indexOf("§");
    const text = `${sentence.replace("§", () => planted)} And so on.`;
    const end = before + planted.length;
    const whole = new Set(classifyFigures(text, { facts, quotes }).map(keyOf));
    const bytes = new TextEncoder().encode(text);
    for (let cut = 1; cut <= bytes.length; cut++) {
      cuts++;
      const beginning = new TextDecoder().decode(bytes.subarray(0, cut), { stream: true });
      const isWhole = cut === bytes.length;
      const figures = classifyFigures(beginning, { facts, quotes }, { isWhole });
      const shown = [...beginning.slice(before, end).matchAll(/\p{Nd}/gu)].map(({ index }) => before + index);
      const isCovered = (at: number) =>
        figures.some((figure) => figure.start <= at && at < figure.end && isMarked(figure));
      if (
        !shown.every(isCovered) ||
        (isWhole && !figures.some((figure) => figure.start < end && figure.end > before && isMarked(figure)))
      )
        unmarked.push(`${planted} in ${JSON.stringify(beginning)}`);
      for (const figure of figures)
        if (!figure.pending && !whole.has(keyOf(figure)))
          changed.push(`${keyOf(figure)} of ${JSON.stringify(beginning)}`);
    }
  }
  return { texts, cuts, unmarked, changed };
}
