/** The series of the desk's page: each with its last close. */
import type { PriceRow } from "../../../views/series-props.ts";
import { languageOfReader, tr } from "../../texts/reader-language.ts";
import { decimalIn } from "../../texts/say.ts";
import type { OwnDatasets } from "../../workspace/datasets.ts";
import { seriesForm, seriesName, warningsOf } from "../series-rows.ts";

/** A desk holds no more. */
const most = 24;

export async function ownPrices(
  datasets: OwnDatasets | undefined,
  readerZone: string,
): Promise<readonly PriceRow[]> {
  const all = datasets?.list() ?? [];
  return await Promise.all(
    all.slice(0, most).map(async (dataset) => {
      const { id, rows, passport } = dataset;
      const bars = await datasets?.bars(id, { limit: 1 });
      const [close, time] = [bars?.close.at(-1), bars?.time.at(-1)];
      return {
        ...{ id, name: seriesName(dataset, all) },
        close:
          close === undefined ? "" : decimalIn(close.toFixed(passport?.decimals ?? 2), languageOfReader()),
        at: time === undefined ? "" : seriesForm(dataset, readerZone).shown(time),
        rows: rows === 1 ? tr`1 bar` : tr`${rows} bars`,
        isOdd: warningsOf(passport).length > 0,
      };
    }),
  );
}
