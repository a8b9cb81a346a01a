/**
 * Takes out of JSON that may be anything the fields alone that a schema names. TypeBox has Value.Clean for it, but that
 * keeps fields such as `__proto__` and `constructor`, because it looks for their names in the schema with `in`.
 */
import type { TSchema } from "@sinclair/typebox";

/**
 * Builds it again, fields in the order of the schema and texts as well-formed Unicode, as SQLite stores them; it checks
 * nothing. Its depth is that of the schema, whatever the value's is.
 */
export function knownPart(schema: TSchema, value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) {
    const items: TSchema | undefined = formOf(schema, "array").items;
    return items === undefined ? [] : value.map((item: unknown) => knownPart(items, item));
  }
  if (typeof value !== "object" || value === null) return value;
  const form = formOf(schema, "object");
  const properties: Readonly<Record<string, TSchema>> = form.properties ?? {};
  // Of a record: its names are not known, but their form is.
  const patternProperties: Readonly<Record<string, TSchema>> = form.patternProperties ?? {};
  const known: Record<string, unknown> = {};
  for (const [pattern, property] of Object.entries(patternProperties))
    for (const name of Object.keys(value))
      if (name !== "__proto__" && new RegExp(pattern).test(name))
        known[name] = knownPart(property, Reflect.get(value, name));
  for (const [name, property] of Object.entries(properties))
    if (Object.hasOwn(value, name)) known[name] = knownPart(property, Reflect.get(value, name));
  return known;
}

/** The one of its alternatives that has this type, or itself. */
function formOf(schema: TSchema, type: "array" | "object"): TSchema {
  const alternatives: readonly TSchema[] = schema.anyOf ?? [];
  return alternatives.find((alternative) => alternative.type === type) ?? schema;
}
