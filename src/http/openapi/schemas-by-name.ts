/**
 * Moves the schemas that have a title out of a document, so that each is in it once and is referenced by name. It works on
 * plain JSON and knows only where schemas contain other schemas.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#name-keywords-for-applying-subsch
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** As it is sent: without anything that JSON lacks, such as TypeBox's own marks. */
export const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const ofOne = new Set(["items", "additionalProperties", "not", "propertyNames"]);
const ofList = new Set(["anyOf", "oneOf", "allOf"]);
const ofNamed = new Set(["properties", "patternProperties"]);

export class SchemasByName {
  readonly #named = new Map<string, Json>();

  /** By name, in alphabetical order. */
  get all(): Readonly<Record<string, Json>> {
    return Object.fromEntries([...this.#named].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  /**
   * @returns the schema with references in place of named ones, itself included
   * @throws Error when two different schemas have one name, which is a bug
   */
  take(schema: Json): Json {
    if (!isObject(schema)) return schema;
    const { "x-takes": takes, "x-optional": _, ...rest } = schema;
    // A field that the route reads by hand is described as it is read.
    const described = isObject(takes) ? insteadOf(rest, takes) : withNull(rest);
    const inner = Object.fromEntries(
      Object.entries(described).map(([key, value]) => [key, this.#inside(key, value)]),
    );
    const { title } = inner;
    if (typeof title !== "string") return inner;
    const known = this.#named.get(title);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(inner))
      throw new Error(`Two schemas are called ${title}.`);
    this.#named.set(title, inner);
    return { $ref: `#/components/schemas/${title}` };
  }

  #inside(key: string, value: Json): Json {
    if (ofOne.has(key)) return this.take(value);
    if (ofList.has(key) && Array.isArray(value)) return value.map((schema: Json) => this.take(schema));
    if (ofNamed.has(key) && isObject(value)) {
      const shown = Object.entries(value).filter(
        ([, schema]) => !isObject(schema) || schema["x-hidden"] !== true,
      );
      return Object.fromEntries(shown.map(([name, schema]) => [name, this.take(schema)]));
    }
    return value;
  }
}

/** What may be null and is one of some values is one of these or null: Elysia joins the two, and leaves null out of the values. */
function withNull(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema;
  if (!Array.isArray(type) || !type.includes("null") || !Array.isArray(values)) return schema;
  return values.includes(null) ? schema : { ...schema, enum: [...values, null] };
}

function insteadOf(schema: JsonObject, takes: JsonObject): JsonObject {
  const { type, description, examples } = schema;
  const mayBeNull = Array.isArray(type) && type.includes("null");
  return {
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
    ...(mayBeNull ? { anyOf: [takes, { type: "null" }] } : takes),
  };
}
