/** config.json: its schema, and a sentence for each way in which it can be wrong. */
import { readFileSync } from "node:fs";
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";
import { Value, type ValueError } from "@sinclair/typebox/value";
import { SettingsError } from "../errors.ts";

const Config = t.Object(
  {
    system_prompt: t.Optional(t.String({ minLength: 1, maxLength: 20_000 })),
    risk_profile: t.Optional(t.String({ minLength: 1, maxLength: 200 })),
    default_pair: t.Optional(t.String({ minLength: 1, maxLength: 50 })),
    language: t.Optional(t.String({ minLength: 2, maxLength: 50 })),
    default_model: t.Optional(t.String({ minLength: 1, maxLength: 500 })),
    answers: t.Optional(
      t.Object(
        {
          prose: t.Optional(
            t.Union([t.Literal("auto"), t.Literal("free"), t.Literal("strict"), t.Literal("none")]),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    api_settings: t.Optional(
      t.Object(
        {
          host: t.Optional(t.String({ minLength: 1 })),
          port: t.Optional(t.Integer({ minimum: 0, maximum: 65_535 })),
        },
        { additionalProperties: false },
      ),
    ),
    memory_settings: t.Optional(
      t.Object(
        {
          recall: t.Optional(t.Integer({ minimum: 0, maximum: 20 })),
          remember_exchanges: t.Optional(t.Boolean()),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Config = Static<typeof Config>;

/**
 * @returns an empty object when there is no such file
 * @throws SettingsError naming the key, its expected form and the file
 */
export function readConfig(path: string): Config {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return {};
    throw new SettingsError(`${path} cannot be read. Check its permissions.`, { file: path }, { cause });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(
      `${path} is not valid JSON (${detail}). Correct it, or delete it to use the defaults.`,
      { file: path },
      { cause },
    );
  }
  if (Value.Check(Config, parsed)) return parsed;
  const problem = Value.Errors(Config, parsed).First();
  throw new SettingsError(`${path}: ${problem ? sentenceFor(problem) : "it has an unexpected form"}.`, {
    file: path,
  });
}

/** One sentence for a schema violation: the key as written in the file, and the form it should have. */
function sentenceFor(problem: ValueError): string {
  const key = problem.path.slice(1).replaceAll("/", ".") || "the file";
  if (problem.message === "Unexpected property")
    return `there is no setting "${key}"; remove it or correct its name`;
  return `"${key}" must be ${expectedForm(problem.schema)}`;
}

function expectedForm(schema: TSchema): string {
  if (schema.type === "integer") return `a whole number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === "string") {
    const limit = schema.maxLength === undefined ? "" : ` of at most ${schema.maxLength} characters`;
    return `a text${limit} that is not empty`;
  }
  if (schema.type === "boolean") return "true or false";
  if (Array.isArray(schema.anyOf))
    return schema.anyOf.map((each: { readonly const?: unknown }) => String(each.const)).join(", ");
  return "an object in braces";
}
