/** config.json: its schema, and a sentence for each way in which it can be wrong. */
import { readFileSync } from "node:fs";
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";
import { Value, type ValueError } from "@sinclair/typebox/value";
import { SettingsError } from "../errors.ts";
import { expectedForm } from "./expected-form.ts";
import { type PersonalKey, personalKeys, personalSetting } from "./personal.ts";

/** The keys of the table of personal settings: those at the top, and those inside each object. */
const personalFields = (group?: string): Record<string, TSchema> =>
  Object.fromEntries(
    personalKeys.flatMap((key) => {
      const { inConfig, schema } = personalSetting(key);
      const [first = "", second] = inConfig;
      if (group === undefined) return second === undefined ? [[first, t.Optional(schema)]] : [];
      return first === group && second !== undefined ? [[second, t.Optional(schema)]] : [];
    }),
  );

const closed = { additionalProperties: false };
const groups = new Set(
  personalKeys.map(personalSetting).flatMap(({ inConfig: [first = "", second] }) => (second ? [first] : [])),
);

/** What is not personal. */
const Common = t.Object({
  default_model: t.Optional(t.String({ minLength: 1, maxLength: 500 })),
  api_settings: t.Optional(
    t.Object(
      {
        host: t.Optional(t.String({ minLength: 1 })),
        port: t.Optional(t.Integer({ minimum: 0, maximum: 65_535 })),
      },
      closed,
    ),
  ),
  fixed_settings: t.Optional(
    t.Array(t.Union(personalKeys.map((key) => t.Literal(key))), { uniqueItems: true }),
  ),
});
export type Config = Static<typeof Common>;

const Config = t.Object(
  {
    ...Common.properties,
    ...personalFields(),
    ...Object.fromEntries(
      [...groups].map((group) => [group, t.Optional(t.Object(personalFields(group), closed))]),
    ),
  },
  closed,
);

/** @returns what the file says of a personal setting, in its form; undefined: nothing */
export function personalIn(config: Config, key: PersonalKey): unknown {
  let found: unknown = config;
  for (const name of personalSetting(key).inConfig)
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  return found;
}

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
  if (Value.Check(Config, parsed)) {
    const misused = personalKeys.find((key) => problemOf(key, personalIn(parsed, key)) !== null);
    if (misused === undefined) return parsed;
    throw new SettingsError(
      `${path}: "${personalSetting(misused).inConfig.join(".")}" ${problemOf(misused, personalIn(parsed, misused))}`,
      { file: path },
    );
  }
  const problem = Value.Errors(Config, parsed).First();
  throw new SettingsError(`${path}: ${problem ? sentenceFor(problem) : "it has an unexpected form"}.`, {
    file: path,
  });
}

const problemOf = (key: PersonalKey, value: unknown): string | null =>
  value === undefined ? null : (personalSetting(key).problem?.(value) ?? null);

/** One sentence for a schema violation: the key as written in the file, and the form it should have. */
function sentenceFor(problem: ValueError): string {
  const key = problem.path.slice(1).replaceAll("/", ".") || "the file";
  if (problem.message === "Unexpected property")
    return `there is no setting "${key}"; remove it or correct its name`;
  return `"${key}" must be ${expectedForm(problem.schema)}`;
}
