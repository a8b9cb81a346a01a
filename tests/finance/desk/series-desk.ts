/** The desk over series that a test makes, in a store of its own. */
import { createDesk } from "../../../src/finance/desk/create-desk.ts";
import type { DeskAnswer } from "../../../src/finance/desk/desk-answer.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { datasetsOf } from "../../../src/workspace/datasets.ts";
import { deskSeries } from "../../../src/workspace/desk-series.ts";
import { seriesFiguresOf } from "../../../src/workspace/series-figures.ts";
import { temporaryStore } from "../../store/temporary-store.ts";

const signal = new AbortController().signal;

/** @param now milliseconds since 1970 @param zone of the reader */
export function openSeriesDesk(now: number, zone = "UTC") {
  const store = temporaryStore();
  const own = datasetsOf({ store }, null);
  const ask = createDesk({
    instruments: () => builtInInstruments,
    prose: () => "none",
    isTiny: () => false,
    series: () => deskSeries(store, null, zone, () => now),
  });
  return {
    own,
    figures: seriesFiguresOf({ store, datasets: own, ownerId: null, now: () => now }),
    /** @param text of the file @param answers that an import may need */
    async import(name: string, text: string, answers: Parameters<typeof own.commit>[1] = {}) {
      const bytes = new TextEncoder().encode(text);
      const row = await own.import({ name, bytes }, { answers, isCommitted: true, signal });
      if (row.status !== "committed") throw new Error(`${name}: ${JSON.stringify(row.questions)}`);
      return row;
    },
    ask: (question: string): Promise<DeskAnswer | null> => ask(question, { ownerId: null, model: "none" }),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}
