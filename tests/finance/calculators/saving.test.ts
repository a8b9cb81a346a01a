import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { calculate, refusalOf, resultOf, shownValue } from "./calculation.ts";

const plan = { deposit: 500, every: "month", years: 20, rate: 6, currency: "USD" };

describe("A savings plan", () => {
  test("answers: if I save $500 a month for 20 years at 6 %, how much will I have?", () => {
    const [final, paid, interest] = calculate("savings-plan", plan).results;
    expect(final).toMatchObject({ name: "final-value", value: "231020.45", unit: "USD" });
    expect([paid?.value, interest?.value]).toEqual(["120000.00", "111020.45"]);
  });

  test("says how it read the rate, because a nominal and an effective one differ", () => {
    expect(calculate("savings-plan", plan).assumptions.join()).toContain("nominal rate: 0.5% a month");
    const effective = { ...plan, rateKind: "effective" };
    expect(shownValue("savings-plan", effective, "final-value")).toBe("226719.32");
    expect(calculate("savings-plan", effective).assumptions.join()).toContain(
      "effective rate: 0.486755% a month",
    );
  });

  test("never guesses whether a deposit is made every month or every year", () => {
    const { every: _, ...rest } = plan;
    expect(refusalOf("savings-plan", rest).param).toBe("every");
  });

  test("refuses a term that ends within a deposit's period", () => {
    const { param, message } = refusalOf("savings-plan", { ...plan, every: "year", years: 2.5 });
    expect(param).toBe("years");
    expect(message).toContain("not a whole number of years: 30 months");
  });

  test("has a row for each year, and one for the part of a year at the end", () => {
    const rows = calculate("savings-plan", { ...plan, years: 2, months: 5 }).table?.rows ?? [];
    expect(rows.map(([months]) => months)).toEqual(["12", "24", "29"]);
    expect(rows.at(-1)?.at(-1)).toBe(
      shownValue("savings-plan", { ...plan, years: 2, months: 5 }, "final-value") ?? "",
    );
  });

  test("at a rate that 40 digits cannot hold beside 1 is the sum of its deposits", () => {
    expect(shownValue("savings-plan", { ...plan, rate: 1e-39 }, "final-value")).toBe("120000.00");
    expect(shownValue("goal", { goal: 1200, years: 1, rate: 1e-39 }, "deposit")).toBe("100.00");
  });

  test("has no cents in a currency that has none", () => {
    expect(shownValue("savings-plan", { ...plan, currency: "JPY" }, "final-value")).toBe("231020");
    expect(shownValue("savings-plan", { ...plan, currency: "BHD" }, "final-value")).toBe("231020.448");
  });
});

describe("A savings goal", () => {
  test("answers: how much a month for 100,000 in 10 years at 5 %?", () => {
    expect(shownValue("goal", { goal: 100_000, years: 10, rate: 5 }, "deposit")).toBe("643.99");
  });

  test("is met, to the cents of the deposits, by a savings plan with its deposit", () => {
    const cases = fc.record({
      goal: fc.integer({ min: 1000, max: 1_000_000 }),
      months: fc.integer({ min: 1, max: 480 }),
      rate: fc.integer({ min: -100, max: 1500 }).map((hundredths) => hundredths / 100),
      when: fc.constantFrom("begin", "end"),
      rateKind: fc.constantFrom("nominal", "effective"),
    });
    fc.assert(
      fc.property(cases, ({ goal, ...same }) => {
        const deposit = Number(shownValue("goal", { goal, ...same }, "deposit"));
        const reached = Number(
          shownValue("savings-plan", { deposit, every: "month", ...same }, "final-value"),
        );
        const oneCentMore = Number(
          shownValue("savings-plan", { deposit: deposit + 0.01, every: "month", ...same }, "final-value"),
        );
        expect(Math.abs(reached - goal)).toBeLessThanOrEqual(oneCentMore - reached);
      }),
      { numRuns: 60 },
    );
  });

  test("that the amount at the beginning reaches alone is refused, and says what it becomes", () => {
    const { param, message } = refusalOf("goal", { goal: 1000, start: 2000, years: 1, rate: 5 });
    expect(param).toBe("goal");
    expect(message).toContain("2102.32");
  });
});

describe("The time to a savings goal", () => {
  test("is the first month in which the savings plan has it", () => {
    const given = { deposit: 500, every: "month", rate: 5 };
    expect(shownValue("savings-time", { ...given, goal: 100_000 }, "duration")).toBe("146");
    expect(Number(shownValue("savings-plan", { ...given, months: 145 }, "final-value"))).toBeLessThan(
      100_000,
    );
    expect(shownValue("savings-plan", { ...given, months: 146 }, "final-value")).toBe("100205.51");
  });

  test("that never comes has a reason, and no number", () => {
    const never = { goal: 100_000, deposit: 1, every: "year", rate: -5 };
    expect(resultOf("savings-time", never, "duration").reason).toBe("The goal is not reached in 200 years.");
    expect(refusalOf("savings-time", { ...never, start: 100_000 }).param).toBe("goal");
  });
});

describe("Simple interest", () => {
  test("counts days by the stated year, and warns of more than a year", () => {
    const given = { amount: 10_000, rate: 3, days: 90 };
    expect(shownValue("simple-interest", given, "interest")).toBe("73.97");
    expect(shownValue("simple-interest", { ...given, yearDays: "360" }, "interest")).toBe("75.00");
    expect(calculate("simple-interest", { amount: 1, rate: 3, years: 2 }).warnings).toHaveLength(1);
    expect(refusalOf("simple-interest", { amount: 1, rate: 3 }).param).toBe("days");
  });
});

describe("A withdrawal plan", () => {
  const paid = { amount: 500_000, withdrawal: 3000, every: "month", rate: 4 };

  test("says how long the money lasts", () => {
    expect(shownValue("withdrawal", paid, "duration")).toBe("243");
  });

  test("whose interest covers the withdrawals has no end: no number, but a reason", () => {
    const duration = resultOf("withdrawal", { ...paid, withdrawal: 1600 }, "duration");
    expect(duration).toMatchObject({ value: null, reason: "The money lasts more than 200 years." });
  });

  test("takes a withdrawal or a time, not both, and asks for one of them", () => {
    expect(refusalOf("withdrawal", { ...paid, years: 10 }).param).toBe("withdrawal");
    expect(refusalOf("withdrawal", { amount: 1000, every: "month", rate: 4 }).param).toBe("withdrawal");
  });

  test("lasts as long as the withdrawal was computed for", () => {
    for (const years of [1, 7, 25, 60]) {
      const given = { amount: 250_000, every: "month", rate: 3.5, when: "begin" };
      const most = Number(shownValue("withdrawal", { ...given, years }, "withdrawal"));
      const less = { ...given, withdrawal: Math.round(most * 100 - 1) / 100 };
      expect(shownValue("withdrawal", less, "duration")).toBe(String(years * 12));
    }
  });
});

describe("Compound interest", () => {
  const given = { amount: 10_000, rate: 5, years: 10, currency: "USD" };

  test("is added as often as stated", () => {
    const finals = ["yearly", "half-yearly", "quarterly", "monthly", "daily", "continuous"].map(
      (compounding) => shownValue("compound-interest", { ...given, compounding }, "final-value"),
    );
    expect(finals).toEqual(["16288.95", "16386.16", "16436.19", "16470.09", "16486.65", "16487.21"]);
  });

  test("adds up in the figures that are shown", () => {
    const [final, interest] = calculate("compound-interest", {
      ...given,
      amount: 100.005,
      years: 1 / 3,
    }).results;
    expect(Number(final.value) - Number(interest?.value)).toBeCloseTo(100.005, 2);
  });

  test("of an absurd amount is no number", () => {
    const result = resultOf("compound-interest", { amount: 1e12, rate: 999, years: 200 }, "final-value");
    expect(result).toMatchObject({
      value: null,
      reason: "The amount is above 10^18. Check the rate and the time.",
    });
  });
});

describe("Inflation", () => {
  test("leaves Fisher's real rate", () => {
    expect(shownValue("real-return", { rate: 5, inflation: 2 }, "real-rate")).toBe("2.94");
    expect(shownValue("inflation", { amount: 100, years: 1, inflation: 2, rate: 5 }, "real-rate")).toBe(
      "2.94",
    );
  });
});

describe("Rates that are nominal and effective", () => {
  test("turn into each other and back", () => {
    for (const compounding of ["yearly", "half-yearly", "quarterly", "monthly", "daily", "continuous"]) {
      const effective = shownValue(
        "effective-rate",
        { rate: 6, compounding, rateKind: "nominal" },
        "effective-rate",
      );
      const back = { rate: Number(effective), compounding, rateKind: "effective" };
      expect(Number(shownValue("effective-rate", back, "nominal-rate"))).toBeCloseTo(6, 3);
    }
  });
});

describe("Bad inputs about savings", () => {
  test.each([
    ["savings-plan", { ...plan, years: -1 }, "years"],
    ["savings-plan", { ...plan, years: 0 }, "years"],
    ["savings-plan", { ...plan, years: 201 }, "years"],
    ["savings-plan", { ...plan, years: 200, months: 1 }, "years"],
    ["savings-plan", { ...plan, years: 1.01 }, "years"],
    ["savings-plan", { ...plan, deposit: 0 }, "deposit"],
    ["savings-plan", { ...plan, deposit: -5 }, "deposit"],
    ["savings-plan", { ...plan, deposit: Number("1e309") }, "deposit"],
    ["savings-plan", { ...plan, deposit: "1e309" }, "deposit"],
    ["savings-plan", { ...plan, rate: -100 }, "rate"],
    ["savings-plan", { ...plan, rate: 1000 }, "rate"],
    ["savings-plan", { ...plan, start: -1 }, "start"],
    ["savings-plan", { ...plan, every: "week" }, "every"],
    ["savings-plan", { deposit: 500, every: "month", rate: 6 }, "years"],
    ["goal", { goal: 0.1, years: 100, rate: 5 }, "goal"],
    ["compound-interest", { amount: 100, rate: 5 }, "years"],
    ["compound-interest", { amount: 100, rate: 5, years: 1, compounding: "hourly" }, "compounding"],
    ["inflation", { amount: 100, inflation: -100, years: 1 }, "inflation"],
    ["doubling-time", { rate: 0 }, "rate"],
    ["effective-rate", { rate: -100 }, "rate"],
  ])("%s %j names %s", (name, inputs, param) => {
    const refusal = refusalOf(name, inputs);
    expect(refusal.param).toBe(param);
    expect(refusal.message).toMatch(/^[A-Z].{15,}\.$/);
  });
});
