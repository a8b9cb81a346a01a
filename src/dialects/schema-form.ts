/** A JSON schema as the form of an answer. */
import { BadFieldError } from "../http/openai-error.ts";

const jsonTypes = new Set<unknown>(["null", "boolean", "integer", "number", "string", "array", "object"]);

/** @throws BadFieldError for a schema of no JSON at all */
export function schemaForm(wanted: Readonly<Record<string, unknown>>, field: string, name = "answer") {
  const { type } = wanted;
  if (type !== undefined && ![type].flat().every((each) => jsonTypes.has(each)))
    throw new BadFieldError(`${field}.type`, "must be a type of JSON, such as object or string.");
  return { type: "json-schema", name, schema: wanted } as const;
}
