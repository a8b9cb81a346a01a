/**
 * Counts how often the classes of figures differ from those that a person wrote beside each figure of the sentences in
 * tests/finance/numbers/sentences.json. A label stands in the sentence: {$100|k}.
 */
import type { Figure } from "../../src/finance/numbers/classified-figure.ts";
import { classifyFigures } from "../../src/finance/numbers/classify-figures.ts";
import type { CitableFact } from "../../src/finance/numbers/sources.ts";
import corpus from "../finance/numbers/sentences.json";

/** k: the card, or the user's own words, say it. */
const meaning: Readonly<Record<string, readonly Figure["class"][]>> = {
  k: ["computed", "quoted"],
  q: ["quoted"],
  d: ["derived"],
  v: ["convention"],
  s: ["structural"],
  t: ["calendar"],
  u: ["unsupported"],
};

export interface Difference {
  readonly sentence: string;
  readonly figure: string;
  readonly expected: string;
  readonly got: string;
}

export interface LabelledResult {
  readonly sentences: number;
  readonly figures: number;
  readonly supported: number;
  /** Shown without a mark, or with a better one than it deserves. */
  readonly falselySupported: readonly Difference[];
  readonly falselyUnsupported: readonly Difference[];
  /** Another class than the label, both of them without an alarm. */
  readonly otherClass: readonly Difference[];
}

interface Label {
  readonly start: number;
  readonly end: number;
  readonly letter: string;
}

function labelled(sentence: string): { readonly text: string; readonly labels: readonly Label[] } {
  const labels: Label[] = [];
  let text = "";
  let taken = 0;
  for (const { 0: whole, 1: figure = "", 2: letter = "", index } of sentence.matchAll(
    /\{([^{}|]+)\|(\w)\}/g,
  )) {
    text += sentence.slice(taken, index);
    labels.push({ start: text.length, end: text.length + figure.length, letter });
    text += figure;
    taken = index + whole.length;
  }
  return { text: text + sentence.slice(taken), labels };
}

export function labelledSentences(): LabelledResult {
  const result = {
    sentences: 0,
    figures: 0,
    supported: 0,
    falselySupported: [] as Difference[],
    falselyUnsupported: [] as Difference[],
    otherClass: [] as Difference[],
  };
  for (const [name, sentences] of Object.entries(corpus.sentences)) {
    const world = Object.entries(corpus.worlds).find(([key]) => key === name)?.[1] ?? {
      quotes: [],
      facts: [],
    };
    const facts = world.facts.map((fact, index): { at: number; fact: CitableFact } => ({
      at: 0,
      fact: { id: `f${index}`, ...fact },
    }));
    const quotes = world.quotes.map((text, index) => ({ where: `m${index}`, text }));
    for (const sentence of sentences) {
      result.sentences++;
      const { text, labels } = labelled(sentence);
      const figures = classifyFigures(text, { facts, quotes });
      const isIn = ({ start, end }: Figure, label: Label) => start < label.end && end > label.start;
      for (const label of labels) {
        result.figures++;
        const expected = meaning[label.letter] ?? [];
        const got = figures.find((figure) => isIn(figure, label))?.class ?? "structural";
        const isAlarm = label.letter === "u";
        if (!isAlarm) result.supported++;
        if (expected.includes(got)) continue;
        const difference = {
          sentence: text,
          figure: text.slice(label.start, label.end),
          expected: expected.join(" or "),
          got,
        };
        if (isAlarm) result.falselySupported.push(difference);
        else if (got === "unsupported") result.falselyUnsupported.push(difference);
        else result.otherClass.push(difference);
      }
      for (const figure of figures.filter((each) => !labels.some((label) => isIn(each, label)))) {
        const difference = { sentence: text, figure: figure.text, expected: "no figure", got: figure.class };
        if (figure.class === "unsupported") result.falselyUnsupported.push(difference);
        else if (figure.class !== "structural" && figure.class !== "calendar")
          result.falselySupported.push(difference);
      }
    }
  }
  return result;
}
