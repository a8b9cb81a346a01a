/**
 * Describes in words the form of a request's field, from its schema: "temperature must be a number from 0 to 2." It knows
 * nothing of the meaning of fields.
 */
import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../errors.ts";

/** A violation as TypeBox reports it. Only the kind of its value is used: it may be private text. */
interface Violation {
  /** "/messages/0/content", or "" for the whole body. */
  readonly path: string;
  readonly schema: TSchema;
  readonly value?: unknown;
}

/** @param within the place of the checked part, when that is not the whole request */
export function refusalOf(violation: Violation | undefined, within = ""): InvalidRequestError {
  if (violation === undefined) return new InvalidRequestError("The request has an unexpected form.");
  const { path, schema } = innermost(violation);
  const { place, isWhole } = placeOf(path, within);
  if (place === "") return new InvalidRequestError("The request must be a JSON object.");
  const field = isWhole ? place : `A field of ${place}`;
  return new InvalidRequestError(`${field} must be ${formOf(schema)}.`, { param: place });
}

/**
 * A field with several possible forms is reported as a whole, however deep in it the wrong value is. The intended form is the
 * one of the value's kind.
 */
function innermost(violation: Violation): Violation {
  const { schema, path, value } = violation;
  const meant = alternativesOf(schema).filter(
    (each) => each !== schema && kindOf(each) === kindOfValue(value),
  );
  const [only, ...more] = meant;
  if (only === undefined || more.length > 0) return violation;
  const inner = telling(only, value);
  return inner === undefined || inner.path === ""
    ? violation
    : innermost({ ...inner, path: path + inner.path });
}

/** The number of violations to look at for the most precise one. */
const mostFaults = 20;

/** The first violation; where a value names its own kind by a word, that word. */
function telling(schema: TSchema, value: unknown): Violation | undefined {
  const faults: Violation[] = [];
  for (const fault of Value.Errors(schema, value)) {
    faults.push(fault);
    if (faults.length === mostFaults) break;
  }
  return faults.find((fault) => fault.value !== undefined && "const" in fault.schema) ?? faults[0];
}

const alternativesOf = (schema: TSchema): readonly TSchema[] =>
  Array.isArray(schema.anyOf) ? schema.anyOf.flatMap(alternativesOf) : [schema];

function kindOf({ type, const: only }: TSchema): string {
  if (type === undefined) return kindOfValue(only);
  return type === "integer" ? "number" : type;
}

function kindOfValue(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** Names from the client are repeated only when they cannot be private text. */
const plainName = /^[\w-]{1,64}$/;

/** @returns a path in JavaScript's form, up to the first name that is not plain: `messages[0].content` */
function placeOf(path: string, within: string): { readonly place: string; readonly isWhole: boolean } {
  let place = within;
  for (const name of path.split("/").slice(1)) {
    if (!plainName.test(name)) return { place, isWhole: false };
    if (/^\d+$/.test(name)) place += `[${name}]`;
    else place += place === "" ? name : `.${name}`;
  }
  return { place, isWhole: true };
}

/** @param schema of a field, or of one of its possible forms */
function formOf(schema: TSchema): string {
  const words = wordsOf(schema);
  if (words !== null)
    return words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)}` : `${words[0]}`;
  if (schema.anyOf !== undefined) {
    const forms = alternativesOf(schema).filter(({ type }) => type !== "null");
    return forms.map(formOf).join(", or ");
  }
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, maxProperties, pattern } = schema;
  switch (schema.type) {
    case "integer":
    case "number": {
      const kind = schema.type === "integer" ? "a whole number" : "a number";
      const lowest = schema["x-takes"]?.minimum ?? minimum;
      return lowest === undefined ? kind : `${kind} from ${lowest} to ${maximum}`;
    }
    case "string": {
      const length = maxLength === undefined ? "" : ` of ${minLength ?? 0} to ${maxLength} characters`;
      return `a text${length}${pattern === undefined ? "" : ` that matches ${pattern}`}`;
    }
    case "array": {
      const items = itemsOf(schema["x-takes"]?.items ?? schema.items);
      return maxItems === undefined
        ? `a list of ${items}`
        : `a list of ${minItems ?? 0} to ${maxItems} ${items}`;
    }
    case "boolean":
      return "true or false";
    default:
      return maxProperties === undefined ? "an object" : `an object of at most ${maxProperties} fields`;
  }
}

/** The allowed values, where there are few; a schema may have `x-takes` to name them. */
function wordsOf(schema: TSchema): readonly string[] | null {
  const taken: TSchema = schema["x-takes"] ?? schema;
  const alternatives = alternativesOf(taken).filter(({ type }) => type !== "null");
  const values = alternatives.flatMap((each): unknown[] =>
    "const" in each ? [each.const] : (each.enum ?? []),
  );
  return values.length === 0 || values.length < alternatives.length
    ? null
    : values.map((value) => JSON.stringify(value));
}

const kinds: Readonly<Record<string, string>> = {
  string: "texts",
  integer: "whole numbers",
  number: "numbers",
  array: "lists",
  object: "objects",
};

function itemsOf(items: TSchema | undefined): string {
  const forms = items === undefined ? [] : alternativesOf(items).filter(({ type }) => type !== "null");
  const named = new Set(forms.map(({ type }) => kinds[type ?? ""] ?? "values"));
  return [...named].join(" or ") || "values";
}
