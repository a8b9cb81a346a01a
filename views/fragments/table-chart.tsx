/**
 * A table as a chart: a panel for each unit, because figures of two units have no common axis. Drawn on the server as SVG;
 * the table beside it says the same in words. A point whose figure nothing proves is hollow.
 */
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { type Scale, scaleOf } from "../chart-scale.ts";
import { safeTr } from "../safe-tr.ts";

interface ChartSeries {
  readonly name: string;
  /** "%", "$", or nothing. */
  readonly unit: string;
  readonly points: readonly ChartPoint[];
}

interface ChartPoint {
  /** null: a gap. */
  readonly value: number | null;
  /** As the table has it. */
  readonly text: string;
  readonly isUnchecked: boolean;
}

export interface ChartProps {
  /** Of the rows. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly kind: ChartKind;
  /** The address of the chart, without its kind. */
  readonly url: string;
  /** Columns or rows that it leaves out. */
  readonly leftOut: string | null;
}

export type ChartKind = "line" | "bar";

const [width, height] = [640, 240];
/** Room for the figures of the axis, and for the labels below it. */
const area = { left: 68, right: 632, top: 12, bottom: 208 };
/** Labels below the axis, so that they do not touch. */
const mostLabels = 6;

export const TableChart = (chart: ChartProps) => (
  <figure class="code chart">
    <figcaption>
      <span>{safeTr`Chart`}</span>
      <KindLink chart={chart} kind="line" label={tr`Line`} />
      <KindLink chart={chart} kind="bar" label={tr`Bars`} />
    </figcaption>
    {panelsOf(chart.series).map((series) => (
      <Panel chart={chart} series={series} />
    ))}
    {chart.series.some(({ points }) => points.some(({ isUnchecked }) => isUnchecked)) ? (
      <p class="note">{safeTr`Hollow: the figure is not checked.`}</p>
    ) : (
      ""
    )}
    {chart.leftOut === null ? (
      ""
    ) : (
      <p class="note" safe>
        {chart.leftOut}
      </p>
    )}
  </figure>
);

/** Of a table that has nothing to draw. */
export const NoChart = () => <p class="note">{safeTr`This table has no column of figures to draw.`}</p>;

const KindLink = ({ chart, kind, label }: { chart: ChartProps; kind: ChartKind; label: string }) => {
  const url = `${chart.url}?as=${kind}`;
  return (
    <a
      class="copy"
      href={url}
      hx-get={url}
      hx-target="closest .chart-place"
      hx-swap="innerHTML"
      aria-current={chart.kind === kind ? "true" : undefined}
      safe
    >
      {label}
    </a>
  );
};

/** The series of one unit together, in the order of the table. */
function panelsOf(series: readonly ChartSeries[]): readonly (readonly Numbered[])[] {
  const numbered = series.map((each, index) => ({ ...each, number: index + 1 }));
  return [...new Set(series.map(({ unit }) => unit))].map((unit) =>
    numbered.filter((each) => each.unit === unit),
  );
}

/** Its colour and its kind of line follow from its number. */
interface Numbered extends ChartSeries {
  readonly number: number;
}

interface PanelProps {
  readonly chart: ChartProps;
  readonly series: readonly Numbered[];
}

const Panel = ({ chart, series }: PanelProps) => {
  const values = series.flatMap(({ points }) =>
    points.flatMap(({ value }) => (value === null ? [] : [value])),
  );
  const scale = scaleOf(values, { withZero: chart.kind === "bar" });
  return (
    <>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={wordsOf(chart, series)}>
        <Axis scale={scale} unit={series[0]?.unit ?? ""} labels={chart.labels} kind={chart.kind} />
        {series.map((each, index) =>
          chart.kind === "line" ? (
            <Line series={each} scale={scale} labels={chart.labels} />
          ) : (
            <Bars series={each} scale={scale} labels={chart.labels} at={index} of={series.length} />
          ),
        )}
      </svg>
      <ul>
        {series.map(({ name, number }) => (
          <li class={`series-${number}`} dir="auto" safe>
            {name}
          </li>
        ))}
      </ul>
    </>
  );
};

function wordsOf({ kind, labels }: ChartProps, series: readonly Numbered[]): string {
  const names = series.map(({ name }) => name).join(", ");
  const [first, last] = [labels[0] ?? "", labels.at(-1) ?? ""];
  return kind === "line"
    ? tr`Line chart of ${names}, from ${first} to ${last}. The table above has the figures.`
    : tr`Bar chart of ${names}, from ${first} to ${last}. The table above has the figures.`;
}

const yOf = (value: number, { from, to }: Scale) =>
  place(area.bottom - ((value - from) / (to - from)) * (area.bottom - area.top));

/** Bars have room on both sides; a line goes from edge to edge. */
function xOf(index: number, count: number, kind: ChartKind): number {
  const room = area.right - area.left;
  if (kind === "bar") return place(area.left + ((index + 0.5) / count) * room);
  return place(count === 1 ? area.left + room / 2 : area.left + 8 + (index / (count - 1)) * (room - 16));
}

const place = (at: number) => Math.round(at * 10) / 10;

interface AxisProps {
  readonly scale: Scale;
  readonly unit: string;
  readonly labels: readonly string[];
  readonly kind: ChartKind;
}

const Axis = ({ scale, unit, labels, kind }: AxisProps) => {
  const every = Math.ceil(labels.length / mostLabels);
  return (
    <g class="axis">
      {scale.ticks.map((tick) => (
        <>
          <path
            class={tick === 0 ? "zero" : undefined}
            d={`M${area.left} ${yOf(tick, scale)}H${area.right}`}
          />
          <text x={area.left - 8} y={yOf(tick, scale) + 4} text-anchor="end" safe>
            {shownTick(tick, scale, unit)}
          </text>
        </>
      ))}
      {labels.map((label, index) =>
        index % every === 0 ? (
          <text x={xOf(index, labels.length, kind)} y={height - 10} text-anchor="middle" safe>
            {label.length > 14 ? `${[...label].slice(0, 13).join("")}…` : label}
          </text>
        ) : (
          ""
        ),
      )}
    </g>
  );
};

/** Short, and with all of its digits. */
function shownTick(tick: number, { from, to }: Scale, unit: string): string {
  const most = Math.max(Math.abs(from), Math.abs(to));
  const language = languageOfReader();
  // Only English has a short word for a thousand, and a separator that cannot be read as a decimal mark.
  const isShort = language !== "de" && language !== "es";
  const shown = new Intl.NumberFormat(isShort ? "en" : language, {
    notation: most >= (isShort ? 10_000 : 1_000_000) ? "compact" : "standard",
    maximumSignificantDigits: 6,
    useGrouping: isShort,
  }).format(Math.abs(tick));
  const sign = tick < 0 ? "−" : "";
  if (/^\p{Sc}/u.test(unit)) return `${sign}${unit}${shown}`;
  return unit === "%" ? `${sign}${shown} %` : `${sign}${shown}`;
}

interface SeriesProps {
  readonly series: Numbered;
  readonly scale: Scale;
  readonly labels: readonly string[];
}

const titleOf = (name: string, label: string, text: string) => `${label}: ${text} (${name})`;

const Line = ({ series: { name, number, points }, scale, labels }: SeriesProps) => {
  const at = (index: number, value: number) => `${xOf(index, labels.length, "line")} ${yOf(value, scale)}`;
  // After a gap the line begins anew.
  const path = points
    .map(({ value }, index) => {
      if (value === null) return "";
      const goesOn = (points[index - 1]?.value ?? null) !== null;
      return `${goesOn ? "L" : "M"}${at(index, value)}`;
    })
    .join("");
  const showsPoints = points.length <= 60;
  return (
    <g class={`series-${number}`}>
      <path class="line" d={path} />
      {points.map(({ value, text, isUnchecked }, index) =>
        value === null || !showsPoints ? (
          ""
        ) : (
          <circle
            class={isUnchecked ? "hollow" : undefined}
            cx={xOf(index, labels.length, "line")}
            cy={yOf(value, scale)}
            r={3.5}
          >
            <title safe>{titleOf(name, labels[index] ?? "", text)}</title>
          </circle>
        ),
      )}
    </g>
  );
};

const Bars = ({ series: { name, number, points }, scale, labels, at, of }: SeriesProps & BarPlace) => {
  const group = ((area.right - area.left) / labels.length) * 0.7;
  const bar = group / of;
  const zero = yOf(0, scale);
  return (
    <g class={`series-${number}`}>
      {points.map(({ value, text, isUnchecked }, index) => {
        if (value === null) return "";
        const y = yOf(value, scale);
        return (
          <rect
            class={isUnchecked ? "hollow" : undefined}
            x={place(xOf(index, labels.length, "bar") - group / 2 + at * bar)}
            y={Math.min(y, zero)}
            width={place(Math.max(1, bar - 1))}
            height={place(Math.max(1, Math.abs(y - zero)))}
          >
            <title safe>{titleOf(name, labels[index] ?? "", text)}</title>
          </rect>
        );
      })}
    </g>
  );
};

interface BarPlace {
  /** Its place beside the bars of the other series. */
  readonly at: number;
  readonly of: number;
}
