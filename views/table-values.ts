/**
 * The numbers in the cells of a table, as they are sorted and drawn. A column has one way to write numbers: where one cell
 * decides what a comma or a point means ("1.234,5"), it decides for all. It knows nothing of how a figure is known.
 */

export interface Column {
  /** One for each row; null: the cell holds no single number. */
  readonly values: readonly (number | null)[];
  /** What stands beside the numbers, when it is the same in all cells: "%", "$". */
  readonly unit: string;
}

interface Cell {
  readonly isNegative: boolean;
  /** With its separators. */
  readonly digits: string;
  readonly unit: string;
  readonly factor: number;
}

/** A sign, a currency, a number and a unit, or the number in parentheses, as accounts write a loss. */
const cellForm =
  /^(\()?[≈~<>≤≥]?\s?([-+−–])?\s?((?:[A-Z]{3}|[A-Z]{0,2}\p{Sc})?)\s?([-−–])?(\d{1,3}(?:[  \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?|\d[\d.,]*|\.\d+)\s?([^\s\d()]{0,12}(?:\s[^\s\d()]{1,8})?)(\))?$/u;

/** A longer cell is a sentence. */
const longestCell = 60;

const magnitudes: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  M: 1e6,
  mn: 1e6,
  million: 1e6,
  bn: 1e9,
  B: 1e9,
  billion: 1e9,
  T: 1e12,
  tn: 1e12,
  trillion: 1e12,
};

/**
 * @param columns the texts of each column's cells
 * @returns for each column its numbers; null: most of its cells are none
 */
export function columnsOf(columns: readonly (readonly string[])[]): readonly (Column | null)[] {
  const cells = columns.map((texts) => texts.map(cellOf));
  const inTable = decimalOf(cells.flat());
  return cells.map((column, index) => {
    const found = column.filter((cell) => cell !== null);
    const filled = columns[index]?.filter((text) => !/^\W*$|^n\/?a$/i.test(text)).length ?? 0;
    if (found.length === 0 || found.length < filled * 0.6) return null;
    const decimal = decimalOf(column) ?? inTable;
    const units = new Set(found.map(({ unit }) => unit));
    return {
      values: column.map((cell) => (cell === null ? null : numberOf(cell, decimal))),
      unit: units.size === 1 ? ([...units][0] ?? "") : "",
    };
  });
}

function cellOf(text: string): Cell | null {
  if (text.length > longestCell) return null;
  const [, open, sign = "", currency = "", inner = "", digits = "", words = "", close] =
    cellForm.exec(text.trim()) ?? [];
  if (digits === "" || (open === undefined) !== (close === undefined)) return null;
  const [first = "", ...rest] = words.split(/\s/);
  const factor = magnitudes[first];
  const unit = factor === undefined ? words : rest.join(" ");
  return {
    isNegative: open !== undefined || /[-−–]/.test(sign + inner),
    digits: digits.replace(/[.,]$/, "").replace(/[\s\u00a0\u202f'’]/g, ""),
    unit: currency || unit,
    factor: factor ?? 1,
  };
}

/** @returns what separates the decimals, if a cell decides it */
function decimalOf(cells: readonly (Cell | null)[]): string | null {
  for (const cell of cells) {
    const separators = cell?.digits.match(/[.,]/g) ?? [];
    const last = separators.at(-1);
    if (cell === null || last === undefined) continue;
    if (new Set(separators).size === 2) return last;
    if (separators.length > 1) return other(last);
    const [before = "", after = ""] = cell.digits.split(last);
    if (after.length !== 3 || /^0*$/.test(before) || before.length > 3) return last;
  }
  return null;
}

const other = (separator: string) => (separator === "." ? "," : ".");

/** Where nothing decides, "1,234" and "1.234" are both one thousand: three digits stand after each separator. */
function numberOf({ digits, isNegative, factor }: Cell, decimal: string | null): number {
  const point = decimal ?? (digits.includes(",") ? "." : ",");
  const plain = digits.replaceAll(other(point), "").replace(point, ".");
  return Number(plain) * factor * (isNegative ? -1 : 1);
}
