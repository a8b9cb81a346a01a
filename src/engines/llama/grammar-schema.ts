/**
 * A JSON schema in the form that node-llama-cpp makes a grammar of. What a grammar cannot hold is refused or passed over, as
 * the caller wants; what it holds is never wider than the schema. It knows nothing of models.
 * @see https://json-schema.org/draft/2020-12 and https://node-llama-cpp.withcat.ai/guide/grammar#json-schema
 */
import type { GbnfJsonSchema } from "node-llama-cpp";
import { UnsupportedRequestError } from "../../errors.ts";

type Schema = Readonly<Record<string, unknown>>;
type GrammarSchema = GbnfJsonSchema<Record<string, GbnfJsonSchema>>;
type Scalar = string | number | boolean | null;

/** A grammar counts such bounds out, rule by rule. */
const largestBound = 500;
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
  "pattern",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "uniqueItems",
  "contains",
  "patternProperties",
  "propertyNames",
  "minProperties",
  "maxProperties",
  "dependentRequired",
  "dependentSchemas",
  "not",
  "if",
  "unevaluatedProperties",
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

/**
 * @param strict refuses keywords that cannot be held; otherwise they are passed over, and the answer is still JSON of the
 * schema's shape
 * @throws UnsupportedRequestError naming the place and the keyword
 */
export function toGrammarSchema(schema: Schema, strict: boolean): GrammarSchema {
  if (JSON.stringify(schema).length > longestSchema)
    throw refusal("the schema", `has more than ${longestSchema} characters`);
  const definitions = { ...recordIn(schema, "definitions"), ...recordIn(schema, "$defs") };
  const names = new Set(Object.keys(definitions));
  const context: Context = { strict, names, choices: { left: mostChoices } };
  const held = convert(schema, context, "the schema", 0);
  if (names.size === 0) return held;
  const $defs = Object.fromEntries(
    Object.entries(definitions).map(([name, each]) => [name, convert(each, context, `$defs/${name}`, 1)]),
  );
  return { ...held, $defs } as GrammarSchema;
}

interface Context {
  readonly strict: boolean;
  /** Of the definitions at the root. */
  readonly names: ReadonlySet<string>;
  /** How many more values and alternatives it may have. */
  readonly choices: { left: number };
}

function convert(schema: unknown, context: Context, place: string, depth: number): GrammarSchema {
  if (depth > deepest) throw refusal(place, "is nested too deeply");
  if (schema === true) return anything;
  if (!isRecord(schema)) throw refusal(place, "is not a schema");
  refuseBeyond(schema, context, place);
  const below = (each: unknown, name: string) => convert(each, context, `${place}/${name}`, depth + 1);

  if (typeof schema.$ref === "string")
    return { $ref: referenceIn(schema.$ref, context, place) } as GrammarSchema;
  if ("const" in schema) return { const: scalarIn(schema.const, place) };
  if (Array.isArray(schema.enum)) {
    if (schema.enum.length === 0) throw refusal(place, "has an enum without values");
    countChoices(schema.enum, context, place);
    return { enum: schema.enum.map((value) => scalarIn(value, place)) };
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    if (choices.length === 0) throw refusal(place, "has a choice without alternatives");
    countChoices(choices, context, place);
    const { anyOf: _, oneOf: __, ...beside } = schema;
    return { oneOf: choices.map((each, index) => below(both(beside, each), `anyOf/${index}`)) };
  }
  if (Array.isArray(schema.allOf)) {
    const [only, ...more] = schema.allOf;
    if (more.length > 0) throw refusal(place, "uses allOf with several schemas");
    const { allOf: _, ...beside } = schema;
    return below(both(beside, only), "allOf");
  }
  const type: unknown = schema.type ?? impliedType(schema);
  if (type === undefined) return anything;
  if (Array.isArray(type))
    return { oneOf: type.map((each) => below({ ...schema, type: each }, String(each))) };
  const plain = plainTypes.find((each) => each === type);
  if (plain !== undefined) return { type: plain };
  switch (type) {
    case "string":
      return stringOf(schema, context, place);
    case "array":
      return arrayOf(schema, context, place, below);
    case "object":
      return objectOf(schema, place, below);
    default:
      throw refusal(place, `has the unknown type "${String(type)}"`);
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

function stringOf(schema: Schema, context: Context, place: string): GrammarSchema {
  const { format } = schema;
  // Formats are notes, not bounds, unless both sides agree otherwise: the three that can be held are.
  if (format === "date-time" || format === "date" || format === "time") return { type: "string", format };
  return {
    type: "string",
    ...boundOf(schema, "minLength", context, place),
    ...boundOf(schema, "maxLength", context, place),
  };
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

/** Every property that is named is written, also those that may be left out: the result fits the schema in any case. */
function objectOf(
  schema: Schema,
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
  const held = Object.fromEntries(
    properties.map(([name, each]) => [writable(name, place), below(each, `properties/${name}`)]),
  );
  if (properties.length > 0) return { type: "object", properties: held };
  if (others === false) return { type: "object", properties: {} };
  return {
    type: "object",
    additionalProperties: isRecord(others) ? below(others, "additionalProperties") : true,
  } as GrammarSchema;
}

function boundOf(schema: Schema, name: string, { strict }: Context, place: string): Record<string, number> {
  const bound = schema[name];
  if (bound === undefined) return {};
  if (typeof bound !== "number" || !Number.isInteger(bound) || bound < 0)
    throw refusal(place, `has a ${name} that is no count`);
  if (bound <= largestBound) return { [name]: bound };
  if (strict) throw refusal(place, `has a ${name} above ${largestBound}`, true);
  return {};
}

function refuseBeyond(schema: Schema, { strict }: Context, place: string): void {
  if (!strict) return;
  const keyword = beyond.find((name) => schema[name] !== undefined && !isVacuous(name, schema[name]));
  if (keyword !== undefined) throw refusal(place, `uses "${keyword}"`, true);
}

/** Bounds that every number of JSON keeps, which schema writers add by themselves. */
const isVacuous = (keyword: string, value: unknown) =>
  typeof value === "number"
    ? (keyword === "minimum" && value <= Number.MIN_SAFE_INTEGER) ||
      (keyword === "maximum" && value >= Number.MAX_SAFE_INTEGER)
    : value === false;

function referenceIn(reference: string, { names }: Context, place: string): string {
  const name = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(reference)?.[1];
  if (name === undefined || !names.has(name)) throw refusal(place, `refers to "${reference}"`);
  return `#/$defs/${name}`;
}

function impliedType(schema: Schema): string | undefined {
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return "object";
  return schema.items !== undefined || schema.prefixItems !== undefined ? "array" : undefined;
}

function scalarIn(value: unknown, place: string): Scalar {
  if (typeof value === "string") return writable(value, place);
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw refusal(place, "names a value that is neither text, number, true, false nor null");
}

/** The library writes these as they are, which is no JSON. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function writable(text: string, place: string): string {
  if (unwritable.test(text) || !text.isWellFormed())
    throw refusal(place, "names a text with control characters or half characters");
  return text;
}

function recordIn(schema: Schema, name: string): Schema {
  const value = schema[name];
  return isRecord(value) ? value : {};
}

function listIn(schema: Schema, name: string): readonly unknown[] {
  const value = schema[name];
  return Array.isArray(value) ? value : [];
}

const isRecord = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param unlessStrict whether it would be passed over if it did not have to be held */
function refusal(place: string, problem: string, unlessStrict = false): UnsupportedRequestError {
  const advice = unlessStrict ? "Leave that out, or set strict to false." : "Leave that out.";
  return new UnsupportedRequestError(
    `This engine cannot hold its answer to this schema: ${place} ${problem}. ${advice}`,
    { param: "response_format" },
  );
}
