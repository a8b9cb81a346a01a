/** The desk over series that a test makes, in a store of its own. */

import { packedBars, unpackedBars } from "../../../src/finance/data/stored-bars.ts";
import { createDesk } from "../../../src/finance/desk/create-desk.ts";
import type { DeskAnswer } from "../../../src/finance/desk/desk-answer.ts";
import type { Fact } from "../../../src/finance/facts/fact.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import type { Store } from "../../../src/store/database.ts";
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
    /** One byte of the rows behind a fact is another, until it is disposed of. */
    withFlippedByte: (fact: Fact) => flipped(store, fact),
    ask: (question: string): Promise<DeskAnswer | null> => ask(question, { ownerId: null, model: "none" }),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

/** A byte of the close of the fact's last bar. */
function flipped(store: Store, { formula, asOf }: Fact): Disposable {
  const { dataset: id, at, to } = formula.parameters;
  const dataset = store.datasets.get(String(id));
  const moment = Date.parse(String(to ?? at ?? asOf?.instant));
  const place = dataset?.chunks.findLast(({ first }) => first <= moment);
  const packed = place === undefined ? undefined : store.datasets.chunk(place.id);
  if (dataset === undefined || place === undefined || packed === undefined)
    throw new Error("There are no rows behind the fact.");
  const bars = unpackedBars(packed);
  const row = bars.time.findLastIndex((time) => time <= moment);
  const bytes = new Uint8Array(bars.close.buffer);
  // The fourth of eight: the price changes by less than a millionth.
  bytes[row * 8 + 3] = (bytes[row * 8 + 3] ?? 0) ^ 1;
  const changed = { ...place, id: store.datasets.addChunk(dataset.id, packedBars(bars)) };
  const { rows, passport, updatedAt, chunks } = dataset;
  const put = (list: typeof chunks) =>
    store.datasets.update(dataset.id, { chunks: list, rows, passport, updatedAt });
  put(chunks.map((each) => (each === place ? changed : each)));
  return { [Symbol.dispose]: () => put(chunks) };
}
