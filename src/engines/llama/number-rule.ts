/**
 * Numbers between bounds as a grammar's expression. It knows nothing of schemas.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
 */

export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly isAboveMin?: boolean;
  readonly isBelowMax?: boolean;
  /** The most digits after the point. */
  readonly decimals?: number;
}

/** The number of digits that a program reads without loss. */
const mostDigits = 15;
const mostDecimals = 12;
const never = null;

/** @returns null when no whole number lies between the bounds */
export function integerRule({ min, max, isAboveMin, isBelowMax }: NumberBounds): string | null {
  const low =
    min === undefined ? null : BigInt(Math.ceil(min)) + (isAboveMin && Number.isInteger(min) ? 1n : 0n);
  const high =
    max === undefined ? null : BigInt(Math.floor(max)) - (isBelowMax && Number.isInteger(max) ? 1n : 0n);
  if (low !== null && high !== null && low > high) return never;
  const negative =
    low !== null && low >= 0n
      ? null
      : naturals(high !== null && high < 0n ? -high : 1n, low === null ? null : -low);
  const natural = high !== null && high < 0n ? null : naturals(low !== null && low > 0n ? low : 0n, high);
  return choice([negative === null ? null : `"-" ${negative}`, natural]);
}

/** @returns null when no number lies between the bounds, or they have more digits than a grammar is written for */
export function numberRule(bounds: NumberBounds): string | null {
  const { min, max, isAboveMin = false, isBelowMax = false, decimals = mostDecimals } = bounds;
  const places = Math.max(placesOf(min), placesOf(max));
  if (places > decimals || places > mostDecimals) return null;
  const low = min === undefined ? null : scaled(min, places);
  const high = max === undefined ? null : scaled(max, places);
  if (low !== null && high !== null && (low > high || (low === high && (isAboveMin || isBelowMax))))
    return never;
  const more = decimals - places;
  const natural =
    high !== null && (high < 0n || (high === 0n && isBelowMax))
      ? null
      : fractions(
          { low: low !== null && low > 0n ? low : 0n, high },
          { isAboveLow: isAboveMin && low !== null && low >= 0n, isBelowHigh: isBelowMax },
          { places, more },
        );
  const isNegativePossible = low === null || low < 0n;
  const mirrored = {
    low: high !== null && high < 0n ? -high : 0n,
    high: low === null ? null : -low,
  };
  const negative = isNegativePossible
    ? fractions(
        mirrored,
        { isAboveLow: high === null || high >= 0n || isBelowMax, isBelowHigh: isAboveMin },
        { places, more },
      )
    : null;
  return choice([negative === null ? null : `"-" ${negative}`, natural]);
}

/** Of numbers that are not negative, `places` digits after the point at least in their bounds, `more` after those. */
function fractions(
  { low, high }: { readonly low: bigint; readonly high: bigint | null },
  { isAboveLow, isBelowHigh }: { readonly isAboveLow: boolean; readonly isBelowHigh: boolean },
  { places, more }: { readonly places: number; readonly more: number },
): string | null {
  const any = more === 0 ? "" : places === 0 ? ` ("." [0-9]{1,${more}})?` : ` [0-9]{0,${more}}`;
  const positive = more === 0 ? null : `${places === 0 ? ' "."' : ""} [0-9]{0,${more - 1}} [1-9]`;
  const digits = (from: bigint, to: bigint | null) =>
    to !== null && from > to ? null : fixed(from, to, places);
  const after = (expression: string | null, end: string | null) =>
    expression === null || end === null ? null : `${expression}${end}`;
  return choice([
    isAboveLow && low !== high ? after(digits(low, low), positive) : null,
    after(digits(isAboveLow ? low + 1n : low, high === null ? null : high - 1n), any),
    high === null || isBelowHigh || (isAboveLow && low === high) ? null : digits(high, high),
  ]);
}

/** Whole numbers with this many decimal places, written with the point. */
function fixed(low: bigint, high: bigint | null, places: number): string | null {
  if (places === 0) return naturals(low, high);
  const unit = 10n ** BigInt(places);
  const [first, last] = [low / unit, high === null ? null : high / unit];
  const [zeros, nines] = ["0".repeat(places), "9".repeat(places)];
  const begin = String(low % unit).padStart(places, "0");
  const end = high === null ? nines : String(high % unit).padStart(places, "0");
  if (first === last) return `"${first}." ${sameLength(begin, end)}`;
  const between = naturals(first + 1n, last === null ? null : last - 1n);
  return choice([
    `"${first}." ${sameLength(begin, nines)}`,
    between === null ? null : `${between} "." ${sameLength(zeros, nines)}`,
    last === null ? null : `"${last}." ${sameLength(zeros, end)}`,
  ]);
}

/** Whole numbers from 0 on. */
function naturals(low: bigint, high: bigint | null): string | null {
  if (high !== null && low > high) return null;
  const shortest = String(low).length;
  const longest = high === null ? shortest : String(high).length;
  const parts: string[] = [];
  for (let length = shortest; length <= longest; length++) {
    const least = length === 1 ? 0n : 10n ** BigInt(length - 1);
    const most = 10n ** BigInt(length) - 1n;
    parts.push(
      sameLength(String(low > least ? low : least), String(high !== null && high < most ? high : most)),
    );
  }
  if (high === null && longest < mostDigits) parts.push(`[1-9] [0-9]{${longest},${mostDigits - 1}}`);
  return choice(parts);
}

/** All texts of digits from one to another of the same length. */
function sameLength(low: string, high: string): string {
  if (low === high) return `"${low}"`;
  if (/^0+$/.test(low) && /^9+$/.test(high)) return `[0-9]{${low.length}}`;
  const [first, last] = [Number(low[0]), Number(high[0])];
  const [after, before] = [low.slice(1), high.slice(1)];
  if (low.length === 1) return `[${first}-${last}]`;
  if (first === last) return `"${first}" ${sameLength(after, before)}`;
  const zeros = "0".repeat(after.length);
  const nines = "9".repeat(after.length);
  const isFullBelow = after === zeros;
  const isFullAbove = before === nines;
  const from = isFullBelow ? first : first + 1;
  const to = isFullAbove ? last : last - 1;
  return (
    choice([
      isFullBelow ? null : `"${first}" ${sameLength(after, nines)}`,
      from > to ? null : `[${from}-${to}] ${sameLength(zeros, nines)}`,
      isFullAbove ? null : `"${last}" ${sameLength(zeros, before)}`,
    ]) ?? `"${low}"`
  );
}

function choice(parts: readonly (string | null)[]): string | null {
  const some = parts.filter((part) => part !== null);
  if (some.length === 0) return null;
  return some.length === 1 ? `${some[0]}` : `(${some.join(" | ")})`;
}

/** Digits after the point; one that is written with an exponent has more than a grammar is written for. */
function placesOf(value = 0): number {
  const text = String(value);
  return text.includes("e") ? Number.POSITIVE_INFINITY : (text.split(".")[1] ?? "").length;
}

function scaled(value: number, places: number): bigint {
  const [whole = "0", fraction = ""] = String(value).split(".");
  return BigInt(`${whole}${fraction.padEnd(places, "0")}`);
}
