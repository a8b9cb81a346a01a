/** Files of prices: read, asked about, committed, taken back; and the series that they become. */
import { Elysia, t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { passportWarnings } from "../finance/data/passport.ts";
import {
  jsonReply,
  nullable,
  openApiDetail,
  type StaticReply,
  time,
} from "../http/openapi/openapi-detail.ts";
import { onlyFile, receivedFiles, receivedForm } from "../http/received-file.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { DataImport, ImportAnswers } from "../store/dataset-tables.ts";
import { inLanguage } from "../texts/say.ts";
import { largestSeries } from "../workspace/datasets.ts";
import { examplePassport, inEnglish, PassportReply, timeframeField } from "./dataset-json.ts";

/** A form whose file is larger than other bodies. */
export const importSeriesPath = "/api/imports";

const exampleId = "5d1c2f0e-8a34-4b1e-9c55-0f2b7a6d3e21";
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const notThere = { 404: "There is no such import." };

/** In characters. */
const mostInAnswer = 64;

const Answers = t.Object(
  {
    symbol: t.Optional(t.String({ minLength: 1, maxLength: mostInAnswer })),
    timeframe: t.Optional(timeframeField),
    zone: t.Optional(
      t.String({
        minLength: 1,
        maxLength: mostInAnswer,
        description: "Of the file's times: a name of the IANA database, or EET as most brokers have.",
      }),
    ),
    date_order: t.Optional(t.Union([t.Literal("dmy"), t.Literal("mdy"), t.Literal("ymd")])),
    decimal: t.Optional(t.Union([t.Literal("point"), t.Literal("comma")])),
  },
  { title: "ImportAnswers", examples: [{ date_order: "dmy" }], "x-optional": true },
);
type Answers = typeof Answers.static;

const ImportReply = t.Object(
  {
    id: t.String(),
    name: t.String(),
    status: t.Union([t.Literal("ready"), t.Literal("needs_answer"), t.Literal("committed")]),
    format: t.String(),
    symbol: t.String(),
    rows: t.Integer({
      description:
        "Rows with data in the file: those that are stored, that were there, and that are put aside.",
    }),
    added: t.Integer({ description: "So many were not there before; 0 until it is committed." }),
    quarantined: t.Array(
      t.Object({ row: t.Integer({ description: "The line in the file." }), reason: t.String() }),
      { description: "Rows that cannot be read, the first thousand." },
    ),
    quarantined_rows: t.Integer({ description: "How many they are in all." }),
    first: nullable(time()),
    last: nullable(time()),
    questions: t.Array(
      t.Object({
        field: t.String({ description: "The answer's name." }),
        why: t.String(),
        choices: t.Array(t.Object({ value: t.String(), examples: t.Array(t.String()) })),
      }),
      { description: "What the values do not prove." },
    ),
    passport: nullable(PassportReply),
    warnings: t.Array(t.String(), { description: "Sentences about what is odd in it." }),
    dataset_id: nullable(t.String()),
    timestamp: time(),
  },
  {
    title: "DataImport",
    examples: [
      {
        id: exampleId,
        name: "XAUUSD_D1.csv",
        status: "committed",
        format: "mt5-bars",
        symbol: "XAUUSD",
        rows: 2,
        added: 2,
        quarantined: [],
        quarantined_rows: 0,
        first: examplePassport.first,
        last: examplePassport.last,
        questions: [],
        passport: examplePassport,
        warnings: [],
        dataset_id: "0c3b1a52-6a0e-4a53-8a53-6a7f8d0c9b11",
        timestamp: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const ImportList = t.Array(ImportReply, { title: "DataImports", examples: [ImportReply.examples] });
const Removed = t.Object(
  { id: t.String(), deleted: t.Literal(true) },
  { title: "RemovedImport", examples: [{ id: exampleId, deleted: true }] },
);

function importJson(row: DataImport): StaticReply<typeof ImportReply> {
  const { id, name, status, format, symbol, rows, added, quarantined, quarantinedRows, passport } = row;
  return {
    ...{ id, name, status, format, symbol, rows, added, passport },
    quarantined: quarantined.map(({ row, reason }) => ({ row, reason: inLanguage(reason, "en") })),
    quarantined_rows: quarantinedRows,
    warnings: passport === null ? [] : inEnglish(passportWarnings(passport)),
    first: passport?.first ?? null,
    last: passport?.last ?? null,
    questions: row.questions.map(({ field, why, choices }) => ({
      ...{ field, why },
      choices: choices.map(({ value, examples }) => ({ value, examples: [...examples] })),
    })),
    dataset_id: row.datasetId,
    timestamp: new Date(row.createdAt).toISOString(),
  } as StaticReply<typeof ImportReply>;
}

const answersOf = ({ symbol, timeframe, zone, date_order, decimal }: Answers): ImportAnswers => ({
  ...(symbol === undefined ? {} : { symbol }),
  ...(timeframe === undefined ? {} : { timeframe }),
  ...(zone === undefined ? {} : { zone }),
  ...(date_order === undefined ? {} : { dateOrder: date_order }),
  ...(decimal === undefined ? {} : { decimal }),
});

/** The fields of a form are texts. @throws InvalidRequestError with `param` */
function answersOfForm(fields: Readonly<Record<string, string>>): ImportAnswers {
  const given = Object.fromEntries(
    Object.keys(Answers.properties).flatMap((name) => {
      const value = fields[name]?.trim() ?? "";
      if (value.length > mostInAnswer)
        throw new InvalidRequestError(`${name} must not be longer than ${mostInAnswer} characters.`, {
          param: name,
        });
      return value === "" ? [] : [[name, value]];
    }),
  ) as Answers;
  for (const [name, choices] of [
    ["date_order", ["dmy", "mdy", "ymd"]],
    ["decimal", ["point", "comma"]],
  ] as const) {
    const value = given[name];
    if (value !== undefined && !choices.some((choice) => choice === value))
      throw new InvalidRequestError(`${name} must be one of: ${choices.join(", ")}.`, { param: name });
  }
  return answersOf(given);
}

/** One file: in a form with the answers, or as the body with the answers in the address. @throws InvalidRequestError */
async function sentFile(request: Request, query: Readonly<Record<string, string | undefined>>) {
  const inAddress = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const isForm = /^multipart\/form-data\b/i.test(request.headers.get("content-type") ?? "");
  const { files, fields } = isForm
    ? await receivedForm(request, largestSeries)
    : { files: await receivedFiles(request, largestSeries, query.name ?? "prices.csv"), fields: {} };
  return { file: onlyFile(files), fields: { ...inAddress, ...fields } as Record<string, string> };
}

/** How long a file may take, in seconds: nothing is sent meanwhile. */
const longestSeconds = 240;

export const createImportRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "imports", tags: ["data"] })
    .post(
      importSeriesPath,
      async ({ query, request, server }) => {
        server?.timeout(request, longestSeconds);
        const { datasets } = workspaceOf(request);
        const { file, fields } = await sentFile(request, query);
        const answers = answersOfForm(fields);
        const isCommitted = fields.commit === "true" || fields.commit === "1";
        return importJson(await datasets.import(file, { answers, isCommitted, signal: request.signal }));
      },
      {
        query: t.Object({
          name: t.Optional(
            t.String({ maxLength: 500, description: "The file's name, where the body is the file itself." }),
          ),
          ...Answers.properties,
          commit: t.Optional(
            t.String({ maxLength: 5, description: "true: commit it when nothing is left to ask." }),
          ),
        }),
        detail: openApiDetail({
          summary: "Import a file of prices",
          description:
            "Bars or ticks of MetaTrader 4 and 5, TradingView, Yahoo, Stooq, Investing.com, HistData, Dukascopy, or any CSV with a time and a price. What the values do not prove (the order of day and month, the decimal mark) is asked in `questions`. With `commit=true` it is committed at once when nothing is left to ask. The same file twice adds nothing.",
          requestBody: {
            "application/octet-stream": {
              schema: t.String({ format: "binary" }),
              example: "Date,Open,High,Low,Close\n2024-01-02,1,2,1,2\n2024-01-03,1,2,1,2\n",
            },
            "multipart/form-data": {
              schema: t.Object({
                file: t.String({ format: "binary" }),
                ...Answers.properties,
                commit: t.Optional(t.String()),
              }),
              example: {
                file: "Date,Open,High,Low,Close\n2024-01-02,1,2,1,2\n",
                symbol: "XAUUSD",
                commit: "true",
              },
            },
          },
          replies: { 200: jsonReply("What was read of it.", ImportReply) },
          errors: {
            413: "It is too large.",
            422: "It is no series of prices, or an answer makes no sense. The message names the reason.",
          },
        }),
      },
    )
    .get(
      importSeriesPath,
      ({ request }): StaticReply<typeof ImportList> =>
        workspaceOf(request).datasets.imports(mostListed).map(importJson),
      {
        detail: openApiDetail({
          summary: "Imported files, newest first",
          replies: { 200: jsonReply("At most a hundred of them.", ImportList) },
        }),
      },
    )
    .get(
      `${importSeriesPath}/:id`,
      ({ params: { id }, request }) => importJson(workspaceOf(request).datasets.importOf(id)),
      {
        params,
        detail: openApiDetail({
          summary: "An imported file",
          replies: { 200: jsonReply("What was read of it.", ImportReply) },
          errors: notThere,
        }),
      },
    )
    .post(
      `${importSeriesPath}/:id/commit`,
      async ({ params: { id }, body, request, server }) => {
        server?.timeout(request, longestSeconds);
        const { datasets } = workspaceOf(request);
        return importJson(await datasets.commit(id, answersOf(body ?? {}), request.signal));
      },
      {
        params,
        body: t.Optional(Answers),
        detail: openApiDetail({
          summary: "Answer what was asked, and commit the rows",
          replies: { 200: jsonReply("It is committed, or something is still asked.", ImportReply) },
          errors: { ...notThere, 422: "An answer makes no sense for this file." },
        }),
      },
    )
    .delete(
      `${importSeriesPath}/:id`,
      async ({ params: { id }, request, server }): Promise<StaticReply<typeof Removed>> => {
        server?.timeout(request, longestSeconds);
        await workspaceOf(request).datasets.undo(id);
        return { id, deleted: true };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Take an import back: its rows and its file are erased",
          replies: { 200: jsonReply("It is taken back.", Removed) },
          errors: notThere,
        }),
      },
    );

const mostListed = 100;
