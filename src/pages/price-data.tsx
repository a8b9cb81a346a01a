/** The pages of price series: files are brought in, asked about, taken back; a series is looked at. All of it is plain forms. */
import { Elysia, t } from "elysia";
import type { Candle } from "../../views/components/candle-chart.tsx";
import { DataPage, ImportPage, SeriesPage } from "../../views/pages/data-pages.tsx";
import type { ImportRow, SeriesRow } from "../../views/series-props.ts";
import type { Bars } from "../finance/data/bars.ts";
import { type Passport, passportWarnings } from "../finance/data/passport.ts";
import { lengthOf } from "../finance/data/timeframe.ts";
import { describeError, htmlReply, seeOther } from "../http/html-reply.tsx";
import { receivedForm } from "../http/received-file.ts";
import type { DataImport, Dataset, ImportAnswers } from "../store/dataset-tables.ts";
import { languageOfReader, tr, translated } from "../texts/reader-language.ts";
import { inLanguage } from "../texts/say.ts";
import { largestSeries, type OwnDatasets } from "../workspace/datasets.ts";
import type { OwnSeriesFigures } from "../workspace/series-figures.ts";
import { calendarOf } from "./calendar.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps as AllPagesDeps } from "./render-chat.tsx";
import { answered } from "./thread-reply.tsx";

export const uploadSeriesPath = "/data";

interface PagesDeps extends AllPagesDeps {
  readonly datasets: OwnDatasets;
  readonly seriesFigures: OwnSeriesFigures;
}

const hidden = { detail: { hide: true } };
const params = t.Object({ id: t.String({ maxLength: 100 }) });
const short = t.Optional(t.String({ maxLength: 100 }));
/** How long a file may take, in seconds. */
const longestSeconds = 240;
const [shownBars, drawnBars, listedImports] = [20, 120, 50];

export const createPriceDataPages = (pagesOf: (request: Request) => PagesDeps) =>
  new Elysia({ name: "pages-price-data" })
    .get(
      "/data",
      ({ query, request }) => dataReply(pagesOf(request), query.done === "gone" ? tr`It is erased.` : null),
      { ...hidden, query: t.Object({ done: short }) },
    )
    .post(
      uploadSeriesPath,
      async ({ request, server }) => {
        server?.timeout(request, longestSeconds);
        const deps = pagesOf(request);
        try {
          const { files, fields } = await receivedForm(request, largestSeries);
          const [file] = files;
          if (file === undefined) return dataReply(deps, null, tr`Choose a file first.`, 422);
          const zone = fields.zone?.trim() ?? "";
          const answers = zone === "" ? {} : { zone };
          const { id } = await deps.datasets.import(file, {
            answers,
            isCommitted: true,
            signal: request.signal,
          });
          return seeOther(`/data/imports/${id}`);
        } catch (error) {
          const { status, message } = describeError(error);
          if (status === 500 && !request.signal.aborted) deps.reportDefect(error);
          return dataReply(deps, null, message, status);
        }
      },
      hidden,
    )
    .get(
      "/data/imports/:id",
      ({ params: { id }, request }) =>
        answered(pagesOf(request), request, (deps) => importReply(deps, deps.datasets.importOf(id))),
      { ...hidden, params },
    )
    .post(
      "/data/imports/:id/commit",
      ({ params: { id }, body, request, server }) =>
        answered(pagesOf(request), request, async (deps) => {
          server?.timeout(request, longestSeconds);
          try {
            await deps.datasets.commit(id, answersOf(body), request.signal);
          } catch (error) {
            const { status, message } = describeError(error);
            if (status === 500 || status === 404) throw error;
            return importReply(deps, deps.datasets.importOf(id), message, status);
          }
          return seeOther(`/data/imports/${id}`);
        }),
      { ...hidden, params, body: t.Object({ date_order: short, decimal: short, timeframe: short }) },
    )
    .post(
      "/data/imports/:id/undo",
      ({ params: { id }, request, server }) =>
        answered(pagesOf(request), request, async (deps) => {
          server?.timeout(request, longestSeconds);
          await deps.datasets.undo(id);
          return seeOther("/data?done=gone");
        }),
      { ...hidden, params },
    )
    .get(
      "/data/:id",
      ({ params: { id }, request }) =>
        answered(pagesOf(request), request, (deps) => seriesReply(deps, deps.datasets.get(id))),
      { ...hidden, params },
    )
    .post(
      "/data/:id/compute",
      ({ params: { id }, body, request }) =>
        answered(pagesOf(request), request, async (deps) => {
          const dataset = deps.datasets.get(id);
          try {
            const period = body.period?.trim() ?? "";
            const inputs = { dataset: id, ...(period === "" ? {} : { period }) };
            const name = body.indicator ?? "";
            const found = await deps.seriesFigures.calculate(name, inputs, languageOfReader());
            const [fact] = found?.facts ?? [];
            if (fact === undefined)
              return await seriesReply(deps, dataset, tr`There is no such indicator.`, 422);
            return seeOther(`/facts/${fact.id}`);
          } catch (error) {
            const { status, message } = describeError(error);
            if (status === 500) throw error;
            return await seriesReply(deps, dataset, message, status);
          }
        }),
      { ...hidden, params, body: t.Object({ indicator: short, period: short }) },
    )
    .post(
      "/data/:id/delete",
      ({ params: { id }, request }) =>
        answered(pagesOf(request), request, async (deps) => {
          await deps.datasets.remove(id);
          return seeOther("/data?done=gone");
        }),
      { ...hidden, params },
    );

/** Which answers make sense is the workspace's to say. */
const answersOf = (form: Readonly<Record<string, string | undefined>>): ImportAnswers => {
  const { date_order, decimal, timeframe } = form;
  return {
    ...(date_order === "dmy" || date_order === "mdy" || date_order === "ymd"
      ? { dateOrder: date_order }
      : {}),
    ...(decimal === "point" || decimal === "comma" ? { decimal } : {}),
    ...(timeframe === undefined ? {} : { timeframe: timeframe as NonNullable<ImportAnswers["timeframe"]> }),
  };
};

const warningsOf = (passport: Passport | null) =>
  passport === null ? [] : passportWarnings(passport).map((words) => inLanguage(words, languageOfReader()));

function seriesRow({ id, symbol, timeframe, zone, rows, passport }: Dataset): SeriesRow {
  const shown = shownTimes(timeframe, zone);
  const at = (instant: string | null | undefined) => (instant == null ? "" : shown(Date.parse(instant)));
  return {
    ...{ id, symbol, timeframe, rows, warnings: warningsOf(passport) },
    ...{ first: at(passport?.first), last: at(passport?.last) },
  };
}

/** By the clock of the files: a daily bar is of one day, wherever its reader is. */
function shownTimes(timeframe: Dataset["timeframe"], zone: string | null): (ms: number) => string {
  const isOfDays = (lengthOf(timeframe) ?? 0) >= dayMs;
  const format = new Intl.DateTimeFormat(languageOfReader(), {
    ...{ dateStyle: "medium", timeZone: zone ?? "UTC" },
    ...(isOfDays ? {} : { timeStyle: "short" }),
  });
  return (ms) => format.format(ms);
}
const dayMs = 24 * 3_600_000;

const importRow = (row: DataImport): ImportRow => {
  const { id, name, status, format, symbol, rows, added, quarantinedRows, datasetId, createdAt } = row;
  return { id, name, status, format, symbol, rows, added, quarantinedRows, datasetId, createdAt };
};

const datesOf = (deps: PagesDeps) => deps.calendar ?? calendarOf();

function dataReply(
  deps: PagesDeps,
  done: string | null,
  problem: string | null = null,
  status = 200,
): Response {
  return htmlReply(
    <DataPage
      {...frameProps(deps)}
      series={deps.datasets.list().map(seriesRow)}
      imports={deps.datasets.imports(listedImports).map(importRow)}
      problem={problem}
      notice={done === null ? null : { text: done }}
      isReadOnly={deps.isReadOnly ?? false}
      dates={datesOf(deps)}
    />,
    status,
  );
}

function importReply(
  deps: PagesDeps,
  row: DataImport,
  problem: string | null = null,
  status = 200,
): Response {
  return htmlReply(
    <ImportPage
      {...frameProps(deps)}
      row={importRow(row)}
      questions={row.status === "needs_answer" ? row.questions : []}
      quarantined={row.quarantined}
      warnings={warningsOf(row.passport)}
      problem={problem}
      isReadOnly={deps.isReadOnly ?? false}
    />,
    status,
  );
}

async function seriesReply(
  deps: PagesDeps,
  dataset: Dataset,
  problem: string | null = null,
  status = 200,
): Promise<Response> {
  const bars = await deps.datasets.bars(dataset.id, { limit: drawnBars });
  const { passport } = dataset;
  const shown = shownTimes(dataset.timeframe, dataset.zone);
  const count = bars.time.length;
  const decimals = passport?.decimals ?? 2;
  const price = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? "" : value.toFixed(decimals);
  const last = [...bars.time.keys()].slice(Math.max(0, count - shownBars)).toReversed();
  return htmlReply(
    <SeriesPage
      {...frameProps(deps)}
      series={seriesRow(dataset)}
      passport={passport === null ? [] : passportLines(passport)}
      candles={candlesOf(bars, shown)}
      decimals={decimals}
      bars={last.map((at) => [
        shown(bars.time[at] ?? 0),
        ...[bars.open[at], bars.high[at], bars.low[at], bars.close[at]].map(price),
        bars.volume === null || Number.isNaN(bars.volume[at]) ? "" : String(bars.volume[at]),
      ])}
      indicators={deps.seriesFigures
        .indicators()
        .map(({ name, title }) => ({ name, title: translated(title) }))}
      problem={problem}
      isReadOnly={deps.isReadOnly ?? false}
    />,
    status,
  );
}

const candlesOf = (bars: Bars, shown: (ms: number) => string): readonly Candle[] =>
  Array.from(bars.time, (time, at) => ({
    time: shown(time),
    ...{
      open: bars.open[at] ?? Number.NaN,
      high: bars.high[at] ?? Number.NaN,
      low: bars.low[at] ?? Number.NaN,
    },
    ...{ close: bars.close[at] ?? Number.NaN, volume: bars.volume?.[at] ?? Number.NaN },
  }));

const passportLines = (passport: Passport): readonly (readonly [string, string])[] => [
  [tr`Time zone of the files`, passport.zone ?? tr`not declared`],
  [tr`Gaps`, tr`${passport.gaps.count}, ${Math.round(passport.gaps.share * 1000) / 10} % of the bars`],
  [tr`Bars on a weekend`, String(passport.weekend_rows)],
  [tr`Bars with the same time`, String(passport.duplicate_times)],
  [tr`High below low, or open or close outside`, String(passport.ohlc_violations)],
  [tr`Prices of zero or below`, String(passport.zero_or_negative)],
  [tr`Returns far outside of the others`, String(passport.outliers)],
  [tr`Changes of level`, String(passport.scale_breaks.length)],
  [tr`Volume`, volumeWords(passport.volume)],
];

function volumeWords(kind: Passport["volume"]): string {
  if (kind === "none") return tr`none`;
  if (kind === "tick") return tr`of ticks`;
  return kind === "real" ? tr`real` : tr`of unknown kind`;
}
