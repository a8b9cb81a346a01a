/** The parts of a JSON schema as JSON has them, and the refusals of those that are none. It knows no grammar. */
import { UnsupportedRequestError } from "../../errors.ts";

export type Schema = Readonly<Record<string, unknown>>;
type Scalar = string | number | boolean | null;

/** The library writes control characters and half characters as they are, which is no JSON. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u001f]/;

export const isPlainValue = (value: unknown): value is Scalar =>
  typeof value === "string"
    ? !unwritable.test(value) && value.isWellFormed()
    : value === null || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));

export function writable(text: string, place: string): string {
  if (unwritable.test(text) || !text.isWellFormed())
    throw odd(place, "names a text with control characters or half characters");
  return text;
}

export function recordIn(schema: Schema, name: string): Schema {
  const value = schema[name];
  return isRecord(value) ? value : {};
}

export function listIn(schema: Schema, name: string): readonly unknown[] {
  const value = schema[name];
  return Array.isArray(value) ? value : [];
}

export const isRecord = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is no schema, or none that is known here: without `strict` it is any JSON. */
export class OddPartError extends UnsupportedRequestError {}

export const odd = (place: string, problem: string) => new OddPartError(wording(place, problem), facts);

export const refusal = (place: string, problem: string) =>
  new UnsupportedRequestError(wording(place, problem), facts);

const facts = { param: "response_format" };
const wording = (place: string, problem: string) =>
  `This engine cannot hold its answer to this schema: ${place} ${problem}. Leave that out.`;
