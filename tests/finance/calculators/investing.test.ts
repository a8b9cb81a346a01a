import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { calculate, refusalOf, resultOf, shownValue } from "./calculation.ts";

const xirrOf = (flows: string) => resultOf("xirr", { flows }, "xirr");

describe("CAGR", () => {
  test("of a moment is refused: its digits filled all of the memory", () => {
    expect(refusalOf("cagr", { start: 1, end: 16, years: 1e-12 }).param).toBe("years");
    expect(resultOf("cagr", { start: 1, end: 1e12, years: 0.003 }, "cagr").value).toBeNull();
  });
});

describe("XIRR", () => {
  test("gives Excel's documented example", () => {
    const flows = "2008-01-01 -10000; 2008-03-01 2750; 2008-10-30 4250; 2009-02-15 3250; 2009-04-01 2750";
    expect(xirrOf(flows).value).toBe("37.3363");
  });

  test("finds the rate of a loss in 6 days, where npm's xirr throws", () => {
    expect(xirrOf("2024-03-01 -99995; 2024-03-07 97642").value).toBe("-76.5099");
    expect(calculate("xirr", { flows: "2024-03-01 -99995; 2024-03-07 97642" }).warnings.join()).toContain(
      "Less than a year",
    );
  });

  test("does not choose where several rates fit, however close they are", () => {
    const twice = xirrOf("2021-01-01 -10000; 2022-01-01 22200; 2023-01-01 -12320");
    expect(twice.value).toBeNull();
    expect(twice.reason).toContain("10.0000 %, 12.0000 %");
    expect(xirrOf("2021-01-01 -1; 2022-01-01 2.2001; 2023-01-01 -1.21011").reason).toContain(
      "Several rates fit",
    );
  });

  test("warns of several changes of sign where one rate fits", () => {
    const flows = "2020-01-01 -1000; 2021-01-01 500; 2022-01-01 -100; 2023-01-01 900";
    expect(xirrOf(flows).value).not.toBeNull();
    expect(calculate("xirr", { flows }).warnings.join()).toContain("change their sign 3 times");
  });

  test("is undefined where no rate fits: a reason, never a number", () => {
    expect(xirrOf("2024-03-01 -1; 2024-03-01 2")).toMatchObject({ value: null });
    expect(xirrOf("2024-01-01 -1; 2024-01-02 2").reason).toContain("No rate between");
    expect(xirrOf("2020-01-01 -100; 2021-01-01 50; 2022-01-01 -100").reason).toContain("No rate between");
  });

  test("takes payments in any order, on lines or after semicolons", () => {
    expect(xirrOf("2024-12-31 1100\n2024-01-01 -1000;").value).toBe("10.0000");
  });

  test("is the rate that was put in", () => {
    const cases = fc.record({
      rate: fc.integer({ min: -90, max: 400 }).map((percent) => percent / 100),
      days: fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(cases, ({ rate, days }) => {
        const start = Date.UTC(1990, 0, 1);
        const payments = days.map((day) => ({ day, amount: 1000 * (1 + rate) ** (day / 365) }));
        const worth = payments.every(({ amount }) => amount > 1e-4 && amount < 1e11);
        fc.pre(worth);
        const text = payments.map(({ day, amount }) => {
          const date = new Date(start + day * 86_400_000).toISOString().slice(0, 10);
          return `${date} ${amount.toFixed(10)}`;
        });
        const found = xirrOf([`1990-01-01 ${-1000 * days.length}`, ...text].join("; "));
        expect(Number(found.value)).toBeCloseTo(rate * 100, 2);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    "2024-01-01 100",
    "2024-01-01 0; 2025-01-01 0",
    ";;",
    "2024-02-30 -100; 2025-01-01 5",
    "01.02.2024 -100; 2025-01-01 5",
    "2024-01-01 -1,000; 2025-01-01 1100",
    "2024-01-01 -1.000,50; 2025-01-01 1100",
    "2024-01-01 -1000; 2025-01-01 1e309",
    "2024-01-01 -1000; 2025-01-01 11111111111111",
    "2024-01-01 -1000 2025-01-01 1100",
    "2024-01-01; -1000",
    "pay me",
  ])("refuses %j and names its payments", (flows) => {
    const refusal = refusalOf("xirr", { flows });
    expect(refusal.param).toBe("flows");
    expect(refusal.message).toMatch(/^[A-Z].{15,}\.$/);
  });
});

describe("An option", () => {
  const given = { kind: "call", spot: 100, strike: 100, years: 1, volatility: 20, rate: 5 };

  test("at 100, 100, a year, 20 % and 5 % costs 10.4506", () => {
    expect(shownValue("option", given, "option-price")).toBe("10.4506");
    expect(shownValue("option", { ...given, kind: "put" }, "option-price")).toBe("5.5735");
  });

  test("keeps the parity of put and call", () => {
    const cases = fc.record({
      spot: fc.integer({ min: 10, max: 1000 }),
      strike: fc.integer({ min: 10, max: 1000 }),
      days: fc.integer({ min: 1, max: 2000 }),
      volatility: fc.integer({ min: 1, max: 200 }),
      rate: fc.integer({ min: -5, max: 20 }),
      dividendYield: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(cases, (terms) => {
        const price = (kind: string) => Number(shownValue("option", { ...terms, kind }, "option-price"));
        const { spot, strike, days, rate, dividendYield } = terms;
        const years = days / 365;
        const parity =
          spot * Math.exp((-dividendYield / 100) * years) - strike * Math.exp((-rate / 100) * years);
        expect(Math.abs(price("call") - price("put") - parity)).toBeLessThan(2e-4);
      }),
    );
  });

  test("has the volatility that its price implies, and no volatility outside the bounds of arbitrage", () => {
    const { volatility: _, ...rest } = given;
    expect(shownValue("option", { ...rest, price: 10.450583572 }, "implied-volatility")).toBe("20.0000");
    for (const price of [4.8, 100.5]) {
      const none = resultOf("option", { ...rest, price }, "implied-volatility");
      expect(none).toMatchObject({ value: null });
      expect(none.reason).toContain("more than 4.8771 and less than 100.0000");
    }
  });

  test.each([
    [{ ...given, spot: 0 }, "spot"],
    [{ ...given, strike: -1 }, "strike"],
    [{ ...given, volatility: 0 }, "volatility"],
    [{ ...given, price: 5 }, "price"],
    [{ spot: 100, strike: 100, years: 1, rate: 5 }, "volatility"],
    [{ spot: 100, strike: 100, volatility: 20, rate: 5 }, "years"],
    [{ ...given, kind: "straddle" }, "kind"],
  ])("%j is refused by the name of %s", (inputs, param) => {
    expect(refusalOf("option", inputs).param).toBe(param);
  });
});

describe("A bond", () => {
  const given = { coupon: 5, maturity: "2034-05-15", settlement: "2026-11-30" };

  test("at a yield of its coupon, on a coupon day, costs its face value", () => {
    const par = { ...given, settlement: "2026-11-15", yield: 5 };
    expect(shownValue("bond", par, "clean-price")).toBe("100.0000");
    expect(shownValue("bond", par, "accrued-interest")).toBe("0.0000");
  });

  test("has the yield at which it has its price", () => {
    for (const frequency of ["yearly", "half-yearly", "quarterly"])
      for (const dayCount of ["ACT/ACT", "30/360"])
        for (const rate of [-2, 0, 3.25, 18]) {
          const terms = { ...given, frequency, dayCount };
          const price = Number(shownValue("bond", { ...terms, yield: rate }, "clean-price"));
          expect(Number(shownValue("bond", { ...terms, price }, "yield"))).toBeCloseTo(rate, 3);
        }
  });

  test("that matures on a month's last day pays on months' last days", () => {
    const eom = { coupon: 4, maturity: "2031-02-28", settlement: "2026-09-10", yield: 4 };
    expect(calculate("bond", eom).assumptions.join()).toContain("2026-08-31, 2027-02-28");
  });

  test("without a yield for its price says so", () => {
    expect(resultOf("bond", { ...given, price: 9999 }, "yield").value).toBeNull();
  });

  test.each([
    [{ ...given }, "yield"],
    [{ ...given, yield: 4, price: 100 }, "price"],
    [{ ...given, yield: 4, settlement: "2034-05-15" }, "settlement"],
    [{ ...given, yield: 4, settlement: "2026-02-30" }, "settlement"],
    [{ ...given, yield: 4, maturity: "15.05.2034" }, "maturity"],
    [{ ...given, yield: 4, maturity: "2634-05-15" }, "maturity"],
    [{ ...given, yield: 4, coupon: -1 }, "coupon"],
    [{ ...given, yield: -50 }, "yield"],
  ])("%j is refused by the name of %s", (inputs, param) => {
    expect(refusalOf("bond", inputs).param).toBe(param);
  });
});
