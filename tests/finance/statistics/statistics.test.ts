/** Statistics: by hand, beside numpy on real prices, and what holds of all of them. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Bars } from "../../../src/finance/data/bars.ts";
import type { Finding } from "../../../src/finance/statistics/statistic.ts";
import { statisticNamed, statistics } from "../../../src/finance/statistics/statistics.ts";
import { inLanguage } from "../../../src/texts/say.ts";
import { pythonWith } from "../../api/clients/python-with.ts";
import { growthOf, mostGrowth } from "../growth.ts";
import { slicedBars } from "../indicators/changed-bars.ts";
import { defaultsOf } from "../indicators/defaults-of.ts";
import { randomBars } from "../indicators/random-bars.ts";
import { referenceSeries } from "../indicators/reference.ts";

const day = 86_400_000;
const closes = (...close: number[]): Bars => {
  const column = Float64Array.from(close);
  const time = column.map((_, index) => index * day);
  return { time, open: column, high: column, low: column, close: column, volume: null };
};

function run(name: string, bars: Bars, stated: Readonly<Record<string, unknown>> = {}, other?: Bars) {
  const statistic = statisticNamed(name);
  if (statistic === undefined) throw new Error(`There is no ${name}.`);
  return statistic.compute(bars, defaultsOf(statistic, stated), other);
}

function figure(results: readonly Finding[], name: string): Finding {
  const found = results.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

const refused = (act: () => unknown) => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof InvalidRequestError ? error.message : String(error);
  }
};

describe.each(statistics.map((each) => [each.name, each] as const))("%s", (name, { series }) => {
  test("gives figures with a number of observations, a span and steps", () => {
    const other = series === 2 ? randomBars(200, 9) : undefined;
    const bars = randomBars(200);
    const { results } = run(name, bars, {}, other);
    expect(new Set(results.map((each) => each.name)).size).toBe(results.length);
    for (const { value, reason, n, from, to, steps, label } of results) {
      expect(value === null).toBe(reason !== undefined);
      expect(value ?? "0").toMatch(/^-?\d+(?:\.\d+)?$/);
      expect(n).toBeGreaterThan(0);
      expect([from, to]).toEqual([bars.time[0] ?? 0, bars.time[199] ?? 0]);
      expect(inLanguage(label, "en")).not.toBe("");
      expect(inLanguage(steps, "en")).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test("refuses a span that is too short, and prices at or below zero", () => {
    // One bar has a high and a low.
    const few = name === "price-range" ? closes() : closes(1);
    expect(refused(() => run(name, few, {}, few))).toMatch(/at least \d/);
    const oil = closes(20, 10, -37, 10, 12);
    expect(refused(() => run(name, oil, {}, oil))).toContain("at or below zero");
  });

  test("takes four times as long for four times the bars, never the square of it", () => {
    const long = randomBars(200_000, 3, 1e6);
    const growth = growthOf((count) => {
      const bars = slicedBars(long, 0, count);
      run(name, bars, {}, series === 2 ? bars : undefined);
    });
    expect(growth).toBeLessThan(mostGrowth);
  });
});

test("A drawdown has the days of its peak, its trough and its recovery", () => {
  const { results } = run("drawdown", closes(100, 120, 90, 60, 110, 120, 130, 117));
  const at = (name: string) => [figure(results, name).value, (figure(results, name).at ?? -1) / day];
  expect(at("drawdown")).toEqual(["-50.00", 3]);
  expect(at("peak")).toEqual(["120", 1]);
  expect(at("trough")).toEqual(["60", 3]);
  expect(at("recovery")).toEqual(["120", 5]);
  expect(figure(results, "drawdown-now").value).toBe("-10.00");
  const open = run("drawdown", closes(100, 50, 99)).results;
  expect(figure(open, "recovery")).toMatchObject({ value: null });
  const none = run("drawdown", closes(1, 2, 3)).results;
  expect([figure(none, "drawdown").value, figure(none, "peak").value]).toEqual(["0.00", null]);
});

test("Correlation takes the times that both have, and fills nothing in", () => {
  const first = closes(1, 2, 4, 8, 7, 9);
  const other: Bars = {
    ...closes(2, 4, 16, 14, 18),
    time: Float64Array.of(0, 1, 3, 4, 5).map((at) => at * day),
  };
  const { results, warnings } = run("correlation", first, {}, other);
  expect(figure(results, "correlation")).toMatchObject({ value: "1.0000", n: 4 });
  expect(figure(results, "beta").value).toBe("1.0000");
  expect(warnings.map((each) => inLanguage(each, "en")).join()).toContain("1 of the first, 0 of the second");
  const flat = run("correlation", first, {}, closes(5, 5, 5, 5, 5, 5)).results;
  expect(figure(flat, "correlation")).toMatchObject({ value: null });
  expect(refused(() => run("correlation", first))).toContain("second dataset");
});

test("A ratio without scatter is undefined, and says why", () => {
  expect(figure(run("sharpe", closes(1, 2, 4, 8)).results, "sharpe").value).toBeNull();
  expect(figure(run("sortino", closes(1, 2, 4, 8)).results, "sortino").value).toBeNull();
  expect(figure(run("volatility", closes(1, 2, 4, 8)).results, "volatility").value).toBe("0.00");
});

test("Scatter is that of a sample, and falls are counted over all returns", () => {
  // Log returns ±0.6931: divided by n − 1 they scatter by 0.9803.
  const { results, assumptions } = run("volatility", closes(1, 2, 1), { barsAYear: 4 });
  expect(figure(results, "volatility").value).toBe("196.05");
  expect(assumptions).toEqual([]);
  // Returns 1, −0.5, 0.5: mean ⅓, deviation 0.7638, falls √(0.25 ÷ 3).
  const prices = closes(2, 4, 2, 3);
  expect(figure(run("sharpe", prices, { barsAYear: 1 }).results, "sharpe").value).toBe("0.4364");
  expect(figure(run("sortino", prices, { barsAYear: 1 }).results, "sortino").value).toBe("1.1547");
});

test("Bars a year are those of the data, and are stated", () => {
  const { results, assumptions, warnings } = run("volatility", closes(1, 2, 1, 2));
  expect(figure(results, "bars-a-year")).toMatchObject({ value: "365.2", n: 3 });
  expect(assumptions.map((each) => inLanguage(each, "en"))).toEqual([
    "Bars a year: 365.2, as observed in 4 bars of this span",
  ]);
  expect(inLanguage(warnings[0] ?? "", "en")).toContain("shorter than 30 days");
});

describe("A base rate", () => {
  const bars = (rows: readonly (readonly [number, number, number, number])[]): Bars => {
    const column = (at: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[at]);
    const time = Float64Array.from(rows, (_, index) => index * day);
    return { time, open: column(0), high: column(1), low: column(2), close: column(3), volume: null };
  };
  const values = (results: readonly Finding[], ...names: string[]) =>
    names.map((name) => figure(results, name).value);

  test("counts cases, wins and losses, and knows no outcome of the last bar", () => {
    // Two falls in a row end at the bars 2, 3, 6 and 8; the last has no next bar.
    const { results } = run("base-rate", closes(10, 9, 8, 7, 9, 8, 7, 7.5, 7, 6), { bars: 2 });
    expect(values(results, "cases", "wins", "losses", "share")).toEqual(["3", "2", "1", "66.67"]);
    expect(figure(results, "share").interval).toEqual({ low: "20.77", high: "93.85" });
  });

  test("counts a bar that touches stop and target apart: the original took it for a win", () => {
    const data = bars([
      [100, 100, 100, 100],
      [100, 112, 89, 100],
      [100, 104, 96, 100],
      [100, 111, 99, 100],
      [100, 101, 89, 100],
      [88, 111, 87, 100],
      [100, 101, 99, 100],
    ]);
    const stated = { condition: "any bar", stop: 10, target: 10 };
    const { results } = run("base-rate", data, stated);
    const names = ["cases", "wins", "losses", "both-touched", "neither", "share"];
    // The fifth opened below the stop: a loss, whatever it touched later.
    expect(values(results, ...names)).toEqual(["6", "1", "2", "1", "2", "33.33"]);
    const short = run("base-rate", data, { ...stated, direction: "short" }).results;
    expect(values(short, ...names)).toEqual(["6", "2", "1", "1", "2", "66.67"]);
  });

  test("takes a price that is written as the stop's for a touch", () => {
    const data = bars([
      [1.13, 1.13, 1.13, 1.13],
      [1.13, 1.13, 1.1187, 1.13],
      [1.13, 1.13, 1.13, 1.13],
    ]);
    // 1.13 × 0.99 is a little below 1.1187 in binary.
    const { results } = run("base-rate", data, { condition: "any bar", stop: 1, target: 1 });
    expect(values(results, "losses")).toEqual(["1"]);
  });

  test("takes four times as long for four times the bars, each with a long way to its outcome", () => {
    const long = randomBars(80_000, 3, 1e6);
    const chosen = { condition: "any bar", horizon: 250, stop: 99, target: 99 };
    const growth = growthOf((count) => run("base-rate", slicedBars(long, 0, count), chosen), 20_000);
    expect(growth).toBeLessThan(mostGrowth);
  });

  test("warns of few cases, and of cases that overlap", () => {
    const { warnings } = run("base-rate", closes(1, 2, 3, 2, 3, 4, 5, 6), {
      condition: "any bar",
      horizon: 3,
    });
    const text = warnings.map((each) => inLanguage(each, "en")).join(" ");
    expect(text).toContain("only 5 cases");
    expect(text).toContain("4 of 5 cases began before");
  });

  test("refuses stop and target, and a condition about highs, where there are closes alone", () => {
    const prices = { ...closes(1, 2, 3, 2, 3, 4), high: new Float64Array(6).fill(Number.NaN) };
    const any = { condition: "any bar" };
    expect(refused(() => run("base-rate", prices, { ...any, stop: 1, target: 1 }))).toContain(
      "no open, high",
    );
    const above = { condition: "close above the high of", bars: 2 };
    expect(refused(() => run("base-rate", prices, above))).toContain("no open, high");
    expect(refused(() => run("base-rate", prices, any))).toBeNull();
  });

  test("asks for the level of a condition that has one, and for stop and target together", () => {
    const prices = closes(1, 2, 3, 2, 3);
    expect(refused(() => run("base-rate", prices, { condition: "RSI above" }))).toContain("level");
    expect(refused(() => run("base-rate", prices, { stop: 1 }))).toContain("stop and target");
  });

  test.each([
    ["rising closes", 2, undefined, [2, 5]],
    ["fall of at least", 1, 30, [3, 6]],
    ["rise of at least", 2, 100, [2]],
    ["close above the high of", 2, undefined, [2, 5]],
    ["close below the low of", 2, undefined, [6]],
    ["close above the SMA", 2, undefined, [1, 2, 4, 5]],
    ["close below the SMA", 2, undefined, [3, 6]],
  ])("%s holds at the right bars", async (condition, count, level, expected) => {
    const { holds } = await import("../../../src/finance/statistics/conditions.ts");
    const data = closes(1, 2, 3, 2, 2.5, 3.5, 1);
    const is = holds(data, { condition, bars: count, level } as never);
    expect(Array.from(data.close.keys()).filter(is)).toEqual(expected);
  });
});

test("On real prices all agree with numpy, to the last digit that is shown", async () => {
  const { sp500, nasdaq } = await referenceSeries({});
  if (sp500 === undefined || nasdaq === undefined) throw new Error("The prices are missing.");
  const python = await pythonWith(["ta-lib==0.8.2", "talipp==2.7.0"]);
  const [first, second] = [[...sp500.bars.close], [...nasdaq.bars.close]];
  const child = Bun.spawn([...python.command, join(import.meta.dir, "reference.py")], {
    env: python.environment,
    stdin: new Blob([JSON.stringify({ first, second })]),
    stdout: "pipe",
    stderr: "inherit",
  });
  const reference = JSON.parse(await new Response(child.stdout).text());
  const stated = { barsAYear: 252 };
  const results = [
    ...run("returns", sp500.bars).results,
    ...run("volatility", sp500.bars, stated).results,
    ...run("correlation", sp500.bars, {}, nasdaq.bars).results,
    ...run("sharpe", sp500.bars, { ...stated, riskFree: 2 }).results,
    ...run("sortino", sp500.bars, { ...stated, target: 2 }).results,
    ...run("drawdown", sp500.bars).results,
  ];
  const { indices, "wins-after-three-falls": wins, ...figures } = reference;
  expect(Object.keys(figures)).toHaveLength(11);
  for (const [name, theirs] of Object.entries(figures)) {
    const ours = figure(results, name).value ?? "";
    expect([name, ours]).toEqual([name, Number(theirs).toFixed(ours.split(".")[1]?.length ?? 0)]);
  }
  for (const name of ["peak", "trough", "recovery"])
    expect([name, (figure(results, name).at ?? 0) / day]).toEqual([name, indices[name]]);
  const falls = run("base-rate", sp500.bars).results;
  expect([figure(falls, "wins").value, figure(falls, "cases").value]).toEqual(wins.map(String));
}, 300_000);
