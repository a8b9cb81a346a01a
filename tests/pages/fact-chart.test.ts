/** The small chart of a card is drawn from all bars of its span: once, and not whenever its conversation is opened. */
import { expect, test } from "bun:test";
import type { Fact } from "../../src/finance/facts/fact.ts";
import { cardChart, factChartAddress } from "../../src/pages/fact-chart.ts";
import type { Dataset } from "../../src/store/dataset-tables.ts";

const times = [1, 2, 3].map((day) => Date.UTC(2024, 4, day));

/** A series of an owner, and how often a part of it was read. */
function seriesWith({ id = crypto.randomUUID(), updatedAt = 1, indicator = null as string | null } = {}) {
  const dataset: Dataset = {
    ...{ id, ownerId: "anna", symbol: "XAUUSD", timeframe: "D1", zone: "UTC", rows: 3, chunks: [] },
    ...{ passport: null, createdAt: 1, updatedAt },
  };
  const reads: unknown[] = [];
  const series: Parameters<typeof cardChart>[0] = {
    place: () => ({ dataset, indicator, at: undefined, from: times[0] ?? 0, to: times[2] ?? 0 }),
    async chart(_, wanted) {
      reads.push(wanted);
      const price = Float64Array.from(times, () => 2300);
      return {
        ...{ dataset, start: 0, step: 1, rows: 3, isProvisional: false, indicators: [] },
        bars: {
          ...{ time: Float64Array.from(times), volume: null },
          ...{ open: price, high: price, low: price, close: price },
        },
      };
    },
  };
  return { id, series, reads };
}

const facts: Fact[] = [
  {
    ...{ id: "f", name: "change", label: "Change", value: "1", unit: null, subject: null, asOf: null },
    ...{ kind: "computed", inputs: [], inputsHash: "", warnings: [] },
    formula: {
      ...{ id: "change", version: 1, words: "", steps: "", source: "" },
      parameters: { dataset: "it" },
    },
  },
];

test("A card is drawn once, until its series changes", async () => {
  const { id, series, reads } = seriesWith();
  const first = await cardChart(series, facts, "UTC");
  expect(first?.drawn.candles).toHaveLength(3);
  expect(await cardChart(series, facts, "UTC")).toEqual(first);
  expect(reads).toHaveLength(1);
  const later = seriesWith({ id, updatedAt: 2 });
  await cardChart(later.series, facts, "UTC");
  expect(later.reads).toHaveLength(1);
});

test("Of several pages that are opened at once one draws it", async () => {
  const { series, reads } = seriesWith();
  await Promise.all([1, 2, 3].map(() => cardChart(series, facts, "UTC")));
  expect(reads).toHaveLength(1);
});

test("What could not be drawn is tried again", async () => {
  const { series, reads } = seriesWith();
  const broken = { ...series, chart: () => Promise.reject(new Error("The disk is away.")) };
  await expect(cardChart(broken, facts, "UTC")).rejects.toThrow("The disk is away.");
  expect((await cardChart(series, facts, "UTC"))?.drawn.candles).toHaveLength(3);
  expect(reads).toHaveLength(1);
});

test("A fact whose indicator is known no more has no chart, and its page opens all the same", async () => {
  const { series } = seriesWith({ indicator: "of-an-older-version:3" });
  expect(await cardChart(series, facts, "UTC")).toBeNull();
  expect(facts.map((fact) => factChartAddress(series, fact))).toEqual([null]);
});
