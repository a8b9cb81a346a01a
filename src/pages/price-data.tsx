/** The pages of price series: files are brought in, asked about, taken back. All of it is plain forms. */
import { Elysia, t } from "elysia";
import { DataPage, ImportPage } from "../../views/pages/data-pages.tsx";
import type { ImportRow, WatchedProps } from "../../views/series-props.ts";
import { describeError, htmlReply, seeOther } from "../http/html-reply.tsx";
import { receivedForm } from "../http/received-file.ts";
import type { DataImport, ImportAnswers } from "../store/dataset-tables.ts";
import { languageOfReader, tr } from "../texts/reader-language.ts";
import { inLanguage, type Words } from "../texts/say.ts";
import { largestSeries } from "../workspace/datasets.ts";
import { calendarOf } from "./calendar.ts";
import { progressOf, progressReply } from "./import-progress.tsx";
import { frameProps } from "./list-props.ts";
import { createSeriesPages, type SeriesPagesDeps as PagesDeps } from "./series-page.tsx";
import { seriesForm, seriesRow, warningsOf } from "./series-rows.ts";
import { answered } from "./thread-reply.tsx";

export const uploadSeriesPath = "/data";

const hidden = { detail: { hide: true } };
const params = t.Object({ id: t.String({ maxLength: 100 }) });
const short = t.Optional(t.String({ maxLength: 100 }));
/** How long a file may take, in seconds. */
const longestSeconds = 240;
const listedImports = 50;

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
          using progress = progressOf(fields.progress);
          const { id } = await deps.datasets.import(file, {
            answers,
            isCommitted: true,
            signal: request.signal,
            onProgress: (share) => progress.tell(share),
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
    .get("/data/progress/:token", ({ params: { token } }) => progressReply(token), {
      ...hidden,
      params: t.Object({ token: t.String({ maxLength: 100 }) }),
    })
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
    .use(createSeriesPages(pagesOf));

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

const importRow = (row: DataImport): ImportRow => {
  const { id, name, status, format, symbol, rows, added, quarantinedRows, datasetId, createdAt } = row;
  return { id, name, status, format, symbol, rows, added, quarantinedRows, datasetId, createdAt };
};

const datesOf = (deps: PagesDeps) => deps.calendar ?? calendarOf();

function watchedProps({ watched, datasets }: PagesDeps): WatchedProps | null {
  const state = watched?.(datasets.ownerId) ?? null;
  if (state === null) return null;
  const said = (words: Words) => inLanguage(words, languageOfReader());
  return {
    folder: state.folder,
    problem: state.problem === null ? null : said(state.problem),
    files: state.files.map(({ name, problem }) => ({ name, problem: said(problem) })),
  };
}

function dataReply(
  deps: PagesDeps,
  done: string | null,
  problem: string | null = null,
  status = 200,
): Response {
  const all = deps.datasets.list();
  return htmlReply(
    <DataPage
      {...frameProps(deps)}
      token={crypto.randomUUID()}
      series={all.map((each) => seriesRow(each, seriesForm(each, datesOf(deps).zone), all))}
      imports={deps.datasets.imports(listedImports).map(importRow)}
      problem={problem}
      notice={done === null ? null : { text: done }}
      isReadOnly={deps.isReadOnly ?? false}
      dates={datesOf(deps)}
      watched={watchedProps(deps)}
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
      quarantined={row.quarantined.map(({ row: line, reason }) => ({
        row: line,
        reason: inLanguage(reason, languageOfReader()),
      }))}
      warnings={warningsOf(row.passport)}
      problem={problem}
      isReadOnly={deps.isReadOnly ?? false}
    />,
    status,
  );
}
