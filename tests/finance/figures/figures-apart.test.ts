/** Figures over long series, which a thread computes: the same ones, and the same refusals. */
import { expect, test } from "bun:test";
import { passportOf } from "../../../src/finance/data/passport.ts";
import { figuresApart } from "../../../src/finance/figures/figures-apart.ts";
import { seriesFigures, type WantedFigures } from "../../../src/finance/figures/series-figures.ts";
import { randomBars } from "../indicators/random-bars.ts";

function wanted(name: string, change: Partial<WantedFigures> = {}): WantedFigures {
  const random = randomBars(25_000);
  const declared = { zone: null, volume: "tick", adjustment: null, decimals: 2, timeframe: "H1" } as const;
  const bars = {
    ...random,
    source: new Int32Array(25_000).fill(1),
    line: Int32Array.from({ length: 25_000 }, (_, at) => at + 2),
  };
  const series = { datasetId: "d", symbol: "XAUUSD", passport: passportOf(bars, declared), bars };
  return {
    name,
    parameters: {},
    series,
    other: null,
    stated: [],
    now: Date.UTC(2030, 0, 1),
    language: "de",
    ...change,
  };
}

test.each(["obv", "returns"])("%s of a long series is the same from the thread", async (name) => {
  expect(await figuresApart(wanted(name))).toEqual(seriesFigures(wanted(name)));
});

test("What is refused is refused with its parameter and its words", async () => {
  const refused = figuresApart(wanted("macd", { parameters: { fast: 26, slow: 12, signal: 9 } }));
  await expect(refused).rejects.toMatchObject({
    status: 422,
    facts: { param: "fast" },
    message: "The fast period must be shorter than the slow one.",
  });
});

test("What goes wrong in the thread is told, and the next one is computed", async () => {
  await expect(figuresApart(wanted("no-such-figure"))).rejects.toThrow(/no-such-figure/);
  expect((await figuresApart(wanted("obv"))).facts).toHaveLength(1);
});
