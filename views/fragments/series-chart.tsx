/**
 * The chart of a series with what is chosen of it: links and plain forms, whose addresses say all of it. public/js/price-chart.js
 * puts one to move about in over the drawing.
 */
import { tr } from "../../src/texts/reader-language.ts";
import { Button, LinkButton } from "../components/button.tsx";
import { CandleChart } from "../components/candle-chart.tsx";
import { Field } from "../components/field.tsx";
import { Select } from "../components/select.tsx";
import { Icon } from "../icons.tsx";
import { element, safeTr } from "../safe-tr.ts";
import type { ChartChoice, SeriesChartProps, SeriesPageProps } from "../series-props.ts";

interface Props {
  readonly chart: SeriesChartProps;
  readonly indicators: SeriesPageProps["indicators"];
}

export const SeriesChart = ({ chart, indicators }: Props) => (
  <section id="chart" class="card series-chart" aria-label={tr`Chart`}>
    <header class="chart-head">
      <nav class="chart-ranges" aria-label={tr`Time span`}>
        {chart.ranges.map(({ label, to, isCurrent }) => (
          <a class="chip" href={`${to}#chart`} aria-current={isCurrent ? "true" : undefined} safe>
            {label}
          </a>
        ))}
      </nav>
      <ul class="chart-choices" aria-label={tr`Shown in the chart`}>
        {chart.choices.map((choice) => (
          <Choice choice={choice} />
        ))}
      </ul>
    </header>
    <ChartForms chart={chart} indicators={indicators} />
    <p class="chart-values" id="chart-values">
      <strong safe>{chart.time}</strong>
      {chart.values.map(({ label, value, tone }) => (
        <span>
          <i class={tone === null ? undefined : `tone-${tone}`} safe>
            {label}
          </i>{" "}
          <b safe>{value}</b>
        </span>
      ))}
    </p>
    <div class="price-chart" data-chart={JSON.stringify(chart.script)}>
      <CandleChart {...chart.drawn} />
    </div>
    <footer class="chart-foot">
      <p class="note">
        <span id="chart-step" safe>
          {stepWords(chart.step)}
        </span>{" "}
        <span id="chart-open" hidden={!chart.isProvisional}>
          {safeTr`The last bar is not over yet.`}
        </span>{" "}
        <span safe>{tr`Times: ${chart.zone}.`}</span>{" "}
        <span id="chart-keys" data-for-script hidden>
          {safeTr`Arrow keys go from bar to bar, + and − zoom, Home and End lead to the ends.`}
        </span>{" "}
        <span data-for-script hidden>
          {safeTr`Chart by ${element(
            <a href="https://www.tradingview.com/" rel="noopener noreferrer">
              TradingView Lightweight Charts™
            </a>,
          )}`}
        </span>
      </p>
      <p class="chart-actions">
        <LinkButton
          to={`${chart.table}#bars`}
          label={tr`Table`}
          name={tr`Bars in view as a table`}
          size="small"
          icon="list"
        />
        <LinkButton to={chart.csv} label="CSV" name={tr`Bars in view as CSV`} size="small" icon="download" />
        <button
          type="button"
          class="button small"
          id="chart-picture"
          aria-label={tr`Picture of the chart as PNG`}
          data-for-script
          hidden
        >
          <Icon name="download" />
          <span>PNG</span>
        </button>
      </p>
    </footer>
  </section>
);

/** public/js/price-chart.js says it anew. */
const stepWords = (step: number): string => (step === 1 ? "" : tr`Each candle is ${step} bars.`);

const Choice = ({ choice: { label, without, tone, problem } }: { readonly choice: ChartChoice }) => (
  <li class={["chip", tone === null ? "" : `tone-${tone}`]}>
    <span dir="auto" safe>
      {label}
    </span>
    {problem === null ? "" : <small safe>{problem}</small>}
    <a href={`${without}#chart`} aria-label={tr`Remove ${label}`}>
      <Icon name="close" />
    </a>
  </li>
);

const ChartForms = ({ chart, indicators }: Props) => (
  <details class="chart-forms">
    <summary class="chip">
      <Icon name="plus" />
      <span>{safeTr`Indicators, levels and dates`}</span>
    </summary>
    <div>
      <ChartForm chart={chart} without={[]}>
        <Select
          id="chart-add"
          name="add"
          label={tr`Indicator`}
          options={indicators.map(({ name, title }) => ({ value: name, label: title }))}
          value="sma"
        />
        <Field
          id="chart-period"
          name="period"
          label={tr`Period`}
          hint={tr`Empty: the usual one. Several with commas: 12,26,9.`}
        />
        <Button label={tr`Show it`} />
      </ChartForm>
      <ChartForm chart={chart} without={[]}>
        <Field id="chart-level" name="level" label={tr`Level`} hint={tr`A price, such as 2050.5.`} required />
        <Button label={tr`Draw it`} />
      </ChartForm>
      <ChartForm chart={chart} without={["from", "to"]}>
        <Day name="from" label={tr`From`} value={chart.days.from} />
        <Day name="to" label={tr`To`} value={chart.days.to} />
        <Button label={tr`Show this span`} />
      </ChartForm>
    </div>
  </details>
);

interface FormProps {
  readonly chart: SeriesChartProps;
  /** Names of fields that it has itself. */
  readonly without: readonly string[];
  readonly children: JSX.Element | readonly JSX.Element[];
}

/** A view that somebody moves to has a span, which public/js/price-chart.js writes into these. */
const noSpan = [
  ["from", ""],
  ["to", ""],
] as const;

const ChartForm = ({ chart: { id, fields }, without, children }: FormProps) => (
  <form class="chart-form" method="get" action={`/data/${id}#chart`}>
    {[...new Map([...noSpan, ...fields])]
      .filter(([name]) => !without.includes(name))
      .map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    {children as "safe"}
  </form>
);

interface DayProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

const Day = ({ name, label, value }: DayProps) => (
  <p class="form-field">
    <label for={`chart-${name}`} safe>
      {label}
    </label>
    <input id={`chart-${name}`} class="input" type="date" name={name} value={value} />
  </p>
);
