/** A table of an answer as a chart: below the table for htmx, as a page of its own otherwise. */

import { Elysia, t } from "elysia";
import { type ChartKind, type ChartProps, NoChart, TableChart } from "../../views/fragments/table-chart.tsx";
import { type ShownCell, tablesIn } from "../../views/markdown.ts";
import { ChartPage } from "../../views/pages/chart-page.tsx";
import { columnsOf } from "../../views/table-values.ts";
import { errorReply, htmlReply, isHtmx } from "../http/html-reply.tsx";
import type { Generation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { markedParts } from "./rendered-texts.ts";

/** More lines than these are not told apart. */
const mostSeries = 6;
const mostRows = 500;

export const createTableCharts = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-table-charts" }).get(
    "/generations/:id/tables/:table/chart",
    async ({ params: { id, table }, query, request }) => {
      const deps = pagesOf(request);
      const generation = deps.generations.get(id);
      if (generation === undefined || deps.conversations.get(generation.conversationId) === undefined)
        return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
      const found = await tableOf(deps, generation, Number(table));
      const url = `/generations/${id}/tables/${table}/chart`;
      const props = found === undefined ? null : chartProps(found, url, query.as);
      const chart = props === null ? <NoChart /> : <TableChart {...props} />;
      return htmlReply(
        isHtmx(request) ? (
          chart
        ) : (
          <ChartPage {...frameProps(deps)} generation={generation} safeChart={chart} />
        ),
      );
    },
    {
      params: t.Object({
        id: t.String({ maxLength: 100 }),
        table: t.String({ maxLength: 10 }),
      }),
      query: t.Object({ as: t.Optional(t.Union([t.Literal("line"), t.Literal("bar")])) }),
      detail: { hide: true },
    },
  );

type Table = ReturnType<typeof tablesIn> extends Generator<infer T> ? T : never;

/** @param number counted from the answer's beginning, as the page shows it */
async function tableOf(deps: PagesDeps, generation: Generation, number: number): Promise<Table | undefined> {
  const { text } = deps.generations.textSoFar(generation.id);
  const { card, prose } = await markedParts(text, deps.figuresOf?.(generation) ?? null);
  let passed = 0;
  for (const { text, marks } of [card, prose])
    for (const table of tablesIn(text, marks)) if (passed++ === number) return table;
  return undefined;
}

/** @returns null: there is nothing to draw */
export function chartProps({ head, rows }: Table, url: string, kind?: ChartKind): ChartProps | null {
  const drawn = rows.slice(0, mostRows);
  const texts = head.map((_, index) => drawn.map((row) => row[index]?.text ?? ""));
  const columns = columnsOf(texts);
  const all = columns.flatMap((column, index) =>
    column === null || index === 0 ? [] : [{ column, index, name: head[index] || tr`Column ${index + 1}` }],
  );
  if (all.length === 0) return null;
  const labels = texts[0] ?? [];
  const point = (cell: ShownCell | undefined, value: number | null | undefined) => ({
    value: value ?? null,
    text: cell?.text ?? "",
    isUnchecked: cell?.isUnchecked ?? false,
  });
  return {
    labels,
    series: all.slice(0, mostSeries).map(({ column, index, name }) => ({
      name,
      unit: column.unit,
      points: drawn.map((row, at) => point(row[index], column.values[at])),
    })),
    kind: kind ?? (isSequence(labels, columns[0] !== null) ? "line" : "bar"),
    url,
    leftOut: leftOut(all.length - mostSeries, rows.length - mostRows),
  };
}

/** Years, months and dates go on, one after the other; names do not. */
const isSequence = (labels: readonly string[], isNumbers: boolean) =>
  labels.length > 2 && (isNumbers || labels.length > 12 || labels.every((label) => /\d/.test(label)));

function leftOut(series: number, rows: number): string | null {
  const columns = series === 1 ? tr`1 more column` : tr`${series} more columns`;
  const lines = rows === 1 ? tr`1 more row` : tr`${rows} more rows`;
  if (series > 0 && rows > 0) return tr`Not drawn: ${columns} and ${lines}.`;
  if (series <= 0 && rows <= 0) return null;
  return tr`Not drawn: ${series > 0 ? columns : lines}.`;
}
