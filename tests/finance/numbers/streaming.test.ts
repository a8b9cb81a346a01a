import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Figure } from "../../../src/finance/numbers/classified-figure.ts";
import { classifyFigures } from "../../../src/finance/numbers/classify-figures.ts";
import { ClosedSentences } from "../../../src/finance/numbers/closed-sentences.ts";
import { lexFigures } from "../../../src/finance/numbers/lex-figures.ts";

const facts = [
  {
    at: 0,
    fact: { id: "f1", name: "lots", label: "Position size", value: "0.40", unit: "lots", subject: "EURUSD" },
  },
  {
    at: 0,
    fact: { id: "f2", name: "rsi", label: "RSI", value: "50.0536", unit: null, subject: "XAUUSD D1" },
  },
  {
    at: 40,
    fact: { id: "f3", name: "cagr", label: "Growth a year", value: "-3.25", unit: "%", subject: null },
  },
  {
    at: 0,
    fact: {
      id: "f4",
      name: "monthly-payment",
      label: "Monthly payment",
      value: "954.83",
      unit: "EUR per month",
      subject: null,
      warnings: ["More than 41 % of an income is too much. Ask for a rate below 37 %, then."],
    },
  },
];
const quotes = [
  {
    where: "m1",
    text: "I have $10,000 and risk 1% with a 25 pip stop on EURUSD. Entry 1.0850, stop 1.0825.",
  },
];

const classified = (text: string, isWhole: boolean) => classifyFigures(text, { facts, quotes }, { isWhole });
const keyOf = ({ pending: _pending, ...figure }: Figure) => JSON.stringify(figure);

/** What is said for sure of a beginning that the whole text does not say. */
function broken(text: string): readonly string[] {
  const whole = new Set(classified(text, true).map(keyOf));
  const wrong: string[] = [];
  for (let cut = 0; cut <= text.length; cut++) {
    const beginning = text.slice(0, cut);
    for (const figure of classified(beginning, false))
      if (!figure.pending && !whole.has(keyOf(figure)))
        wrong.push(`${JSON.stringify(beginning)}: ${keyOf(figure)}`);
  }
  return wrong;
}

const pieces = [
  ..."0123456789.,'%$€-–−+()[]|*_`~\\&;:/=×^#>!? \n\n\n  ",
  ...[
    "1,309",
    "10{,}000",
    "{,}",
    "1.0850",
    "0.40 lots",
    "25 pips",
    "$10,000",
    "10 000",
    "1-2%",
    "3.25 %",
    "50.05",
    "954.83",
    "1e-5",
    "10⁶",
    "½",
    "٣٤",
    "１２",
  ],
  ...[
    "EURUSD",
    "gold",
    "RSI(14)",
    "RSI",
    "S&P 500",
    "fell by ",
    "rose by ",
    "a month",
    "million",
    "Mio.",
    "per ",
    "about ",
    "EUR",
  ],
  ...[
    "difference ",
    "total ",
    "Step 3",
    "2025",
    "31 Oct 2025",
    "31. Oktober",
    "52-week high",
    "twenty-five ",
    "fünfhundert ",
    "half a ",
  ],
  ...[
    "```\n",
    "```",
    "`",
    "**",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n| a | b |\n|---|---|\n| 5 | 6 |\n",
    "## ",
    "https://x.org/5 ",
    "[5](https://x.org/7)",
    "&#50;",
    "&nbsp;",
  ],
  ...[
    ". Then ",
    ". then ",
    ".\n",
    "! ",
    "The ",
    "price ",
    "is ",
    "and ",
    "z. B. ",
    "z.",
    "\u{1D7D8}",
    "\u200b",
    "x",
    "am 2. ",
    "Handelstag",
  ],
];
const texts = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 24 })
  .map((parts) => parts.join(""));

const warned =
  "More than 41 % of an income is too much. Ask for a rate below 37 %, then. More than 41 % of an income is too much. Ask for 9 %.";
const written = [
  "Your position size is **0.40 lots** on EURUSD. You risk $100, which is 1% of $10,000.\n\n1. Enter at 1.0850\n2. Stop at 1.0825\n\nThe RSI(14) of gold on D1 is 50.05. It fell by 3.25 % in 2025. Then it rose by 1-2%.\n",
  "| Pair | Stop (pips) | Lots |\n|---|---|---|\n| EURUSD | 25 | 0.40 |\n| XAUUSD | 25 | 2 |\n\n10,000 × 1% = 100. Die Rate ist 954,83 EUR im Monat, am 31. Oktober 2025 um 10:30 Uhr.\n",
  "Use `x = 5` and\n```python\nprint(1000 * 1.05)\n```\nSee https://example.com/2150?a=5. The price is 1,309.5 now, twenty-five pips above 1 234 567,89 or 1**0**0.\n> quoted 5 %\n\n## 6. Title\nDone at 5 million EUR.",
];

/** Beginnings of which something else is said when their closed sentences are not read again. What was sure stays so. */
function readOtherwise(text: string): readonly string[] {
  const closed = new ClosedSentences();
  const wrong: string[] = [];
  for (let cut = 0; cut <= text.length; cut++) {
    const beginning = text.slice(0, cut);
    const figures = classifyFigures(beginning, { facts, quotes }, { isWhole: false, closed });
    const anew = classified(beginning, false);
    const isSame = Bun.deepEquals(figures.map(keyOf), anew.map(keyOf));
    const isSure = figures.every(({ pending }, at) => !pending || anew[at]?.pending === true);
    if (!isSame || !isSure) wrong.push(beginning);
  }
  return wrong;
}

describe("A figure of a text that is still being written", () => {
  test.each(written)("keeps the class that it has for sure, whatever follows: %p", (text) => {
    expect(broken(text)).toEqual([]);
  });

  test("keeps its class in any text, cut at every place", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(broken(text)).toEqual([]);
      }),
      { numRuns: 250, endOnFailure: true },
    );
  }, 120_000);

  test("has the same class when the closed sentences before it are not read again", () => {
    for (const text of [...written, warned]) expect(readOtherwise(text)).toEqual([]);
    fc.assert(
      fc.property(texts, (text) => {
        expect(readOtherwise(text)).toEqual([]);
      }),
      { numRuns: 250, endOnFailure: true },
    );
  }, 120_000);

  test("is classified anew when the text is another one", () => {
    const closed = new ClosedSentences();
    const read = (text: string) =>
      classifyFigures(text, { facts, quotes }, { isWhole: false, closed }).map((figure) => figure.class);
    expect(read("You risk 1% of it. The stop is far away from it.")).toEqual(["quoted"]);
    expect(read("You lose 3% of it. The stop is far away from it.")).toEqual(["unsupported"]);
  });

  test("is pending while the text may still repeat two sentences of a warning", () => {
    expect(broken(warned)).toEqual([]);
  });

  test("is pending in a quotation that may still be the user's", () => {
    expect(broken("You say “1% with a 25 pip stop on EURUSD. Entry 1.0850, stop 1.0825.” and more.")).toEqual(
      [],
    );
  });

  test("is sure once its sentence has ended, not only at the end of the text", () => {
    const sure = classified("You risk 1% of $10,000. The stop is 25 pips away from", false).filter(
      ({ pending }) => !pending,
    );
    expect(sure.map(({ text }) => text)).toEqual(["1%", "$10,000"]);
  });

  test("is pending while its digits may go on", () => {
    const [figure] = lexFigures("It costs 1,3", { isWhole: false });
    expect(figure).toMatchObject({ pending: true });
  });
});
