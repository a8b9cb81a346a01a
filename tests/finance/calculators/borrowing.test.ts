import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { calculate, refusalOf, resultOf, shownValue } from "./calculation.ts";

const house = { amount: 200_000, rate: 4, years: 30, currency: "USD" };

describe("A loan", () => {
  test("of 200,000 at 4 % over 30 years costs 954.83 a month", () => {
    const [payment] = calculate("loan", house).results;
    expect(payment).toMatchObject({ name: "monthly-payment", value: "954.83", unit: "USD" });
  });

  test("rounds an interest of half a cent up, though 4 % ÷ 12 has no end", () => {
    expect(shownValue("loan", house, "total-interest")).toBe("143739.43");
  });

  test("is repaid to the cent: every row adds up, and the last payment takes the rest", () => {
    const loans = fc.record({
      amount: fc.integer({ min: 500, max: 900_000 }),
      rate: fc.integer({ min: 0, max: 2500 }).map((hundredths) => hundredths / 100),
      months: fc.integer({ min: 1, max: 420 }),
      extraMonthly: fc.constantFrom(0, 0, 10, 250),
      extraYearly: fc.constantFrom(0, 0, 1000),
      currency: fc.constantFrom("EUR", "JPY", "BHD"),
    });
    fc.assert(
      fc.property(loans, (inputs) => {
        const { table, results } = calculate("loan", inputs);
        const cents = { EUR: 100, JPY: 1, BHD: 1000 }[inputs.currency] ?? 100;
        const whole = (text: string | null | undefined) => Math.round(Number(text) * cents);
        let balance = inputs.amount * cents;
        let interest = 0;
        for (const [, payment, ofInterest, repaid, left] of table?.rows ?? []) {
          expect(whole(ofInterest) + whole(repaid)).toBe(whole(payment));
          balance -= whole(repaid);
          interest += whole(ofInterest);
          expect(whole(left)).toBe(balance);
        }
        expect(balance).toBe(0);
        const total = results.find(({ name }) => name === "total-interest");
        expect(whole(total?.value)).toBe(interest);
        expect(table?.rows.length).toBeLessThanOrEqual(inputs.months);
      }),
      { numRuns: 40 },
    );
  });

  test("with a stated payment says how long it lasts, first", () => {
    const [first, term] = calculate("loan", { amount: 20_000, rate: 5, payment: 400 }).results;
    expect(first).toMatchObject({ name: "payments", value: "57", unit: "payments" });
    expect(term).toMatchObject({ name: "term", value: "4.75", unit: "years" });
  });

  test("whose payment is below the interest is refused, and the interest is named", () => {
    const { param, message } = refusalOf("loan", { amount: 200_000, rate: 4, payment: 666.67 });
    expect(param).toBe("payment");
    expect(message).toContain("666.67");
    expect(refusalOf("loan", { amount: 200_000, rate: 4, payment: 666.68 }).message).toContain("100 years");
  });

  test("says what extra payments save", () => {
    const extra = { ...house, extraYearly: 5000 };
    expect(shownValue("loan", extra, "interest-saved")).toBe("67197.17");
    expect(Number(shownValue("loan", extra, "payments"))).toBe(
      360 - Number(shownValue("loan", extra, "payments-saved")),
    );
  });

  test.each([
    [{ ...house, amount: 0 }, "amount"],
    [{ ...house, amount: -1 }, "amount"],
    [{ ...house, rate: -1 }, "rate"],
    [{ ...house, rate: 1000 }, "rate"],
    [{ ...house, years: -30 }, "years"],
    [{ ...house, payment: 1000 }, "payment"],
    [{ ...house, extraMonthly: -1 }, "extraMonthly"],
    [{ amount: 1000, rate: 4 }, "years"],
    [{ amount: 1000, rate: 4, payment: 0 }, "payment"],
    [{ amount: 1000.005, rate: 4, years: 1 }, "amount"],
    [{ amount: 1000.5, rate: 4, years: 1, currency: "JPY" }, "amount"],
    [{ amount: 0.5, rate: 0, years: 30 }, "amount"],
    [{ amount: Number("1e309"), rate: 4, years: 1 }, "amount"],
  ])("%j is refused by the name of %s", (inputs, param) => {
    const refusal = refusalOf("loan", inputs);
    expect(refusal.param).toBe(param);
    expect(refusal.message).toMatch(/^[A-Z].{15,}\.$/);
  });
});

describe("An affordable loan", () => {
  test("is one whose payment is the stated one", () => {
    const given = { rate: 4, years: 20 };
    const amount = Number(shownValue("affordable-loan", { ...given, payment: 1000 }, "loan-amount"));
    expect(amount).toBe(165_021.86);
    expect(shownValue("loan", { ...given, amount }, "monthly-payment")).toBe("1000.00");
  });
});

describe("A mortgage", () => {
  const german = { amount: 300_000, rate: 3.8, repayment: 2, fixedYears: 10, currency: "EUR" };

  test("with a first year's repayment has its payment, and its balance when the fixed rate ends", () => {
    const [payment, balance] = calculate("mortgage", german).results;
    expect(payment).toMatchObject({ name: "monthly-payment", value: "1450.00", unit: "EUR" });
    expect(balance).toMatchObject({ name: "remaining-balance", value: "227146.24" });
  });

  test("with a term has the payment of a loan", () => {
    const given = { amount: 300_000, rate: 6.5, years: 30, currency: "USD" };
    expect(shownValue("mortgage", given, "monthly-payment")).toBe("1896.20");
    expect(shownValue("mortgage", given, "total-interest")).toBe(shownValue("loan", given, "total-interest"));
  });

  test("that no life repays has a payment, and no term", () => {
    const endless = { amount: 300_000, rate: 0, repayment: 0.5 };
    expect(shownValue("mortgage", endless, "monthly-payment")).toBe("125.00");
    expect(resultOf("mortgage", endless, "term")).toMatchObject({
      value: null,
      reason: "The loan lasts more than 100 years.",
    });
  });

  test.each([
    [{ ...german, years: 30 }, "repayment"],
    [{ ...german, repayment: 0 }, "repayment"],
    [{ ...german, fixedYears: 1.23 }, "fixedYears"],
    [{ amount: 300_000, rate: 3.8 }, "years"],
  ])("%j is refused by the name of %s", (inputs, param) => {
    expect(refusalOf("mortgage", inputs).param).toBe(param);
  });
});

describe("A mortgage from price and down payment", () => {
  const house = { price: 400_000, rate: 6.5, years: 30, currency: "USD" };
  const payment = (inputs: object) => shownValue("mortgage", inputs, "monthly-payment");

  test("is that of the loan that is left, by amount and by per cent", () => {
    const loan = payment({ amount: 320_000, rate: 6.5, years: 30, currency: "USD" });
    expect(loan).toBe("2022.62");
    expect(payment({ ...house, downPayment: 80_000 })).toBe(loan);
    expect(payment({ ...house, downPercent: 20 })).toBe(loan);
    expect(calculate("mortgage", { ...house, downPercent: 20 }).assumptions.join()).toContain(
      "400000 − 80000",
    );
  });

  test("names what is missing, stated twice, or too much", () => {
    expect(refusalOf("mortgage", house).param).toBe("downPayment");
    expect(refusalOf("mortgage", { ...house, downPayment: 400_000 }).param).toBe("downPayment");
    expect(refusalOf("mortgage", { ...house, downPayment: 1, downPercent: 1 }).param).toBe("downPayment");
    expect(refusalOf("mortgage", { ...house, amount: 1, downPayment: 1 }).param).toBe("amount");
    expect(refusalOf("mortgage", { rate: 5, years: 10, amount: 1, downPercent: 1 }).param).toBe("price");
  });
});
