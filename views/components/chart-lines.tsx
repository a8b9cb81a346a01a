/** Lines of indicators over a chart, and in panes of their own below it. They compute no figure. */
import type { ChartLine, ChartPane } from "../chart-props.ts";
import { scaleOf } from "../chart-scale.ts";

/** Where a chart's candles lie. */
export interface Places {
  /** The middle of a candle. */
  readonly x: (index: number) => number;
  readonly wide: number;
  readonly left: number;
  readonly right: number;
}

/** With its title. */
export const paneHeight = 92;
const titleHeight = 18;

export const place = (at: number) => Math.round(at * 10) / 10;

interface LinesProps {
  readonly lines: readonly ChartLine[];
  readonly places: Places;
  readonly y: (value: number) => number;
}

export const ChartLines = ({ lines, places, y }: LinesProps) => (
  <>
    {lines.map((line) => (
      <g class={`tone-${line.tone} ${line.look}`}>
        <title safe>{line.label}</title>
        {line.look === "bars" ? (
          <Bars values={line.values} places={places} y={y} />
        ) : (
          <path d={line.look === "dots" ? dots(line.values, places, y) : path(line.values, places, y)} />
        )}
      </g>
    ))}
  </>
);

/** In pieces: where it is undefined there is none. */
function path(values: readonly number[], { x }: Places, y: (value: number) => number): string {
  let isDrawn = false;
  return values
    .map((value, index) => {
      const begins = !isDrawn;
      isDrawn = !Number.isNaN(value);
      return isDrawn ? `${begins ? "M" : "L"}${x(index)} ${y(value)}` : "";
    })
    .join("");
}

/** Of no length, with round ends. */
const dots = (values: readonly number[], { x }: Places, y: (value: number) => number): string =>
  values.map((value, index) => (Number.isNaN(value) ? "" : `M${x(index)} ${y(value)}h0`)).join("");

const Bars = ({
  values,
  places: { x, wide },
  y,
}: Pick<LinesProps, "places" | "y"> & { values: readonly number[] }) => (
  <>
    {values.map((value, index) =>
      Number.isNaN(value) ? (
        ""
      ) : (
        <rect
          x={place(x(index) - wide / 2)}
          y={Math.min(y(0), y(value))}
          width={wide}
          height={Math.max(0.5, place(Math.abs(y(value) - y(0))))}
        />
      ),
    )}
  </>
);

interface PanesProps {
  readonly panes: readonly ChartPane[];
  readonly places: Places;
  readonly top: number;
}

export const ChartPanes = ({ panes, places, top }: PanesProps) => (
  <>
    {panes.map((pane, index) => (
      <Pane pane={pane} places={places} top={top + index * paneHeight} />
    ))}
  </>
);

const Pane = ({
  pane: { title, lines, guides },
  places,
  top,
}: {
  readonly pane: ChartPane;
  readonly places: Places;
  readonly top: number;
}) => {
  const known = lines.flatMap(({ values }) => values.filter((value) => !Number.isNaN(value)));
  const withZero = lines.some(({ look }) => look === "bars");
  const values = [...known, ...guides];
  const { from, to, ticks } = scaleOf(values.length === 0 ? [0, 1] : values, { withZero });
  const [upper, lower] = [top + titleHeight, top + paneHeight - 6];
  const y = (value: number) => place(lower - ((value - from) / (to - from)) * (lower - upper));
  const shown = guides.length > 0 ? guides : [ticks[0] ?? from, ticks.at(-1) ?? to];
  return (
    <g class="pane">
      <text x={places.left + 4} y={top + 12} safe>
        {title}
      </text>
      <g class="axis">
        {shown.map((tick) => (
          <>
            <path d={`M${places.left} ${y(tick)}H${places.right}`} />
            <text x={places.right + 8} y={y(tick) + 4} safe>
              {String(tick)}
            </text>
          </>
        ))}
      </g>
      <ChartLines lines={lines} places={places} y={y} />
    </g>
  );
};
