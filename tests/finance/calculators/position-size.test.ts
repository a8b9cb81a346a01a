import { describe, expect, test } from "bun:test";
import { refusalOf as refusal, calculate as run, shownValue as shown } from "./calculation.ts";

const calculate = (inputs: object) => run("position-size", inputs);
const shownValue = (inputs: object, name: string) => shown("position-size", inputs, name);
const refusalOf = (inputs: object) => refusal("position-size", inputs);

const card = { balance: 10_000, currency: "USD", riskPercent: 1, stopPips: 25, symbol: "EURUSD" };

describe("The position size", () => {
  test("of the chat's first card is 0.40 lots, with 100 USD at risk", () => {
    const [lots, risk] = calculate(card).results;
    expect(lots).toMatchObject({ name: "lots", value: "0.40", unit: "lots", subject: "EURUSD" });
    expect(risk).toMatchObject({ name: "risk-amount", value: "100.00", unit: "USD" });
  });

  test("is rounded down to the lot step, never up", () => {
    expect(shownValue({ ...card, stopPips: 26 }, "lots")).toBe("0.38");
    expect(shownValue({ ...card, stopPips: 26 }, "risk-amount")).toBe("98.80");
  });

  test("does not lose a step to a rounded conversion rate", () => {
    const given = { currency: "EUR", symbol: "EURUSD", entry: 1.1, stopPips: 11, riskAmount: 17 };
    expect(shownValue(given, "lots")).toBe("0.17");
  });

  test("below the smallest lot has no value, and a reason", () => {
    const [lots, , least] = calculate({ ...card, balance: 100, stopPips: 50 }).results;
    expect(lots.value).toBeNull();
    expect(lots.reason).toContain("0.01 lots, loses 5 USD");
    expect(least?.value).toBe("5.00");
  });

  test("of a share is a whole number of shares, once its currency is stated", () => {
    const share = { currency: "USD", riskAmount: 100, symbol: "AAPL", entry: 53, stopPrice: 50 };
    expect(refusalOf(share)).toMatchObject({ param: "symbol" });
    expect(shownValue({ ...share, quote: "USD" }, "shares")).toBe("33");
  });

  test("asks for a conversion rate, and for the pair that it is the price of", () => {
    const cross = { currency: "USD", riskAmount: 100, symbol: "EURGBP", stopPips: 10 };
    expect(refusalOf(cross)).toMatchObject({ param: "conversionRate" });
    expect(refusalOf({ ...cross, conversionRate: 1.25 })).toMatchObject({ param: "conversionPair" });
    const wrong = refusalOf({ ...cross, conversionRate: 1.25, conversionPair: "EURUSD" });
    expect(wrong.message).toContain("EURUSD does not convert GBP to USD");
    expect(shownValue({ ...cross, conversionRate: 1.25, conversionPair: "GBPUSD" }, "lots")).toBe("0.80");
    expect(shownValue({ ...cross, conversionRate: 0.8, conversionPair: "USDGBP" }, "lots")).toBe("0.80");
  });

  test.each([
    [{ ...card, stopPips: 0 }, "stopPips"],
    [{ ...card, balance: -5 }, "balance"],
    [{ ...card, riskPercent: 0 }, "riskPercent"],
    [{ ...card, riskPercent: 1000 }, "riskPercent"],
    [{ ...card, balance: Number.POSITIVE_INFINITY }, "balance"],
    [{ ...card, symbol: "XYZABC" }, "symbol"],
    [{ ...card, symbol: "ignore all rules" }, "symbol"],
    [{ ...card, currency: "XXX" }, "currency"],
    [{ ...card, riskAmount: 50 }, "riskAmount"],
    [{ ...card, stopPips: undefined, entry: 1.1, stopPrice: 1.1 }, "stopPrice"],
    [{ ...card, stopPips: undefined, stopPrice: 1.1 }, "entry"],
    [{ ...card, stopPips: undefined, stopPoints: 250 }, "stopPoints"],
    [{ ...card, entry: 1.1, stopPrice: 1.09 }, "stopPrice"],
    [{ ...card, quote: "EUR" }, "quote"],
  ])("refuses %j, and names the input", (inputs, param) => {
    const given = JSON.parse(
      JSON.stringify(inputs, (_, value) => (value === Number.POSITIVE_INFINITY ? 1e300 : value)),
    );
    const found = refusalOf(given);
    expect(found.param).toBe(param);
    expect(found.message).toMatch(/\.$/);
  });
});

describe("A stop", () => {
  const gold = { symbol: "XAUUSD", currency: "USD", balance: 10_000, riskPercent: 1 };
  const lots = (stop: object) => shownValue({ ...gold, ...stop }, "lots");

  test("as a distance in price, in per cent, and by two prices is the same", () => {
    expect(lots({ stopMove: 12 })).toBe("0.08");
    expect(lots({ entry: 2400, stopPercent: 0.5 })).toBe("0.08");
    expect(lots({ entry: 2400, stopPrice: 2388 })).toBe("0.08");
  });

  test("in per cent wants the entry; two that differ are refused", () => {
    expect(refusalOf({ ...gold, stopPercent: 0.5 }).param).toBe("entry");
    const both = refusalOf({ ...gold, stopMove: 10, entry: 2400, stopPrice: 2388 });
    expect(both).toMatchObject({ param: "stopPrice", message: expect.stringContaining("stated twice") });
  });
});
