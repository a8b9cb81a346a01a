/** The page of a price series: its chart, what is computed of it, its passport, its bars. All of it is links and plain forms. */
import { Elysia, t } from "elysia";
import { SeriesPage } from "../../views/pages/series-page.tsx";
import type { SeriesPageProps } from "../../views/series-props.ts";
import type { Passport } from "../finance/data/passport.ts";
import { describeError, htmlReply, seeOther } from "../http/html-reply.tsx";
import type { Dataset } from "../store/dataset-tables.ts";
import { languageOfReader, tr, translated } from "../texts/reader-language.ts";
import type { OwnDatasets } from "../workspace/datasets.ts";
import type { DrawnChart } from "../workspace/series-chart.ts";
import type { OwnSeriesFigures } from "../workspace/series-figures.ts";
import { calendarOf } from "./calendar.ts";
import {
  type ChartQuery,
  type ChartView,
  chartAddress,
  chartViewIn,
  defaultView,
  isSettled,
} from "./chart-view.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps } from "./render-chat.tsx";
import { lookedIndicators, type SeriesForm, seriesChartProps, shownNumber } from "./series-chart-props.ts";
import { seriesForm, seriesRow } from "./series-rows.ts";
import { answered } from "./thread-reply.tsx";

export interface SeriesPagesDeps extends PagesDeps {
  readonly datasets: OwnDatasets;
  readonly seriesFigures: OwnSeriesFigures;
}

const hidden = { detail: { hide: true } };
const params = t.Object({ id: t.String({ maxLength: 100 }) });
const short = t.Optional(t.String({ maxLength: 100 }));
const long = t.Optional(t.String({ maxLength: 1000 }));
const chartQuery = t.Object({
  ...{ show: long, levels: long, from: short, to: short, at: short },
  ...{ add: short, period: short, level: short },
});
/** Of the last bars, and of a span at most; and how many rows the table has. */
const [drawnBars, mostDrawn, shownRows, mostRows] = [120, 240, 20, 200];
const library = "lightweight-charts.standalone.production.mjs";

export const createSeriesPages = (pagesOf: (request: Request) => SeriesPagesDeps) =>
  new Elysia({ name: "pages-series" })
    .get(
      "/data/:id",
      ({ params: { id }, query, request }) =>
        answered(pagesOf(request), request, async (deps) => {
          const dataset = deps.datasets.get(id);
          try {
            const view = chartViewIn(query, formOf(deps, dataset).zone);
            if (!isSettled(query)) return seeOther(`${chartAddress(id, view)}#chart`);
            return await seriesReply(deps, dataset, view);
          } catch (error) {
            const { status, message } = describeError(error);
            if (status === 500 || status === 404) throw error;
            const shown = (view: ChartView) => seriesReply(deps, dataset, view, message, status);
            // What is refused may be what the chart had before.
            return await shown(viewBefore(query, formOf(deps, dataset).zone)).catch(() => shown(defaultView));
          }
        }),
      { ...hidden, params, query: chartQuery },
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
              return await seriesReply(deps, dataset, defaultView, tr`There is no such indicator.`, 422);
            return seeOther(`/facts/${fact.id}`);
          } catch (error) {
            const { status, message } = describeError(error);
            if (status === 500) throw error;
            return await seriesReply(deps, dataset, defaultView, message, status);
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

const formOf = ({ calendar = calendarOf() }: SeriesPagesDeps, dataset: Dataset): SeriesForm =>
  seriesForm(dataset, calendar.zone);

/** Without what was added: it is what was refused, as a rule. */
function viewBefore({ add: _, level: __, period: ___, ...query }: ChartQuery, zone: string): ChartView {
  try {
    return chartViewIn(query, zone);
  } catch {
    return defaultView;
  }
}

async function seriesReply(
  deps: SeriesPagesDeps,
  dataset: Dataset,
  view: ChartView,
  problem: string | null = null,
  status = 200,
): Promise<Response> {
  const { passport, id } = dataset;
  const form = formOf(deps, dataset);
  const { indicators, from, to } = view;
  const isSpan = from !== undefined;
  const [drawn, listed] = await Promise.all([
    deps.seriesFigures.chart(id, {
      ...{ indicators, from, to },
      ...(isSpan ? { limit: mostDrawn, step: "auto" } : { limit: drawnBars, step: 1 }),
    }),
    deps.seriesFigures.chart(id, { indicators, from, to, limit: isSpan ? mostRows : shownRows, step: 1 }),
  ]);
  return htmlReply(
    <SeriesPage
      {...frameProps(deps)}
      series={seriesRow(dataset, form, deps.datasets.list())}
      address={chartAddress(id, view)}
      passport={passport === null ? [] : passportLines(passport)}
      chart={seriesChartProps({ view, drawn, form, library: deps.asset(library) })}
      table={tableOf(listed, form, isSpan)}
      indicators={deps.seriesFigures
        .indicators()
        .map(({ name, title }) => ({ name, title: translated(title) }))}
      problem={problem}
      isReadOnly={deps.isReadOnly ?? false}
    />,
    status,
  );
}

function tableOf(
  listed: DrawnChart,
  { decimals, shown }: SeriesForm,
  isSpan: boolean,
): SeriesPageProps["table"] {
  const { bars } = listed;
  const price = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? "" : value.toFixed(decimals);
  const lines = lookedIndicators(listed).flatMap(({ title, place, lines: all }) =>
    all.map(({ label, values }) => ({
      title: all.length === 1 ? label : `${title}: ${label}`,
      decimals: place === "price" ? decimals : 2,
      values,
    })),
  );
  return {
    title: isSpan ? tr`Bars of this span` : tr`The last bars`,
    columns: [
      tr`Time`,
      ...[tr`price¦Open`, tr`price¦High`, tr`price¦Low`, tr`price¦Close`, tr`Volume`],
      ...lines.map(({ title }) => title),
    ],
    rows: [...bars.time.keys()]
      .toReversed()
      .map((at) => [
        listed.isProvisional && at === bars.time.length - 1
          ? tr`${shown(bars.time[at] ?? 0)} (not over yet)`
          : shown(bars.time[at] ?? 0),
        ...[bars.open[at], bars.high[at], bars.low[at], bars.close[at]].map(price),
        bars.volume === null || Number.isNaN(bars.volume[at]) ? "" : String(bars.volume[at]),
        ...lines.map(({ values, decimals: digits }) => shownNumber(values[at], digits)),
      ]),
  };
}

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
