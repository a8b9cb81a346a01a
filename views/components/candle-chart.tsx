/**
 * Bars as candles, or as a line where there are closes alone, with the volume below. A rising candle is hollow, a falling one
 * filled, so that colours say nothing alone. It draws what it is given: it computes no figure.
 */
import { tr } from "../../src/texts/reader-language.ts";
import { scaleOf } from "../chart-scale.ts";

/** One bar. Opens, highs and lows that are not there are NaN, and so is a volume. */
export interface Candle {
  /** As it is shown. */
  readonly time: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

interface Props {
  /** Of what it is: "XAUUSD D1". */
  readonly name: string;
  /** Oldest first. */
  readonly candles: readonly Candle[];
  /** Digits after the mark of a price. */
  readonly decimals: number;
}

const [width, height] = [720, 320];
const area = { left: 8, right: 624, top: 8, bottom: 236 };
const volumes = { top: 248, bottom: 288 };
const mostTimes = 3;

export const CandleChart = ({ name, candles, decimals }: Props) => {
  const [first, last] = [candles[0], candles.at(-1)];
  if (first === undefined || last === undefined) return "";
  const prices = candles.flatMap(({ high, low, close }) => (Number.isNaN(high) ? [close] : [high, low]));
  const { from, to, ticks } = scaleOf(prices, { withZero: false });
  const y = (price: number) => place(area.bottom - ((price - from) / (to - from)) * (area.bottom - area.top));
  const step = (area.right - area.left) / candles.length;
  const x = (index: number) => place(area.left + (index + 0.5) * step);
  const every = Math.ceil(candles.length / mostTimes);
  return (
    <svg
      class="candle-chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={tr`Chart of ${name}, from ${first.time} to ${last.time}. The table below has the last figures.`}
    >
      <g class="axis">
        {ticks.map((tick) => (
          <>
            <path d={`M${area.left} ${y(tick)}H${area.right}`} />
            <text x={area.right + 8} y={y(tick) + 4} safe>
              {tick.toFixed(decimals)}
            </text>
          </>
        ))}
        {candles.map(({ time }, index) =>
          index % every === 0 ? (
            <text x={x(index) - step / 2} y={height - 8} safe>
              {time}
            </text>
          ) : (
            ""
          ),
        )}
      </g>
      <Volumes candles={candles} x={x} wide={place(step * 0.7)} />
      {candles.every(({ high }) => Number.isNaN(high)) ? (
        <path class="line" d={`M${candles.map(({ close }, index) => `${x(index)} ${y(close)}`).join("L")}`} />
      ) : (
        candles.map((candle, index) => <Stick candle={candle} at={x(index)} wide={place(step * 0.7)} y={y} />)
      )}
    </svg>
  );
};

interface StickProps {
  readonly candle: Candle;
  /** Its middle. */
  readonly at: number;
  readonly wide: number;
  readonly y: (price: number) => number;
}

const Stick = ({ candle: { time, open, high, low, close }, at, wide, y }: StickProps) => {
  if (Number.isNaN(high)) return <path class="lone" d={`M${at - wide / 2} ${y(close)}h${wide}`} />;
  const [top, bottom] = [y(Math.max(open, close)), y(Math.min(open, close))];
  return (
    <g class={close >= open ? "rises" : "falls"}>
      <title safe>{`${time}: ${open}, ${high}, ${low}, ${close}`}</title>
      <path d={`M${at} ${y(high)}V${top}M${at} ${bottom}V${y(low)}`} />
      <rect x={place(at - wide / 2)} y={top} width={wide} height={Math.max(0.5, place(bottom - top))} />
    </g>
  );
};

interface VolumesProps {
  readonly candles: readonly Candle[];
  readonly x: (index: number) => number;
  readonly wide: number;
}

const Volumes = ({ candles, x, wide }: VolumesProps) => {
  const most = Math.max(0, ...candles.map(({ volume }) => (Number.isNaN(volume) ? 0 : volume)));
  if (most === 0) return "";
  const tall = (volume: number) =>
    Number.isNaN(volume) ? 0 : place((volume / most) * (volumes.bottom - volumes.top));
  return (
    <g class="volumes">
      {candles.map(({ volume }, index) => (
        <rect
          x={place(x(index) - wide / 2)}
          y={place(volumes.bottom - tall(volume))}
          width={wide}
          height={tall(volume)}
        />
      ))}
    </g>
  );
};

const place = (at: number) => Math.round(at * 10) / 10;
