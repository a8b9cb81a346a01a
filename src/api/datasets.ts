/** Price series: listed, their bars read, erased. */

import { Elysia, t } from "elysia";
import { momentIn } from "../finance/data/moment.ts";
import { passportWarnings } from "../finance/data/passport.ts";
import {
  jsonReply,
  nullable,
  openApiDetail,
  type StaticReply,
  time,
} from "../http/openapi/openapi-detail.ts";
import { countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import {
  exampleDatasetId,
  examplePassport,
  inEnglish,
  instantField,
  PassportReply,
  timeframeField,
} from "./dataset-json.ts";
import { createDatasetSeriesRoutes } from "./dataset-series.ts";
import { createImportRoutes } from "./imports.ts";

const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleDatasetId] }) });
const notThere = { 404: "There is no such dataset." };

const DatasetReply = t.Object(
  {
    id: t.String(),
    symbol: t.String(),
    timeframe: timeframeField,
    rows: t.Integer(),
    first: nullable(time()),
    last: nullable(time()),
    zone: nullable(t.String()),
    passport: PassportReply,
    warnings: t.Array(t.String(), { description: "Sentences about what is odd in it." }),
  },
  {
    title: "Dataset",
    examples: [
      {
        ...{ id: exampleDatasetId, symbol: "XAUUSD", timeframe: "D1", rows: 2, zone: "EET" },
        ...{ first: examplePassport.first, last: examplePassport.last, passport: examplePassport },
        warnings: [],
      },
    ],
  },
);
const DatasetList = t.Array(DatasetReply, { title: "Datasets", examples: [DatasetReply.examples] });
const number = nullable(t.Number());
const BarList = t.Array(
  t.Object({ time: time(), open: number, high: number, low: number, close: t.Number(), volume: number }),
  {
    title: "Bars",
    examples: [
      [{ time: examplePassport.first, open: 2062.1, high: 2065.5, low: 2060, close: 2064.2, volume: 1203 }],
    ],
  },
);
const Removed = t.Object(
  { id: t.String(), deleted: t.Literal(true) },
  { title: "RemovedDataset", examples: [{ id: exampleDatasetId, deleted: true }] },
);

const datasetJson = ({ id, symbol, timeframe, rows, zone, passport }: Dataset) =>
  ({
    ...{ id, symbol, timeframe, rows, zone },
    ...{ first: passport?.first ?? null, last: passport?.last ?? null, passport },
    warnings: passport === null ? [] : inEnglish(passportWarnings(passport)),
  }) as StaticReply<typeof DatasetReply>;

const listed = { name: "limit", minimum: 1, maximum: 10_000, otherwise: 1_000 };

export const createDatasetRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "datasets", tags: ["data"] })
    .use(createImportRoutes(workspaceOf))
    .use(createDatasetSeriesRoutes(workspaceOf))
    .get("/api/datasets", ({ request }) => workspaceOf(request).datasets.list().map(datasetJson), {
      detail: openApiDetail({
        summary: "The price series that were imported",
        replies: { 200: jsonReply("All of them, by symbol.", DatasetList) },
      }),
    })
    .get(
      "/api/datasets/:id",
      ({ params: { id }, request }) => datasetJson(workspaceOf(request).datasets.get(id)),
      {
        params,
        detail: openApiDetail({
          summary: "One price series, with its passport",
          replies: { 200: jsonReply("The series.", DatasetReply) },
          errors: notThere,
        }),
      },
    )
    .get(
      "/api/datasets/:id/bars",
      async ({ params: { id }, query, request }): Promise<StaticReply<typeof BarList>> => {
        const bars = await workspaceOf(request).datasets.bars(id, {
          from: momentIn("from", query.from),
          to: momentIn("to", query.to),
          limit: countIn(query.limit, listed),
        });
        const known = (value: number | undefined) =>
          value === undefined || Number.isNaN(value) ? null : value;
        return [...bars.time].map((ms, at) => ({
          time: new Date(ms).toISOString(),
          ...{ open: known(bars.open[at]), high: known(bars.high[at]), low: known(bars.low[at]) },
          ...{ close: bars.close[at] ?? 0, volume: known(bars.volume?.[at]) },
        }));
      },
      {
        params,
        query: t.Object({
          from: instantField("The first time"),
          to: instantField("The last time"),
          limit: countField(listed, "Of the span the last so many."),
        }),
        detail: openApiDetail({
          summary: "The bars of a span, oldest first",
          replies: { 200: jsonReply("The bars; what the files do not have is null.", BarList) },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/api/datasets/:id",
      async ({ params: { id }, request }): Promise<StaticReply<typeof Removed>> => {
        await workspaceOf(request).datasets.remove(id);
        return { id, deleted: true };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Erase a series, with the files that it comes from",
          replies: { 200: jsonReply("It is erased.", Removed) },
          errors: notThere,
        }),
      },
    );
