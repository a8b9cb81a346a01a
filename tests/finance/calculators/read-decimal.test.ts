import { describe, expect, test } from "bun:test";
import { assert, double, integer, property, tuple } from "fast-check";
import { readDecimal as readTitled } from "../../../src/finance/calculators/read-decimal.ts";
import { inLanguage } from "../../../src/texts/say.ts";

const readDecimal = (text: string) => {
  const reading = readTitled(text, "Amount");
  return "problem" in reading ? { problem: inLanguage(reading.problem, "en") } : reading;
};

describe("A number is read as it is written", () => {
  test.each([
    ["10000", 10_000],
    ["10000.50", 10_000.5],
    [" 0.25 ", 0.25],
    [".5", 0.5],
    ["5.", 5],
    ["-3", -3],
    ["−3", -3],
    ["+3", 3],
    ["-0", 0],
    ["10 000", 10_000],
    ["10 000", 10_000],
    ["1'250'000.5", 1_250_000.5],
    ["1,250,000", 1_250_000],
    ["10,000.50", 10_000.5],
    ["10.000,50", 10_000.5],
    ["1.250.000", 1_250_000],
    ["10,5", 10.5],
    ["1.250", 1.25],
    ["0,0001", 0.0001],
  ])("%p is %p", (text, value) => {
    expect(readDecimal(text)).toEqual({ value });
  });

  test("whatever its digits are", () => {
    assert(
      property(
        integer({ min: -999_999_999, max: 999_999_999 }),
        integer({ min: 0, max: 999_999 }),
        (whole, part) => {
          const text = `${whole}.${String(part).padStart(6, "0")}`;
          expect(readDecimal(text)).toEqual({ value: Number(text) });
        },
      ),
    );
  });

  test("in groups, by either country's marks", () => {
    assert(
      property(
        tuple(integer({ min: 1000, max: 999_999_999 }), integer({ min: 0, max: 99 })),
        ([whole, part]) => {
          const groups = String(whole).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
          const text = `${groups}.${String(part).padStart(2, "0")}`;
          const value = Number(text.replaceAll(",", ""));
          expect(readDecimal(text)).toEqual({ value });
          const other = text.replaceAll(",", "x").replace(".", ",").replaceAll("x", ".");
          expect(readDecimal(other)).toEqual({ value });
        },
      ),
    );
  });
});

describe("What can be read in two ways, or is no number, is refused", () => {
  test.each(["10,000", "1,234", "-1,000", "999,999"])("%p", (text) => {
    expect(readDecimal(text)).toEqual({ problem: expect.stringContaining("two ways") });
  });

  test.each([
    ...[
      "",
      " ",
      "abc",
      "1e309",
      "1e5",
      "0x10",
      "Infinity",
      "NaN",
      "1,2,3",
      "1.2.3",
      "1,000.00,5",
      "1.000,00.5",
    ],
    ...["10,00,000", "1,0000,000", "--1", "1-", "$5", "5 USD", "1 2", "٣", "１２", "1\n2", "1;2"],
  ])("%p", (text) => {
    expect(readDecimal(text)).toEqual({ problem: expect.stringContaining("plain number") });
  });

  test("digits that a number would lose", () => {
    expect(readDecimal("0.1234567890123456")).toEqual({ problem: expect.stringContaining("15 digits") });
    expect(readDecimal("9".repeat(100_000))).toEqual({ problem: expect.stringContaining("15 digits") });
    expect(readDecimal("000000000000000000001.5")).toEqual({ value: 1.5 });
  });

  test("no text of a number is read as another number", () => {
    assert(
      property(double({ noNaN: true }), (number) => {
        const reading = readDecimal(String(number));
        if ("value" in reading) expect(reading.value === number).toBe(true);
      }),
    );
  });

  test("a long text takes no long time", () => {
    const texts = ["1,".repeat(50_000), " 1".repeat(50_000), "1'".repeat(50_000), "1.".repeat(50_000)];
    for (const text of texts) expect("problem" in readDecimal(text)).toBe(true);
  });
});
