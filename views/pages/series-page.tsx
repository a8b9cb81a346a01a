/** One price series: its chart, what can be computed of it, its passport and its bars. */
import { tr } from "../../src/texts/reader-language.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { Select } from "../components/select.tsx";
import { Table } from "../components/table.tsx";
import { LiveData } from "../fragments/live-data.tsx";
import { SeriesChart } from "../fragments/series-chart.tsx";
import { barCount, Remarks, spanOf } from "../fragments/series-words.tsx";
import { Page } from "../frame.tsx";
import { safeTr } from "../safe-tr.ts";
import type { SeriesPageProps } from "../series-props.ts";

export const SeriesPage = ({
  series,
  address,
  passport,
  chart,
  table,
  indicators,
  problem,
  isReadOnly,
  ...frame
}: SeriesPageProps) => (
  <Page
    {...frame}
    title={series.name}
    lead={`${barCount(series.rows)} · ${spanOf(series)}`}
    kind="series"
    here="/data"
    class="reading wide"
    skipToLabel={tr`the series`}
  >
    {problem === null ? "" : <Notice tone="problem" text={problem} />}
    <SeriesChart chart={chart} indicators={indicators} />
    <Card id="compute" title={tr`Compute`}>
      <form class="import-form" method="post" action={`/data/${series.id}/compute`}>
        <Select
          id="indicator"
          name="indicator"
          label={tr`Indicator`}
          options={indicators.map(({ name, title }) => ({ value: name, label: title }))}
          value="rsi"
        />
        <Field id="period" name="period" label={tr`Period`} hint={tr`In bars; empty: the usual one.`} />
        <Button label={tr`Compute`} kind="primary" disabled={isReadOnly} />
      </form>
    </Card>
    <LiveData address={address} also="lead">
      <Remarks warnings={series.warnings} />
      <Card id="passport" title={tr`Passport`}>
        <dl class="about-facts passport">
          {passport.map(([label, value]) => (
            <>
              <dt safe>{label}</dt>
              <dd safe>{value}</dd>
            </>
          ))}
        </dl>
      </Card>
      <Card id="bars" title={table.title}>
        <Table
          label={series.name}
          columns={table.columns.map((label, index) => ({ label, isNumber: index > 0 }))}
          rows={table.rows}
        />
      </Card>
    </LiveData>
    {isReadOnly ? (
      ""
    ) : (
      <details class="disclosure">
        <summary>{safeTr`Delete this series`}</summary>
        <form method="post" action={`/data/${series.id}/delete`} class="account-form danger">
          <p>{safeTr`The series and the files that it comes from are erased.`}</p>
          <Button label={tr`Delete for good`} kind="danger" />
        </form>
      </details>
    )}
  </Page>
);
