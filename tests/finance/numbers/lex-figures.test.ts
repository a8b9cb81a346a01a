import { describe, expect, test } from "bun:test";
import { lexFigures } from "../../../src/finance/numbers/lex-figures.ts";

/** "10000 or 10.000 USD": readings and unit; the role where it is no amount. */
const read = (text: string) =>
  lexFigures(text).map(({ text: found, values, unit, role }) => {
    const readings = values.map(({ value }) => value).join(" or ");
    return `${found}: ${role === "amount" ? `${readings || "?"}${unit === null ? "" : ` ${unit}`}` : role}`;
  });

const amounts: readonly (readonly [string, ...string[]])[] = [
  ["I have $10,000 and risk 1% with a 25 pip stop", "$10,000: 10000 or 10.000 USD", "1%: 1 %", "25: 25 pips"],
  ["1.234,56 € und 0,5 Lot", "1.234,56 €: 1234.56 EUR", "0,5: 0.5 lots"],
  [
    "1,234.56 and 1'234.56 and 1\u00A0234,56 and 1\u202F234,56",
    "1,234.56: 1234.56",
    "1'234.56: 1234.56",
    "1\u00A0234,56: 1234.56",
    "1\u202F234,56: 1234.56",
  ],
  [
    "\\(\\$10{,}000 \\times 1{.}5 = 15\\,000\\) of {1, 2}",
    "\\$10{,}000: 10000 or 10.000 USD",
    "1{.}5: 1.5",
    "15\\,000: 15000 or 15.000",
    "1: 1",
    "2: 2",
  ],
  ["12,34,567 rupees", "12,34,567: 1234567 INR"],
  ["1.234 or 1,234", "1.234: 1234 or 1.234", "1,234: 1234 or 1.234"],
  [
    "$10k, $5 m, 5 Mio EUR, 3 Tsd. Euro, 2 bn",
    "$10k: 10000 USD",
    "$5 m: 5000000 USD",
    "5 Mio: 5000000 EUR",
    "3 Tsd.: 3000 EUR",
    "2 bn: 2000000000",
  ],
  [
    "25 basis points, 3 %, 5 ‰, 2 percentage points, 5 Prozent",
    "25: 25 bp",
    "3 %: 3 %",
    "5 ‰: 0.5 %",
    "2: 2 pp",
    "5: 5 %",
  ],
  ["2R, 3x, 1:2.5 and 2:1, 1:30 leverage", "2: 2 R", "3: 3 x", "1:2.5: 2.5 x", "2:1: 2 x", "1:30: 30 x"],
  [
    "between 1 and 2 %, 1-2%, 5%-10%, $10 to 20",
    "1: 1 %",
    "2 %: 2 %",
    "1: 1 %",
    "2%: 2 %",
    "5%: 5 %",
    "10%: 10 %",
    "$10: 10 USD",
    "20: 20 USD",
  ],
  [
    "five hundred dollars, twenty-five pips, one percent, half a lot",
    "five hundred: 500 USD",
    "twenty-five: 25 pips",
    "one: 1 %",
    "half: 0.5 lots",
  ],
  [
    "fünfhundert Euro, anderthalb Prozent, einundzwanzig Pips",
    "fünfhundert: 500 EUR",
    "anderthalb: 1.5 %",
    "einundzwanzig: 21 pips",
  ],
  [
    "½, 2½ %, ٣٤, １２３, 10⁶, 1.2E6, 1e-5, 5 × 10^6",
    "½: 0.5",
    "2½ %: 2.5 %",
    "٣٤: 34",
    "１２３: 123",
    "10⁶: 1000000",
    "1.2E6: 1200000",
    "1e-5: 0.00001",
    "5 × 10^6: 5000000",
  ],
  [
    "-5.2%, −5.2%, (–3), minus 4, ±2, (1,234.50)",
    "-5.2%: -5.2 %",
    "−5.2%: -5.2 %",
    "–3: -3",
    "minus 4: -4",
    "±2: 2",
    "1,234.50: 1234.50 or -1234.50",
  ],
  [
    "USD 10,000, CHF 1'000.50, A$5, EUR/USD 1.0850",
    "USD 10,000: 10000 or 10.000 USD",
    "CHF 1'000.50: 1000.50 CHF",
    "A$5: 5 AUD",
    "1.0850: 1.0850",
  ],
  ["4 mini lots, 3 micro lots, 0.40 standard lots", "4: 0.4 lots", "3: 0.03 lots", "0.40: 0.40 lots"],
  ["a 30-year loan at 4% with 25-pip stop", "30: 30 years", "4%: 4 %", "25: 25 pips"],
  [
    "1**0**0 and **€1,234.50** and 5\\.5 and &#50;5",
    "1**0**0: 100",
    "€1,234.50: 1234.50 EUR",
    "5\\.5: 5.5",
    "&#50;5: 25",
  ],
  ["1,1,1 and 1.2.3 and 1e309", "1,1,1: ?", "1.2.3: ?", "1e309: ?"],
  ["10 000 EUR and 1 234 567", "10 000: 10000 EUR", "1 234 567: 1234567"],
  ["gold at 2025 or $2025", "2025: 2025", "$2025: 2025 USD"],
  ["DAX at 18,000.5 and costs2150", "18,000.5: 18000.5", "2150: ?"],
];

const names: readonly (readonly [string, ...string[]])[] = [
  [
    "S&P 500, Nasdaq-100, DAX 40, US30, 401(k), Section 1256, ISO 20022",
    "S&P 500",
    "Nasdaq-100",
    "DAX 40",
    "US30",
    "401(k)",
    "Section 1256",
    "ISO 20022",
  ],
  [
    "52-week high, 20/50/200-day moving average, RSI(14), EMA 20/50/200, M15, H4",
    "52",
    "20/50/200",
    "RSI(14)",
    "EMA 20/50/200",
    "M15",
    "H4",
  ],
  [
    "Step 3, Table 2, 1st, top 3 reasons, three reasons, der 2. Versuch",
    "Step 3",
    "Table 2",
    "1st",
    "top 3",
    "three",
    "2.",
  ],
  ["192.168.0.1 and +49 30 1234567", "192.168.0.1", "49 30 1234567"],
];

const dates: readonly (readonly [string, ...string[]])[] = [
  [
    "31 Oct 2025, October 31st, 2025, 31. Oktober, 31.10.2025, 2025-10-31",
    "31 Oct 2025",
    "October 31st, 2025",
    "31. Oktober",
    "31.10.2025",
    "2025-10-31",
  ],
  [
    "Q3 2025, FY26, 1980s, 10月, 14 Uhr, 10:30, 9 am",
    "Q3 2025",
    "FY26",
    "1980s",
    "10月",
    "14 Uhr",
    "10:30",
    "9 am",
  ],
  [
    "in 2025, since 2008, from 2010 to 2020, the 2008 financial crisis",
    "2025",
    "2008",
    "2010",
    "2020",
    "2008",
  ],
];

describe("A figure", () => {
  test.each(amounts)("of %p is read with its value and unit", (text, ...expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each(names)("in %p is part of a name", (text, ...expected) => {
    expect(read(text)).toEqual(expected.map((found) => `${found}: structural`));
  });

  test.each(dates)("in %p is a date", (text, ...expected) => {
    expect(read(text)).toEqual(expected.map((found) => `${found}: calendar`));
  });

  test("of a list's mark is structural, of code and addresses none", () => {
    const text = "1. Buy `2.5`\n2. Sell [5 lots](https://x.org/7)\n\n```\n1 2 3\n```\n### 6. Then";
    expect(read(text)).toEqual(["1.: structural", "2.: structural", "5: 5 lots", "6.: structural"]);
  });

  test("in a table's cell has the unit of its column", () => {
    const text = "| Pair | Stop (pips) | Risk % |\n|---|---|---|\n| EURUSD | 25 | 1 |";
    expect(read(text)).toEqual(["25: 25 pips", "1: 1 %"]);
  });

  test("knows its period, and whether it is about right", () => {
    const [amount, rate] = lexFigures("about 500 EUR a month at 5 % p.a.");
    expect(amount).toMatchObject({ per: "month", approximate: true });
    expect(rate).toMatchObject({ per: "year", approximate: false });
  });

  test.each([
    ["1,", 100_000],
    [" ", 100_000],
    ["7", 100_000],
    ["5 ", 100_000],
    ["`a", 100_000],
    ["**5", 100_000],
    ["one ", 100_000],
    ["| 5 ", 100_000],
    ["&#5", 100_000],
    ["http://", 100_000],
    ["](http://", 100_000],
    ["1:1:", 100_000],
    ["12/", 100_000],
    ["> ", 100_000],
    ["5\n", 100_000],
  ])("of a long text of %p takes linear time", (piece, length) => {
    const took = (size: number) => {
      const text = piece.repeat(size / piece.length);
      const start = performance.now();
      lexFigures(text);
      return performance.now() - start;
    };
    took(length / 8);
    const [short, long] = [took(length / 8), took(length)];
    // Eight times the text; quadratic time would be 64 times as long.
    expect(long).toBeLessThan(Math.max(200, short * 30));
  });
});
