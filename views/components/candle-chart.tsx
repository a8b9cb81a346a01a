/**
 * Bars as candles, or as a line where there are closes alone, with lines over them, the volume and panes below. A rising candle is
 * hollow, a falling one filled, so that colours say nothing alone. It draws what it is given: it computes no figure.
 */
import { tr } from "../../src/texts/reader-language.ts";
import type { Candle, CandleChartProps } from "../chart-props.ts";
import { scaleOf } from "../chart-scale.ts";
import { ChartLines, ChartPanes, type Places, paneHeight, place } from "./chart-lines.tsx";

const [left, top] = [8, 8];
/** Where prices end, and where volumes lie. */
const large = { width: 720, right: 624, bottom: 236, volumes: { top: 248, bottom: 288 }, height: 320 };
const small = { width: 460, right: 388, bottom: 124, volumes: null, height: 136 };
const mostTimes = 3;

export const CandleChart = ({
  name,
  candles,
  decimals,
  overlays = [],
  panes = [],
  levels = [],
  mark = null,
  isSmall = false,
}: CandleChartProps) => {
  const [first, last] = [candles[0], candles.at(-1)];
  if (first === undefined || last === undefined) return "";
  const { width, right, bottom, volumes, height: base } = isSmall ? small : large;
  const height = base + panes.length * paneHeight;
  const lines = overlays.flatMap(({ values }) => values.filter((value) => !Number.isNaN(value)));
  const prices = candles.flatMap(({ high, low, close }) => (Number.isNaN(high) ? [close] : [high, low]));
  const { from, to, ticks } = scaleOf([...prices, ...lines], { withZero: false });
  const y = (price: number) => place(bottom - ((price - from) / (to - from)) * (bottom - top));
  const step = (right - left) / candles.length;
  const x = (index: number) => place(left + (index + 0.5) * step);
  const places: Places = { x, wide: place(step * 0.7), left, right };
  return (
    <svg
      class="candle-chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={tr`Chart of ${name}, from ${first.time} to ${last.time}. The table below has the last figures.`}
    >
      <Axis right={right} ticks={ticks.map((tick) => ({ at: y(tick), label: tick.toFixed(decimals) }))} />
      {isSmall ? "" : <Times candles={candles} x={(index) => x(index) - step / 2} at={height - 8} />}
      {mark === null ? "" : <path class="mark" d={`M${x(mark)} ${top}V${height - (isSmall ? 8 : 24)}`} />}
      {volumes === null ? "" : <Volumes candles={candles} places={places} {...volumes} />}
      {candles.every(({ high }) => Number.isNaN(high)) ? (
        <path class="line" d={`M${candles.map(({ close }, index) => `${x(index)} ${y(close)}`).join("L")}`} />
      ) : (
        candles.map((candle, index) => <Stick candle={candle} at={x(index)} wide={places.wide} y={y} />)
      )}
      <ChartLines lines={overlays} places={places} y={y} />
      <Levels
        of={levels.filter((level) => level >= from && level <= to)}
        y={y}
        decimals={decimals}
        places={places}
      />
      <ChartPanes panes={panes} places={places} top={base - (isSmall ? 6 : 24)} />
    </svg>
  );
};

interface AxisProps {
  readonly right: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const Axis = ({ right, ticks }: AxisProps) => (
  <g class="axis">
    {ticks.map(({ at, label }) => (
      <>
        <path d={`M${left} ${at}H${right}`} />
        <text x={right + 8} y={at + 4} safe>
          {label}
        </text>
      </>
    ))}
  </g>
);

interface TimesProps {
  readonly candles: readonly Candle[];
  readonly x: (index: number) => number;
  readonly at: number;
}

const Times = ({ candles, x, at }: TimesProps) => {
  const every = Math.ceil(candles.length / mostTimes);
  return (
    <g class="axis">
      {candles.map(({ time }, index) =>
        index % every === 0 ? (
          <text x={x(index)} y={at} safe>
            {time}
          </text>
        ) : (
          ""
        ),
      )}
    </g>
  );
};

interface LevelsProps {
  readonly of: readonly number[];
  readonly y: (price: number) => number;
  readonly decimals: number;
  readonly places: Places;
}

const Levels = ({ of, y, decimals, places: { right } }: LevelsProps) => (
  <>
    {of.map((level) => (
      <g class="level">
        <path d={`M${left} ${y(level)}H${right}`} />
        <rect x={right + 3} y={y(level) - 9} width={large.width - right - 5} height={18} rx={3} />
        <text x={right + 8} y={y(level) + 4} safe>
          {level.toFixed(decimals)}
        </text>
      </g>
    ))}
  </>
);

interface StickProps {
  readonly candle: Candle;
  /** Its middle. */
  readonly at: number;
  readonly wide: number;
  readonly y: (price: number) => number;
}

const Stick = ({ candle: { time, open, high, low, close }, at, wide, y }: StickProps) => {
  if (Number.isNaN(high)) return <path class="lone" d={`M${at - wide / 2} ${y(close)}h${wide}`} />;
  const [upper, lower] = [y(Math.max(open, close)), y(Math.min(open, close))];
  return (
    <g class={close >= open ? "rises" : "falls"}>
      <title safe>{`${time}: ${open}, ${high}, ${low}, ${close}`}</title>
      <path d={`M${at} ${y(high)}V${upper}M${at} ${lower}V${y(low)}`} />
      <rect x={place(at - wide / 2)} y={upper} width={wide} height={Math.max(0.5, place(lower - upper))} />
    </g>
  );
};

interface VolumesProps {
  readonly candles: readonly Candle[];
  readonly places: Places;
  readonly top: number;
  readonly bottom: number;
}

const Volumes = ({ candles, places: { x, wide }, top: highest, bottom }: VolumesProps) => {
  const most = Math.max(0, ...candles.map(({ volume }) => (Number.isNaN(volume) ? 0 : volume)));
  if (most === 0) return "";
  const tall = (volume: number) => (Number.isNaN(volume) ? 0 : place((volume / most) * (bottom - highest)));
  return (
    <g class="volumes">
      {candles.map(({ volume }, index) => (
        <rect
          x={place(x(index) - wide / 2)}
          y={place(bottom - tall(volume))}
          width={wide}
          height={tall(volume)}
        />
      ))}
    </g>
  );
};
