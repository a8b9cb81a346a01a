/** How a figure went lately, without axes: the figure itself stands beside it, and for screen readers its words. */
import { tr } from "../../src/texts/reader-language.ts";

interface Props {
  /** What it shows: "Tokens per second, last ten minutes". */
  readonly label: string;
  /** Oldest first. */
  readonly values: readonly number[];
}

const [width, height, room] = [100, 32, 2];

export const Sparkline = ({ label, values }: Props) => {
  const line = pointsOf(values);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${wordsOf(values)}`}
    >
      {line === "" ? (
        ""
      ) : (
        <>
          <path class="area" d={`M${line}L${width} ${height}L0 ${height}Z`} />
          <path class="line" d={`M${line}`} />
        </>
      )}
    </svg>
  );
};

function pointsOf(values: readonly number[]): string {
  if (values.length < 2) return "";
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const span = highest - lowest;
  const at = (value: number) =>
    span === 0 ? height / 2 : room + (1 - (value - lowest) / span) * (height - 2 * room);
  const step = width / (values.length - 1);
  return values.map((value, index) => `${rounded(index * step)} ${rounded(at(value))}`).join("L");
}

const rounded = (value: number) => String(Math.round(value * 100) / 100);

function wordsOf(values: readonly number[]): string {
  const last = values.at(-1);
  if (last === undefined) return tr`no values yet`;
  return tr`from ${Math.min(...values)} to ${Math.max(...values)}, now ${last}`;
}
