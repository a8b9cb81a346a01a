/** Tells in words what a schema of the document takes: each field with its form. It knows JSON Schema and no route. */
import type { DocsField } from "../../views/docs-props.ts";
import { isObject, type Json, type JsonObject } from "../http/openapi/schemas-by-name.ts";

/** Finds what a reference names. */
export type Resolve = (schema: Json | undefined) => JsonObject;

export const resolveIn =
  (schemas: Readonly<Record<string, Json>>): Resolve =>
  (schema) => {
    if (!isObject(schema)) return {};
    const { $ref: reference } = schema;
    if (typeof reference !== "string") return schema;
    const named = schemas[reference.split("/").at(-1) ?? ""];
    return isObject(named) ? named : {};
  };

/** Deeper than this a reader looks into the document itself. */
const deepest = 3;

/** The fields of an object, those of objects and lists in it with dots: "choices[].message.role". */
export function fieldsOf(schema: Json, resolve: Resolve, prefix = "", depth = 0): readonly DocsField[] {
  return optionsOf(resolve(schema), resolve).flatMap((option) => {
    const { properties, required } = option;
    if (option.type === "array" && prefix === "" && depth === 0)
      return fieldsOf(option.items ?? {}, resolve, "[].", depth + 1);
    if (!isObject(properties)) return [];
    return Object.entries(properties).flatMap(([name, field]) => {
      const own = resolve(field);
      const { description = own.description } = isObject(field) ? field : {};
      const place = prefix + name;
      return [
        {
          name: place,
          form: formOf(own, resolve),
          required: Array.isArray(required) && required.includes(name),
          description: typeof description === "string" ? description : null,
        },
        ...(depth < deepest ? inner(own, resolve, place, depth + 1) : []),
      ];
    });
  });
}

function inner(schema: JsonObject, resolve: Resolve, place: string, depth: number): readonly DocsField[] {
  const found = optionsOf(schema, resolve).flatMap((option) =>
    option.type === "array"
      ? fieldsOf(option.items ?? {}, resolve, `${place}[].`, depth)
      : fieldsOf(option, resolve, `${place}.`, depth),
  );
  // Fields that several options share are listed once.
  return [...new Map(found.toReversed().map((field) => [field.name, field])).values()].toReversed();
}

/** The schemas of which a value may be any, with those in them. */
function optionsOf(schema: JsonObject, resolve: Resolve): readonly JsonObject[] {
  const { anyOf } = schema;
  return Array.isArray(anyOf)
    ? anyOf.flatMap((option: Json) => optionsOf(resolve(option), resolve))
    : [schema];
}

/** "a text of 1 to 200 characters, or null" */
export function formOf(schema: Json, resolve: Resolve): string {
  const words = optionsOf(resolve(schema), resolve).flatMap((option) => wordsOf(option, resolve));
  const constants = words.filter((word) => word.startsWith('"'));
  const others = words.filter((word) => !word.startsWith('"'));
  const named = constants.length === 0 ? [] : [[...new Set(constants)].join(" or ")];
  return [...named, ...new Set(others)].join(", or ");
}

function wordsOf(schema: JsonObject, resolve: Resolve): readonly string[] {
  const { type, enum: choices } = schema;
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (Array.isArray(choices)) return choices.map((choice: Json) => JSON.stringify(choice));
  if (Array.isArray(type)) return type.flatMap((one: Json) => wordsOf({ ...schema, type: one }, resolve));
  switch (type) {
    case "integer":
      return [`a whole number${rangeOf(schema.minimum, schema.maximum)}`];
    case "number":
      return [`a number${rangeOf(schema.minimum, schema.maximum)}`];
    case "string":
      return [schema.format === "date-time" ? "a time (ISO 8601)" : `a text${lengthOf(schema)}`];
    case "boolean":
      return ["true or false"];
    case "null":
      return ["null"];
    case "array":
      return [`a list of ${formOf(schema.items ?? {}, resolve).replaceAll(/\ban? /g, "")}`];
    case "object":
      return ["an object"];
    default:
      return ["any value"];
  }
}

function rangeOf(minimum: Json | undefined, maximum: Json | undefined): string {
  if (typeof minimum === "number" && typeof maximum === "number") return ` from ${minimum} to ${maximum}`;
  return typeof minimum === "number" ? ` from ${minimum}` : "";
}

const lengthOf = ({ minLength, maxLength }: JsonObject) =>
  typeof maxLength === "number"
    ? ` of ${typeof minLength === "number" ? minLength : 0} to ${maxLength} characters`
    : "";
