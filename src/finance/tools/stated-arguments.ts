/**
 * What a model puts into a calculation: only what the user has said, or the program has computed. A figure of the model's own would
 * come out again as a computed one.
 */
import type { TObject, TSchema } from "@sinclair/typebox";
import { InvalidRequestError } from "../../errors.ts";
import { say } from "../../texts/say.ts";

/** Whether the user's words, or facts that are there, have every figure of a text. */
export type IsKnown = (text: string) => boolean;

/**
 * @returns the arguments without those that only repeat a default
 * @throws InvalidRequestError that names the figure that nobody has stated
 */
export function statedArguments(
  { properties }: TObject,
  given: Readonly<Record<string, unknown>>,
  isKnown: IsKnown,
): Record<string, unknown> {
  const monies = [...new Set([...Object.values(given).filter(isCode), ...usualMonies])];
  const stated = Object.entries(given).filter(([name, value]) => {
    const field = properties[name];
    if (field === undefined || value === null || value === "") return field === undefined;
    if (!bearsFigures(field) || writingsOf(field, value, monies).some(isKnown)) return true;
    if (String(value) === String(field.default)) return false;
    throw new InvalidRequestError(
      say`Nobody has stated ${{ verbatim: String(value) }} for ${field.title ?? { verbatim: name }}. Ask the user for it, or leave it out.`,
      { param: name },
    );
  });
  return Object.fromEntries(stated);
}

/** Words, instruments and days are seen in the result; a figure is not seen to be wrong. */
const bearsFigures = (field: TSchema) =>
  field.type === "number" || field.type === "integer" || field["x-kind"] === "flows";

const usualMonies = ["USD", "EUR", "GBP", "CHF", "JPY"];
const isCode = (value: unknown): value is string => typeof value === "string" && /^[A-Z]{3}$/.test(value);

/** With its unit, and as it may stand in a question without one. */
function writingsOf(field: TSchema, value: unknown, monies: readonly string[]): readonly string[] {
  const unit = field["x-unit"];
  const plain = `It is ${value}`;
  if (unit === "%") return [`${plain}%`, plain];
  if (unit === "currency" || unit === "price") return [plain, ...monies.map((code) => `${plain} ${code}`)];
  return typeof unit === "string" ? [`${plain} ${unit}`, plain] : [plain];
}
