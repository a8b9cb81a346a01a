/** What the desk may know of an owner's prices. It knows nothing of questions. */
import type { DeskSeries } from "../finance/desk/series-answer.ts";
import type { OwnerId } from "../store/schema.ts";
import type { DatasetStore } from "./dataset-chunks.ts";
import { datasetsOf } from "./datasets.ts";
import { type SeriesFiguresDeps, seriesFiguresOf } from "./series-figures.ts";

/**
 * @param zone of the owner's clock; empty: that of this machine
 * @param now milliseconds since 1970, for tests
 */
export function deskSeries(
  store: DatasetStore & SeriesFiguresDeps["store"],
  ownerId: OwnerId,
  zone: string,
  now: () => number = Date.now,
): DeskSeries {
  const datasets = datasetsOf({ store }, ownerId);
  return {
    list: () =>
      datasets
        .list()
        .flatMap(({ id, symbol, timeframe, passport }) =>
          passport === null ? [] : [{ id, symbol, timeframe, passport }],
        ),
    compute: seriesFiguresOf({ store, datasets, ownerId, now }).compute,
    times: async (id, span) => (await datasets.bars(id, span)).time,
    now: now(),
    zone: zone === "" ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone,
  };
}
