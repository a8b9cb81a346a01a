/** A part of a price series as columns, with indicators: what a chart draws, as JSON and as CSV. */
import { Elysia, t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { LocalTime } from "../finance/data/local-time.ts";
import { momentIn } from "../finance/data/moment.ts";
import { isZone } from "../finance/data/zone.ts";
import { downloadResponse } from "../http/download.ts";
import {
  jsonReply,
  nullable,
  openApiDetail,
  type StaticReply,
  time,
} from "../http/openapi/openapi-detail.ts";
import { countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { inLanguage, say } from "../texts/say.ts";
import { chosenIndicators, type DrawnChart } from "../workspace/series-chart.ts";
import { exampleDatasetId, instantField, timeframeField } from "./dataset-json.ts";

const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleDatasetId] }) });
const columns = t.Array(nullable(t.Number()));

const SeriesReply = t.Object(
  {
    id: t.String(),
    symbol: t.String(),
    timeframe: timeframeField,
    rows: t.Integer({ description: "Of the whole series." }),
    updated_at: time(),
    start: t.Integer({ description: "The place of the first bar in the series; the series begins at 0." }),
    step: t.Integer({ description: "So many bars are one point." }),
    provisional: t.Boolean({ description: "The last point is of a bar that is not over yet." }),
    time: t.Array(t.Number(), { description: "When each point begins, in milliseconds since 1970 (UTC)." }),
    offsets: t.Array(t.Object({ at: t.Integer(), seconds: t.Integer() }), {
      description: "How far the clock of `zone` is ahead of UTC, from the point at this place on.",
    }),
    open: columns,
    high: columns,
    low: columns,
    close: columns,
    volume: nullable(columns),
    indicators: t.Array(
      t.Object({
        indicator: t.String(),
        place: t.Union([t.Literal("price"), t.Literal("pane")]),
        problem: nullable(t.String({ description: "Why nothing is computed." })),
        lines: t.Array(
          t.Object({
            name: t.String(),
            label: t.String(),
            unit: nullable(t.String()),
            values: columns,
            settling: t.Array(t.Object({ from: t.Integer(), to: t.Integer() }), {
              description:
                "Where a value still depends on where the data begins: from this point up to, and without, that one.",
            }),
          }),
        ),
      }),
    ),
  },
  {
    title: "DatasetSeries",
    examples: [
      {
        ...{ id: exampleDatasetId, symbol: "XAUUSD", timeframe: "D1", rows: 2, start: 0, step: 1 },
        ...{ updated_at: "2024-01-04T09:00:00.000Z", provisional: false },
        ...{ time: [1_704_153_600_000, 1_704_240_000_000], offsets: [{ at: 0, seconds: 7200 }] },
        ...{ open: [2062.1, 2064], high: [2065.5, 2070], low: [2060, 2061], close: [2064.2, 2068] },
        volume: [1203, 998],
        indicators: [
          {
            ...{ indicator: "sma:2", place: "price", problem: null },
            lines: [
              {
                ...{ name: "sma", label: "SMA", unit: "price", values: [null, 2066.1] },
                settling: [{ from: 0, to: 1 }],
              },
            ],
          },
        ],
      },
    ],
  },
);

const limit = { name: "limit", minimum: 1, maximum: 10_000, otherwise: 1_000 };
const start = { name: "start", minimum: 0, maximum: 100_000_000, otherwise: -1 };
const stepField = { name: "step", minimum: 1, maximum: 1_000_000, otherwise: 1 };
/** Rows of a file of comma-separated values. */
const mostRows = 200_000;

const span = {
  from: instantField("The first time"),
  to: instantField("The last time"),
  indicators: t.Optional(
    t.String({
      maxLength: 1000,
      description:
        "Indicators with their parameters in order, parted by semicolons: `rsi:14;macd:12,26,9;obv`. What is left out is usual.",
      examples: ["sma:50;rsi:14"],
    }),
  ),
};

interface Query {
  readonly [name: string]: string | undefined;
}

const spanIn = (query: Query) => ({
  ...{ from: momentIn("from", query.from), to: momentIn("to", query.to) },
  indicators: chosenIndicators((query.indicators ?? "").split(";")),
});

export const createDatasetSeriesRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "dataset-series", tags: ["data"] })
    .get(
      "/api/datasets/:id/series",
      async ({ params: { id }, query, request }): Promise<StaticReply<typeof SeriesReply>> => {
        const zone = zoneIn(query.zone);
        const drawn = await workspaceOf(request).seriesFigures.chart(id, {
          ...spanIn(query),
          start: query.start === undefined ? undefined : countIn(query.start, start),
          limit: countIn(query.limit, limit),
          step: query.step === "auto" ? "auto" : countIn(query.step, stepField),
        });
        return seriesJson(drawn, zone);
      },
      {
        params,
        query: t.Object({
          ...span,
          start: countField(start, "The place of the first bar, in place of a span; then the first so many."),
          limit: countField(limit, "Of the span the last so many points."),
          step: t.Optional(
            t.String({
              description: "So many bars are one point; auto: as few as make the whole span fit.",
              "x-takes": {
                anyOf: [
                  { type: "string", enum: ["auto"] },
                  { type: "integer", minimum: stepField.minimum, maximum: stepField.maximum },
                ],
                default: 1,
              },
            }),
          ),
          zone: t.Optional(t.String({ maxLength: 64, description: "Of the offsets; left out: UTC." })),
        }),
        detail: openApiDetail({
          summary: "A part of a series as columns, with indicators, for a chart",
          replies: { 200: jsonReply("Oldest first; what is not there is null.", SeriesReply) },
          errors: { 404: "There is no such dataset." },
        }),
      },
    )
    .get(
      "/api/datasets/:id/export",
      async ({ params: { id }, query, request }) => {
        const drawn = await workspaceOf(request).seriesFigures.chart(id, {
          ...spanIn(query),
          ...{ limit: mostRows + 1, step: 1 },
        });
        const { symbol, timeframe } = drawn.dataset;
        if (drawn.bars.time.length > mostRows)
          throw new InvalidRequestError(
            say`A file has ${mostRows} rows at most. Choose a shorter range with from and to.`,
            { param: "from" },
          );
        return downloadResponse(csvOf(drawn), {
          type: "text/csv; charset=utf-8",
          fileName: `${symbol}-${timeframe}.csv`.replaceAll(/[^\w.-]/g, "_"),
        });
      },
      {
        params,
        query: t.Object(span),
        detail: openApiDetail({
          summary: "The bars of a span with indicators, as comma-separated values",
          replies: {
            200: {
              description: "Oldest first, times in UTC; what is not there is empty.",
              content: { "text/csv": { schema: t.String(), example: "time,open,high,low,close\r\n" } },
              headers: ["Content-Disposition"],
            },
          },
          errors: { 404: "There is no such dataset." },
        }),
      },
    );

/** @throws InvalidRequestError with `param` */
function zoneIn(zone: string | undefined): string | null {
  if (zone === undefined) return null;
  if (isZone(zone)) return zone;
  throw new InvalidRequestError(
    say`There is no time zone of this name. Write one such as Europe/Berlin, EET or UTC.`,
    { param: "zone" },
  );
}

/** Twelve significant digits, as facts have. */
const known = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(12)) : null;

function seriesJson(drawn: DrawnChart, zone: string | null): StaticReply<typeof SeriesReply> {
  const { dataset, bars } = drawn;
  const { id, symbol, timeframe } = dataset;
  const column = (values: Float64Array) => Array.from(values, known);
  return {
    ...{ id, symbol, timeframe, rows: drawn.rows, updated_at: new Date(dataset.updatedAt).toISOString() },
    ...{ start: drawn.start, step: drawn.step, provisional: drawn.isProvisional },
    ...{ time: [...bars.time], offsets: offsetsOf(bars.time, zone) },
    ...{ open: column(bars.open), high: column(bars.high), low: column(bars.low) },
    ...{ close: column(bars.close), volume: bars.volume === null ? null : column(bars.volume) },
    indicators: drawn.indicators.map(({ word, indicator: { place }, problem, lines }) => ({
      ...{ indicator: word, place, problem: problem === null ? null : inLanguage(problem, "en") },
      lines: lines.map(({ name, label, unit, values, settling }) => ({
        ...{ name, label: inLanguage(label, "en"), unit, values: column(values), settling: runsOf(settling) },
      })),
    })),
  };
}

function offsetsOf(time: Float64Array, zone: string | null): { at: number; seconds: number }[] {
  const clock = new LocalTime(zone);
  const offsets: { at: number; seconds: number }[] = [];
  for (const [at, instant] of time.entries()) {
    const seconds = clock.offsetAt(instant) / 1000;
    if (offsets.at(-1)?.seconds !== seconds) offsets.push({ at, seconds });
  }
  return offsets;
}

/** Where it is 1. */
function runsOf(flags: Uint8Array): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (let from = flags.indexOf(1); from >= 0; ) {
    const end = flags.indexOf(0, from);
    const to = end < 0 ? flags.length : end;
    runs.push({ from, to });
    from = flags.indexOf(1, to);
  }
  return runs;
}

function* csvOf({ bars, indicators }: DrawnChart): Generator<string, void, undefined> {
  const lines = indicators.flatMap(({ word, lines }) =>
    lines.map(({ name, values }) => ({ title: `${name} (${word.replaceAll(",", " ")})`, values })),
  );
  const { time, open, high, low, close, volume } = bars;
  const prices = [open, high, low, close, ...(volume === null ? [] : [volume])];
  const columns = [...prices, ...lines.map(({ values }) => values)];
  const titles = ["time", "open", "high", "low", "close", ...(volume === null ? [] : ["volume"])];
  yield `${[...titles, ...lines.map(({ title }) => title)].join(",")}\r\n`;
  for (const [at, instant] of time.entries()) {
    const values = columns.map((column) => known(column[at] ?? Number.NaN) ?? "");
    yield `${[new Date(instant).toISOString(), ...values].join(",")}\r\n`;
  }
}
