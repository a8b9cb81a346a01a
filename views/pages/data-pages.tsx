/** Price series: what there is, a file that is brought in, what is asked about it, and one series with its passport. */
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Badge } from "../components/badge.tsx";
import { Button, LinkButton } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Empty } from "../components/empty.tsx";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { Rows } from "../components/rows.tsx";
import { Table } from "../components/table.tsx";
import { importProgressId } from "../fragments/import-progress.tsx";
import { LiveData } from "../fragments/live-data.tsx";
import { barCount, Remarks, spanOf } from "../fragments/series-words.tsx";
import { Page } from "../frame.tsx";
import type { ShownDates } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import type {
  DataPageProps,
  ImportPageProps,
  ImportQuestion,
  ImportRow,
  SeriesRow,
  WatchedProps,
} from "../series-props.ts";

export const DataPage = ({
  series,
  imports,
  problem,
  notice,
  isReadOnly,
  dates,
  watched,
  token,
  ...frame
}: DataPageProps) => (
  <Page
    {...frame}
    title={tr`Data`}
    lead={tr`Your own prices: bars of MetaTrader, TradingView, Yahoo, Stooq, Investing.com, HistData, Dukascopy, or any CSV with a time and a price.`}
    kind="settings"
    here="/data"
    class="reading"
    skipToLabel={tr`your data`}
  >
    {problem === null ? "" : <Notice tone="problem" text={problem} />}
    {notice === null ? "" : <Notice {...notice} />}
    {isReadOnly ? "" : <UploadForm token={token} />}
    <LiveData address="/data">
      {watched === null ? "" : <Watched watched={watched} />}
      {series.length === 0 ? (
        <Empty icon="growth" title={tr`No prices yet.`}>
          <p class="note">{safeTr`Import a file above. What its values do not prove is asked, never guessed.`}</p>
        </Empty>
      ) : (
        <Rows label={tr`Series`}>
          {series.map((each) => (
            <Series series={each} />
          ))}
        </Rows>
      )}
      {imports.length === 0 ? "" : <Imports imports={imports} dates={dates} />}
    </LiveData>
  </Page>
);

const Watched = ({ watched: { folder, problem, files } }: { readonly watched: WatchedProps }) => (
  <Card id="watched" title={tr`Watched folder`}>
    <p class="note" dir="auto" safe>
      {folder}
    </p>
    {problem === null ? "" : <Notice tone="problem" text={problem} />}
    {files.length === 0 ? (
      ""
    ) : (
      <ul>
        {files.map(({ name, problem: reason }) => (
          <li dir="auto" safe>{`${name}: ${reason}`}</li>
        ))}
      </ul>
    )}
    {problem === null && files.length === 0 ? (
      <p class="note">{safeTr`Files of prices that appear or grow there are imported by themselves.`}</p>
    ) : (
      ""
    )}
  </Card>
);

const UploadForm = ({ token }: { readonly token: string }) => (
  <Card id="import" title={tr`Import prices`}>
    <form class="import-form" method="post" action="/data" enctype="multipart/form-data">
      <label class="drop-zone">
        <span>{safeTr`Choose a file, or drop it here`}</span>
        <input type="file" name="file" accept=".csv,.txt,.tsv" required />
      </label>
      <Field
        id="zone"
        name="zone"
        label={tr`Time zone of the file`}
        hint={tr`Such as Europe/Berlin, UTC, or EET as most brokers have; empty when you do not know it.`}
      />
      <input type="hidden" name="progress" value={token} />
      <Button label={tr`Import`} kind="primary" />
      <div
        id={importProgressId}
        hx-get={`/data/progress/${token}`}
        hx-trigger="submit from:closest form"
        hx-swap="innerHTML"
      ></div>
    </form>
  </Card>
);

const Series = ({ series }: { readonly series: SeriesRow }) => (
  <li>
    <div>
      <strong>
        <a href={`/data/${series.id}`} dir="auto" safe>
          {series.name}
        </a>
      </strong>
      <small safe>{`${barCount(series.rows)} · ${spanOf(series)}`}</small>
    </div>
    {series.warnings.length === 0 ? (
      <Badge label={tr`Clean`} tone="good" icon="good" />
    ) : (
      <Badge
        label={series.warnings.length === 1 ? tr`1 remark` : tr`${series.warnings.length} remarks`}
        tone="warning"
        icon="warning"
      />
    )}
  </li>
);

const Imports = ({
  imports,
  dates,
}: {
  readonly imports: readonly ImportRow[];
  readonly dates: ShownDates;
}) => (
  <Card id="files" title={tr`Imported files`}>
    <Rows label={tr`Imported files`}>
      {imports.map((row) => (
        <li>
          <div>
            <a href={`/data/imports/${row.id}`} dir="auto" safe>
              {row.name}
            </a>
            <small safe>{`${dates.dateOf(row.createdAt)} · ${outcomeOf(row)}`}</small>
          </div>
        </li>
      ))}
    </Rows>
  </Card>
);

function outcomeOf({ status, rows, added, quarantinedRows }: ImportRow): string {
  if (status === "needs_answer") return tr`a question is open`;
  if (status === "ready") return tr`not committed yet`;
  const known = rows - quarantinedRows - added;
  return [
    added === 1 ? tr`1 bar added` : tr`${added} bars added`,
    ...(known > 0 ? [tr`${known} were there already`] : []),
    ...(quarantinedRows > 0 ? [tr`${quarantinedRows} put aside`] : []),
  ].join(", ");
}

export const ImportPage = ({
  row,
  questions,
  quarantined,
  warnings,
  problem,
  isReadOnly,
  ...frame
}: ImportPageProps) => (
  <Page
    {...frame}
    title={row.name}
    lead={`${row.symbol} · ${row.format} · ${outcomeOf(row)}`}
    kind="settings"
    here="/data"
    class="reading"
    skipToLabel={tr`the import`}
  >
    {problem === null ? "" : <Notice tone="problem" text={problem} />}
    {questions.length === 0 ? "" : <Questions id={row.id} questions={questions} />}
    <Remarks warnings={warnings} />
    {quarantined.length === 0 ? (
      ""
    ) : (
      <Card id="aside" title={tr`Rows that could not be read`}>
        <Table
          label={row.name}
          columns={[{ label: tr`Line`, isNumber: true }, { label: tr`Reason` }]}
          rows={quarantined.map(({ row: line, reason }) => [String(line), reason])}
        />
      </Card>
    )}
    <p class="form-actions">
      {row.datasetId === null ? (
        ""
      ) : (
        <LinkButton to={`/data/${row.datasetId}`} label={tr`Open the series`} icon="growth" />
      )}
      <LinkButton to="/data" label={tr`All data`} />
    </p>
    {isReadOnly ? (
      ""
    ) : (
      <form method="post" action={`/data/imports/${row.id}/undo`}>
        <Button
          label={row.status === "committed" ? tr`Take the import back` : tr`Discard the file`}
          icon="undo"
        />
      </form>
    )}
  </Page>
);

/** Of what is asked, by the answer's name; why it is asked, as the reading of a file says it; and the answers. */
const questionTitles: Readonly<Record<string, string>> = {
  date_order: "Which number is the day?",
  decimal: "Which mark parts the decimals?",
  timeframe: "How long is a bar?",
};
const questionReasons = [
  "No date has a number above 12 where it would say which one is the day.",
  "Each year has two digits, and no date says which of its numbers is the year.",
  "Each number has three digits after its mark: it may part thousands, or decimals.",
  "The times of the rows do not say how long a bar is.",
];
const choiceWords: Readonly<Record<string, string>> = {
  dmy: "The first: day, month, year",
  mdy: "The second: month, day, year",
  ymd: "The last: year, month, day",
  point: "The point: 1,234.56",
  comma: "The comma: 1.234,56",
};

/** For the test of the other languages. */
export const questionTexts: readonly string[] = [
  ...Object.values(questionTitles),
  ...questionReasons,
  ...Object.values(choiceWords),
];

const Questions = ({
  id,
  questions,
}: {
  readonly id: string;
  readonly questions: readonly ImportQuestion[];
}) => (
  <form class="import-questions" method="post" action={`/data/imports/${id}/commit`}>
    {questions.map(({ field, why, choices }) => (
      <fieldset class="card question">
        <legend safe>{translated(questionTitles[field] ?? field)}</legend>
        <p class="note" safe>
          {translated(why)}
        </p>
        {choices.map(({ value, examples }) => (
          <label class="choice">
            <input type="radio" name={field} value={value} required />
            <span>
              <strong safe>
                {choiceWords[value] === undefined ? value : translated(choiceWords[value])}
              </strong>
              {examples.length === 0 ? "" : <small safe>{examples.join(" · ")}</small>}
            </span>
          </label>
        ))}
      </fieldset>
    ))}
    <Button label={tr`Import`} kind="primary" />
  </form>
);
