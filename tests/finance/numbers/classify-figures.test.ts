import { describe, expect, test } from "bun:test";
import { classifyFigures } from "../../../src/finance/numbers/classify-figures.ts";
import type { CitableFact } from "../../../src/finance/numbers/sources.ts";

const factOf = (value: string, unit: string | null = null, subject: string | null = null): CitableFact => ({
  id: "f1",
  name: "rsi",
  label: "RSI",
  value,
  unit,
  subject,
});
const classesOf = (text: string, facts: readonly CitableFact[], quotes: readonly string[] = []) =>
  classifyFigures(text, {
    facts: facts.map((fact) => ({ at: 0, fact })),
    quotes: quotes.map((quote, index) => ({ where: `m${index}`, text: quote })),
  })
    .filter(({ class: kind }) => kind !== "structural")
    .map(({ text: found, class: kind }) => `${found} ${kind}`);

describe("A figure that rounds a fact", () => {
  test.each([
    ["RSI 50.05", "50.0536", "computed"],
    ["RSI 50.1", "50.0536", "computed"],
    ["RSI about 50", "50.0536", "computed"],
    ["RSI 50.5", "50.0536", "unsupported"],
    ["RSI 50.06", "50.0536", "unsupported"],
    ["RSI 2.34", "2.345", "computed"],
    ["RSI 2.35", "2.345", "computed"],
    ["RSI 2.35", "2.355", "unsupported"],
    ["RSI 2.36", "2.355", "computed"],
    ["RSI 2.33", "2.339", "unsupported"],
    ["RSI about 2.33", "2.339", "computed"],
    ["RSI 1,234", "1234", "computed"],
    ["RSI 1,234", "1.234", "computed"],
    ["RSI 1.2 million", "1234567", "computed"],
    ["RSI 1.23 million", "1234567", "computed"],
    ["RSI 1.24 million", "1234567", "unsupported"],
  ])("%p of %p is %p", (text, value, kind) => {
    expect(classesOf(text, [factOf(value)]).map((found) => found.split(" ").at(-1))).toEqual([kind]);
  });

  test("is not proved when its two readings are two facts", () => {
    expect(classesOf("RSI 1,234", [factOf("1234"), factOf("1.234")])).toEqual(["1,234 unsupported"]);
  });
});

test("Another unit proves nothing: 2 % are no 2 lots, and 10 000 EUR are no $10,000", () => {
  expect(classesOf("Trade 2 lots.", [factOf("2", "%")])).toEqual(["2 unsupported"]);
  expect(classesOf("You have $10,000.", [], ["I have 10 000 EUR"])).toEqual(["$10,000 unsupported"]);
});

test("25 basis points are 0.25 %, and 25 pips of EURUSD a distance of 0.0025", () => {
  expect(classesOf("The RSI is 25 bp.", [factOf("0.25", "%")])).toEqual(["25 computed"]);
  const quotes = ["My stop on EURUSD is 25 pips"];
  expect(classesOf("On EURUSD that is a distance of 0.0025.", [], quotes)).toEqual(["0.0025 quoted"]);
  expect(classesOf("On EURUSD that is a distance of 0.0026.", [], quotes)).toEqual(["0.0026 unsupported"]);
});

test("A fact of one instrument proves no figure of another, whether it is known or not", () => {
  const fact = [{ ...factOf("181.30", "USD per share", "COF"), name: "close", label: "Close" }];
  expect(classesOf("COF closed at 181.30.", fact)).toEqual(["181.30 computed"]);
  expect(classesOf("TSLA closed at 181.30.", fact)).toEqual(["181.30 unsupported"]);
});

test("A fact that comes later never upgrades what stands before it", () => {
  const text = "The RSI is 50.05. The RSI is 50.05.";
  const figures = classifyFigures(text, { facts: [{ at: 17, fact: factOf("50.0536") }], quotes: [] });
  expect(figures.map(({ class: kind }) => kind)).toEqual(["unsupported", "computed"]);
});

test("What a user says of an account is no price of gold", () => {
  expect(classesOf("Gold is at 10,000.", [], ["My account is 10,000 and I trade gold"])).toEqual([
    "10,000 unsupported",
  ]);
});

test("Code and addresses are one item each block, which says that its figures are not checked", () => {
  const text = "See `1.5` and `2.5` at https://x.org/7.\n\n```\n1 2 3\n```\n";
  const found = classifyFigures(text, { facts: [], quotes: [] });
  expect(found.map(({ unchecked, start }) => [unchecked, start])).toEqual([
    ["inline-code", 4],
    ["code", 41],
  ]);
});

test("A thousand figures of a question and an answer are read in bounded time", () => {
  const quote = Array.from({ length: 1000 }, (_, at) => `${at}.5`).join(" and ");
  const start = performance.now();
  const figures = classifyFigures(quote, { facts: [], quotes: [{ where: "m", text: quote }] });
  expect(figures.length).toBe(1000);
  expect(performance.now() - start).toBeLessThan(5000);
});

describe("A number that the user has said many times", () => {
  const said = (texts: readonly string[]) =>
    classifyFigures("Your stop is 1,234.56 EUR away.", {
      facts: [],
      quotes: texts.map((text, index) => ({ where: `m${index}`, text })),
    })[0];
  const inDollars = "1,234.56 USD ".repeat(50);

  test("is quoted from its latest place", () => {
    expect(said(Array.from({ length: 100 }, () => "My stop is 1,234.56 EUR."))?.source?.where).toBe("m99");
  });

  test("is found behind a hundred that are none of its unit, and not behind thousands: the work has a limit", () => {
    expect(said(["My stop is 1,234.56 EUR.", inDollars, inDollars])?.class).toBe("quoted");
    expect(said(["My stop is 1,234.56 EUR.", ...Array.from({ length: 40 }, () => inDollars)])?.class).toBe(
      "unsupported",
    );
  });
});
