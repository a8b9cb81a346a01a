/** Numbers as files write them: which decimal mark a column has, as far as its values prove it, and their values. */

export type DecimalMark = "point" | "comma";

/** "1.23K" of an exchange's page. */
const multiples: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

const written = /^[+-]?(?:\d[\d.,'’\s\u00a0\u202f]*|[.,]\d+)(?:[eE][+-]?\d{1,3})?\s*[KMBT%]?$/;

/** Whether a cell is a number at all, whatever its mark means. */
export const looksLikeNumber = (cell: string): boolean => written.test(plain(cell));

/**
 * What a value proves of its column's mark: two separators in it, one that cannot part thousands ("1.08", "0,123", "1234.567"), or
 * one that can do nothing else ("1,234,567").
 * @returns "open": it has a separator that may be either; null: it has none
 */
export const provenMark = (cell: string): DecimalMark | "open" | null =>
  proofOf(
    plain(cell)
      .replace(/^[+-]/, "")
      .replace(/\s*[KMBT%]$/, "")
      .replace(/[eE][+-]?\d+$/, ""),
  );

function proofOf(digits: string): DecimalMark | "open" | null {
  const points = digits.split(".").length - 1;
  const commas = digits.split(",").length - 1;
  if (points === 0 && commas === 0) return null;
  if (points > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "point" : "comma";
  const [mark, count]: [DecimalMark, number] = points > 0 ? ["point", points] : ["comma", commas];
  const other: DecimalMark = mark === "point" ? "comma" : "point";
  if (count > 1) return other;
  const [whole = "", part = ""] = digits.split(/[.,]/);
  const mayPartThousands = part.length === 3 && whole.length >= 1 && whole.length <= 3 && !/^0/.test(whole);
  return mayPartThousands ? "open" : mark;
}

/** Signs that look like others: a minus of typesetting, the spaces and apostrophes that part thousands. */
const plain = (cell: string): string =>
  cell
    .replaceAll("\u2212", "-")
    .replace(/^\((.*)\)$/, "-$1")
    .replace(/^([+-])\s+/, "$1");

/** @returns null when the cell is no number in this notation */
export function numberIn(cell: string, mark: DecimalMark): number | null {
  const text = plain(cell);
  // The common case first: a million rows have six of them each.
  if (mark === "point" && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!written.test(text)) return null;
  const [, sign = "", digits = "", power = "", multiple = ""] =
    /^([+-]?)([\d.,'’\s\u00a0\u202f]+)((?:[eE][+-]?\d{1,3})?)\s*([KMBT%]?)$/.exec(text) ?? [];
  const [point, group] = mark === "point" ? [".", ","] : [",", "."];
  const [whole = "", ...parts] = digits.replace(/[\s\u00a0\u202f'’]/g, "").split(point);
  if (parts.length > 1) return null;
  const groups = whole.split(group);
  // "0,123" and "1234,567" part no thousands: the mark is another one there, and the number not 123.
  if (
    groups.length > 1 &&
    !(/^[1-9]\d{0,2}$/.test(groups[0] ?? "") && groups.slice(1).every((each) => each.length === 3))
  )
    return null;
  const [part = ""] = parts;
  if (part.includes(group)) return null;
  const value = Number(`${sign}${groups.join("") || "0"}.${part || "0"}${power}`);
  return Number.isFinite(value) ? value * (multiples[multiple] ?? 1) : null;
}

/** More are the noise of binary fractions ("1.0800000000000001"), and no price has them. */
const mostDecimals = 12;

/** How many digits stand after the mark: as many as are worth to be shown, at most 12. */
export const decimalsIn = (cell: string, mark: DecimalMark): number =>
  Math.min(cell.split(mark === "point" ? "." : ",")[1]?.replace(/\D.*$/, "").length ?? 0, mostDecimals);
