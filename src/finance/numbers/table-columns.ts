/** The unit in a table's header holds for the figures below it: | Stop (pips) | Risk % | Price (USD) | */
import type { RawFigure } from "./raw-figure.ts";
import type { Token } from "./tokens.ts";
import { currencyOf, currencySigns, unitOf } from "./units-in-text.ts";

const isBar = (token: Token | undefined) => token?.kind === "sign" && token.text === "|";

/** @returns the figures, those in cells with the unit of their column when they have none */
export function withColumnUnits(
  figures: readonly RawFigure[],
  tokens: readonly Token[],
): readonly RawFigure[] {
  if (!tokens.some(({ kind }) => kind === "rule")) return figures;
  const units = new Map<number, string>();
  let header: readonly (string | null)[] = [];
  let row: Token[] = [];
  let isBody = false;
  let column = -1;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "break") {
      if (row.length > 0 && !isBar(row[0])) [header, isBody] = [[], false];
      if (row.length > 0 && !isBody) header = columnUnits(row);
      [row, column] = [[], -1];
    } else if (token.kind === "rule") {
      isBody = true;
      row = [];
    } else if (token.kind !== "space" || row.length > 0) row.push(token);
    if (isBar(token)) column++;
    const unit = isBody && isBar(row[0]) ? header[column] : undefined;
    if (unit !== undefined && unit !== null) units.set(index, unit);
  }
  return figures.map((figure) => {
    const unit = figure.role === "amount" && figure.unit === null ? units.get(figure.from) : undefined;
    return unit === undefined ? figure : { ...figure, unit };
  });
}

function columnUnits(row: readonly Token[]): readonly (string | null)[] {
  const columns: (string | null)[] = [];
  let current = -1;
  for (const token of row) {
    if (isBar(token)) {
      current++;
      columns[current] = null;
    } else if (current >= 0) columns[current] ??= unitNamed(token);
  }
  return columns;
}

function unitNamed(token: Token): string | null {
  if (token.text === "%") return "%";
  if (token.kind === "sign") return currencySigns.get(token.text) ?? null;
  if (token.kind !== "word") return null;
  const found = unitOf(token.word);
  const isPlain =
    found !== null &&
    (found.power ?? 0) === 0 &&
    ["pips", "points", "lots", "%", "bp", "units", "shares", "oz"].includes(found.unit);
  return isPlain ? found.unit : token.text.length === 3 ? currencyOf(token.text) : null;
}
