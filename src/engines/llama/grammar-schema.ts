/**
 * A JSON schema in the form that node-llama-cpp makes a grammar of. What a grammar cannot hold is refused or passed over, as
 * the caller wants; what it holds is never wider than the schema. It knows nothing of models.
 * @see https://json-schema.org/draft/2020-12 and https://node-llama-cpp.withcat.ai/guide/grammar#json-schema
 */
import {
  boundOf,
  type Context,
  type GrammarSchema,
  isBounded,
  literalOf,
  numberOf,
  stringOf,
} from "./scalar-grammar.ts";
import {
  isPlainValue,
  isRecord,
  listIn,
  OddPartError,
  odd,
  recordIn,
  refusal,
  type Schema,
  writable,
} from "./schema-parts.ts";

const deepest = 40;
/**
 * Values and alternatives of a whole schema, and characters of its text, as OpenAI's models take them at most: a grammar is
 * followed along all alternatives at once, and what that costs grows with their square.
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
const mostChoices = 1_000;
const longestSchema = 120_000;

/** Keywords that narrow a value, and that no grammar of the library holds. */
const beyond = [
  "uniqueItems",
  "contains",
  "patternProperties",
  "propertyNames",
  "dependentSchemas",
  "not",
  "if",
  "unevaluatedItems",
] as const;

const plainTypes = ["null", "boolean", "integer", "number"] as const;

/** What the library takes for "any value" where a schema says nothing. */
const anything: GrammarSchema = {
  oneOf: [
    { type: ["string", "number", "boolean", "null"] },
    { type: "object", additionalProperties: true },
    // Without items: of whatever values.
    { type: "array", minItems: 0 },
  ],
};

/** A schema that a grammar can enforce. */
export interface HeldSchema {
  readonly schema: GrammarSchema;
  /** Rules of values that the library has no grammar for, by the text that stands for each in the schema. */
  readonly leaves: ReadonlyMap<string, string>;
  /** Stands before the names of properties that may be left out. */
  readonly optionalMark: string;
  /** What it says beyond that; a whole answer may be checked against it. */
  readonly isWhole: boolean;
}

export const toGrammarSchema = (schema: Schema, strict: boolean): GrammarSchema =>
  heldSchema(schema, strict).schema;

/**
 * @param strict refuses what is no schema; otherwise that part may be any JSON
 * @throws UnsupportedRequestError naming the place and the keyword
 */
export function heldSchema(schema: Schema, strict: boolean): HeldSchema {
  const text = JSON.stringify(schema);
  if (text.length > longestSchema) throw refusal("the schema", `has more than ${longestSchema} characters`);
  const definitions: Record<string, unknown> = {
    ...recordIn(schema, "definitions"),
    ...recordIn(schema, "$defs"),
  };
  const isRecursive = text.includes('"$ref":"#"');
  const { $defs: _, definitions: __, ...bare } = schema;
  if (isRecursive) definitions[rootName] = bare;
  const names = new Set(Object.keys(definitions));
  const leafName = nameBeside(text);
  const context: Context = {
    strict,
    names,
    root: schema,
    choices: { left: mostChoices },
    leaves: new Map(),
    leafName,
    optionalMark: `@${leafName}?`,
    isWhole: { yes: true },
  };
  const grammar = convert(schema, context, "the schema", 0);
  const $defs = Object.fromEntries(
    Object.entries(definitions).map(([name, each]) => [name, convert(each, context, `$defs/${name}`, 1)]),
  );
  return {
    schema: names.size === 0 ? grammar : ({ ...grammar, $defs } as GrammarSchema),
    leaves: context.leaves,
    optionalMark: context.optionalMark,
    isWhole: context.isWhole.yes,
  };
}

/** What the whole schema is called where a part refers to it. */
const rootName = "the whole";

/** A name that no text of the schema can be taken for. */
function nameBeside(text: string): string {
  let name = "leaf";
  while (text.includes(`@${name}`)) name += "f";
  return name;
}

function convert(schema: unknown, context: Context, place: string, depth: number): GrammarSchema {
  try {
    return converted(schema, context, place, depth);
  } catch (error) {
    // An odd part costs only itself, unless all must be enforced; what is too large costs too much in any case.
    if (context.strict || !(error instanceof OddPartError)) throw error;
    return anything;
  }
}

function converted(schema: unknown, context: Context, place: string, depth: number): GrammarSchema {
  if (depth > deepest) throw (place.includes("/$ref") ? odd : refusal)(place, "is nested too deeply");
  if (schema === true) return anything;
  if (!isRecord(schema)) throw odd(place, "is not a schema");
  noteBeyond(schema, context);
  const below = (each: unknown, name: string) => convert(each, context, `${place}/${name}`, depth + 1);

  if (typeof schema.$ref === "string") return referenceIn(schema, schema.$ref, context, place, depth);
  if ("const" in schema) return literalOf(schema.const, context, place);
  if (Array.isArray(schema.enum)) {
    if (schema.enum.length === 0) throw odd(place, "has an enum without values");
    countChoices(schema.enum, context, place);
    if (schema.enum.every(isPlainValue)) return { enum: schema.enum.map((value) => value) } as GrammarSchema;
    return { oneOf: schema.enum.map((value) => literalOf(value, context, place)) };
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    if (choices.length === 0) throw odd(place, "has a choice without alternatives");
    // Of two that both fit neither would be allowed.
    if (schema.oneOf !== undefined) context.isWhole.yes = false;
    countChoices(choices, context, place);
    const { anyOf: _, oneOf: __, ...beside } = schema;
    return { oneOf: choices.map((each, index) => below(both(beside, each), `anyOf/${index}`)) };
  }
  if (Array.isArray(schema.allOf)) {
    const { allOf, ...beside } = schema;
    const parts = allOf.map((part) => followed(part, context, place));
    return below(
      parts.reduce<unknown>((all, part) => merged(all, part, context), beside),
      "allOf",
    );
  }
  const type: unknown = schema.type ?? impliedType(schema);
  if (type === undefined) return anything;
  if (Array.isArray(type))
    return { oneOf: type.map((each) => below({ ...schema, type: each }, String(each))) };
  const plain = plainTypes.find((each) => each === type);
  if ((plain === "integer" || plain === "number") && isBounded(schema))
    return numberOf(schema, plain, context, place);
  if (plain !== undefined) return { type: plain };
  switch (type) {
    case "string":
      return stringOf(schema, context, place);
    case "array":
      return arrayOf(schema, context, place, below);
    case "object":
      return objectOf(schema, context, place, below);
    default:
      throw odd(place, `has the unknown type "${String(type)}"`);
  }
}

/** What stands beside a choice holds for each of its alternatives. */
function both(beside: Schema, alternative: unknown): unknown {
  if (!isRecord(alternative)) return alternative;
  const properties = { ...recordIn(beside, "properties"), ...recordIn(alternative, "properties") };
  const required = [...listIn(beside, "required"), ...listIn(alternative, "required")];
  return {
    ...beside,
    ...alternative,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required }),
  };
}

function countChoices(choices: readonly unknown[], context: Context, place: string): void {
  context.choices.left -= choices.length;
  if (context.choices.left < 0)
    throw refusal(
      place,
      `has, with the rest of the schema, more than ${mostChoices} values and alternatives`,
    );
}

/** What holds for both. */
function merged(one: unknown, other: unknown, context: Context): unknown {
  if (!isRecord(one) || !isRecord(other)) return isRecord(one) ? one : other;
  const all: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = all[name];
    if (before === undefined) all[name] = value;
    else if (name === "required") all[name] = [...listIn(one, name), ...listIn(other, name)];
    else if (name === "properties") {
      const properties: Record<string, unknown> = { ...recordIn(one, name) };
      for (const [key, each] of Object.entries(recordIn(other, name)))
        properties[key] = key in properties ? { allOf: [properties[key], each] } : each;
      all[name] = properties;
    } else if (typeof before === "number" && typeof value === "number")
      all[name] = /^(min|exclusiveMin)/.test(name) ? Math.max(before, value) : Math.min(before, value);
    else if (name === "enum") {
      const both = new Set(listIn(other, name).map((each) => JSON.stringify(each)));
      all[name] = listIn(one, name).filter((each) => both.has(JSON.stringify(each)));
    } else if (JSON.stringify(before) !== JSON.stringify(value)) context.isWhole.yes = false;
  }
  return all;
}

/** A part of several that refers to another one is that one. */
function followed(part: unknown, context: Context, place: string): unknown {
  if (!isRecord(part) || typeof part.$ref !== "string") return part;
  const { $ref, ...beside } = part;
  return merged(beside, pointedAt($ref, context, place), context);
}

function arrayOf(
  schema: Schema,
  context: Context,
  place: string,
  below: (each: unknown, name: string) => GrammarSchema,
): GrammarSchema {
  return {
    type: "array",
    ...(schema.items === undefined || typeof schema.items === "boolean"
      ? {}
      : { items: below(schema.items, "items") }),
    ...(Array.isArray(schema.prefixItems)
      ? { prefixItems: schema.prefixItems.map((each, index) => below(each, `prefixItems/${index}`)) }
      : {}),
    ...boundOf(schema, "minItems", context, place),
    ...boundOf(schema, "maxItems", context, place),
    // Nothing may follow the first ones.
    ...(schema.items === false ? { maxItems: listIn(schema, "prefixItems").length } : {}),
  } as GrammarSchema;
}

/**
 * Properties that a list of required ones does not name may be left out, and bear a mark. Where there is no such list every
 * property is written: authors of tools often forget it, and a small model would say nothing.
 */
function objectOf(
  schema: Schema,
  context: Context,
  place: string,
  below: (each: unknown, name: string) => GrammarSchema,
): GrammarSchema {
  const named = recordIn(schema, "properties");
  const others = schema.additionalProperties;
  // What is required without a schema of its own has that of the others.
  const required = listIn(schema, "required").filter((name) => typeof name === "string");
  const missing = required.filter((name) => !Object.hasOwn(named, name));
  const properties = [
    ...Object.entries(named),
    ...missing.map((name) => [name, isRecord(others) ? others : true] as const),
  ];
  const { minProperties: fewest, maxProperties: most } = schema;
  const isCounted = properties.length > 0 || others === false;
  const isOptional = (name: string) => Array.isArray(schema.required) && !required.includes(name);
  const written = properties.filter(([name]) => !isOptional(name)).length;
  if (typeof fewest === "number" && !(isCounted && fewest <= written)) context.isWhole.yes = false;
  if (typeof most === "number" && !(isCounted && most >= properties.length)) context.isWhole.yes = false;
  const fields = Object.fromEntries(
    properties.map(([name, each]) => [
      (isOptional(name) ? context.optionalMark : "") + writable(name, place),
      below(each, `properties/${name}`),
    ]),
  );
  if (properties.length > 0) return { type: "object", properties: fields };
  if (others === false) return { type: "object", properties: {} };
  return {
    type: "object",
    additionalProperties: isRecord(others) ? below(others, "additionalProperties") : true,
  } as GrammarSchema;
}

function noteBeyond(schema: Schema, { isWhole }: Context): void {
  if (beyond.some((name) => schema[name] !== undefined && schema[name] !== false)) isWhole.yes = false;
}

function referenceIn(
  schema: Schema,
  reference: string,
  context: Context,
  place: string,
  depth: number,
): GrammarSchema {
  const { $ref: _, $defs: __, definitions: ___, ...beside } = schema;
  if (Object.keys(beside).some((name) => !notes.has(name))) {
    const whole = merged(beside, pointedAt(reference, context, place), context);
    return convert(whole, context, `${place}/$ref`, depth + 1);
  }
  if (reference === "#") return { $ref: `#/$defs/${rootName}` } as GrammarSchema;
  const name = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(reference)?.[1];
  if (name !== undefined && context.names.has(name)) return { $ref: `#/$defs/${name}` } as GrammarSchema;
  return convert(pointedAt(reference, context, place), context, `${place}/$ref`, depth + 1);
}

/** Keywords that say nothing of a value. */
const notes = new Set([
  "title",
  "description",
  "default",
  "examples",
  "$comment",
  "deprecated",
  "$schema",
  "$id",
]);

/** @see https://datatracker.ietf.org/doc/html/rfc6901 */
function pointedAt(reference: string, { root }: Context, place: string): unknown {
  if (reference !== "#" && !reference.startsWith("#/")) throw odd(place, `refers to "${reference}"`);
  const steps = reference.split("/").slice(1);
  let found: unknown = root;
  for (const step of steps) {
    const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    const next: unknown = isRecord(found) || Array.isArray(found) ? Reflect.get(found, name) : undefined;
    if (next === undefined) throw odd(place, `refers to "${reference}"`);
    found = next;
  }
  return found;
}

function impliedType(schema: Schema): string | undefined {
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return "object";
  return schema.items !== undefined || schema.prefixItems !== undefined ? "array" : undefined;
}
