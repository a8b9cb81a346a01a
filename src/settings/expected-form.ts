/** A schema in words, for the sentence that refuses a value. */
import type { TSchema } from "@sinclair/typebox";

/** @returns as "a whole number from 1 to 20" */
export function expectedForm(schema: TSchema): string {
  if (schema.type === "integer") return `a whole number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === "number") return `a number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === "array") return "a list of the settings' names";
  if (schema.type === "null") return "null";
  if (schema.type === "string") {
    if (schema.description !== undefined) return schema.description;
    const limit = schema.maxLength === undefined ? "" : ` of at most ${schema.maxLength} characters`;
    return schema.minLength === undefined ? `a text${limit}` : `a text${limit} that is not empty`;
  }
  if (schema.type === "boolean") return "true or false";
  if (Array.isArray(schema.anyOf))
    return schema.anyOf
      .map((each: TSchema) => (each.const === undefined ? expectedForm(each) : String(each.const)))
      .join(", ");
  return "an object in braces";
}
