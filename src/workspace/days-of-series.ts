/** From and to of a figure over a series, as somebody states them: moments, or whole days by the clock of the series. */
import { refuse } from "../finance/calculators/refuse.ts";
import { LocalTime } from "../finance/data/local-time.ts";
import { momentIn } from "../finance/data/moment.ts";
import { barsInSpan, fitsSpan, refuseUnfit } from "../finance/desk/series-places.ts";
import type { Statistic } from "../finance/statistics/statistic.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import { say } from "../texts/say.ts";
import type { BarSpan } from "./dataset-chunks.ts";
import type { OwnDatasets } from "./datasets.ts";

const dayMs = 86_400_000;

/** What the clock shows when a day begins; null: a moment is stated, or nothing. */
const dayIn = (stated: unknown): number | null =>
  typeof stated === "string" && /^\d{4}-\d{2}-\d{2}$/.test(stated) ? Date.parse(stated) : null;

/**
 * A day is the whole of it, as the desk reads it: up to its end, and a change begins at the close before it.
 * @param now milliseconds since 1970
 * @throws InvalidRequestError with `param`
 */
export async function spanOfStatistic(
  statistic: Statistic,
  dataset: Dataset,
  { from, to }: { readonly from?: unknown; readonly to?: unknown },
  datasets: Pick<OwnDatasets, "bars">,
  now: number,
): Promise<BarSpan> {
  const moments = { from: momentIn("from", from), to: momentIn("to", to) };
  const [firstDay, lastDay] = [dayIn(from), dayIn(to)];
  const { id, symbol, timeframe, passport } = dataset;
  if ((firstDay === null && lastDay === null) || passport?.first == null) return moments;
  const zone = passport.zone ?? "UTC";
  const clock = new LocalTime(zone);
  const over = lastDay === null ? clock.shownAt(moments.to ?? now) : lastDay + dayMs;
  const span = {
    from: firstDay ?? clock.shownAt(moments.from ?? Date.parse(passport.first)),
    to: over > clock.shownAt(now) ? null : over,
    isOfDays: true,
  };
  const series = { id, symbol, timeframe, passport };
  const places = await barsInSpan(span, series, {
    ...{ now, zone, times: async (name, part) => (await datasets.bars(name, part)).time },
  });
  if (places.last === null) refuse(lastDay === null ? "from" : "to", say`There are no bars.`);
  const isOfSpan = statistic.isFromCloseBefore === true || statistic.name === "price-range";
  if (isOfSpan && !fitsSpan(series, span, places)) refuseUnfit(series);
  const begin = statistic.isFromCloseBefore === true ? (places.before ?? places.from) : places.from;
  return {
    from: firstDay === null ? moments.from : begin,
    to: lastDay === null ? moments.to : places.last,
  };
}
