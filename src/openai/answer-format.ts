/**
 * The format that constrains an answer, in the fields of OpenAI's, llama.cpp's and vLLM's interfaces.
 * @see https://docs.vllm.ai/en/stable/features/structured_outputs.html
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { AnswerFormat } from "../chat/engine.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { maybe } from "../dialects/maybe.ts";
import { schemaForm } from "../dialects/schema-form.ts";
import { BadFieldError } from "../http/openai-error.ts";

const schema = t.Record(t.String(), t.Unknown());
type Schema = Static<typeof schema>;

/** Of llama.cpp and vLLM: taken, but the document shows the usual field. */
const hidden = { "x-hidden": true };
const longestText = 100_000;
const mostChoices = 1_000;

const text = t.String({ maxLength: longestText });
const choices = t.Array(t.String({ minLength: 1, maxLength: 10_000 }), {
  minItems: 1,
  maxItems: mostChoices,
  ...hidden,
});
/** vLLM takes a schema as JSON in a text, too. */
const sentSchema = t.Union([schema, text]);

const ResponseFormat = t.Object({
  type: t.String({
    minLength: 1,
    maxLength: 40,
    "x-takes": { type: "string", enum: ["text", "json_object", "json_schema"] },
  }),
  json_schema: maybe(
    t.Object({
      name: maybe(t.String({ maxLength: 64 })),
      schema: maybe(schema),
      strict: maybe(t.Boolean()),
    }),
  ),
  // As programs of llama.cpp and Together send it.
  schema: maybe(schema),
});

export const answerFormatFields = {
  response_format: maybe(ResponseFormat),
  json_schema: maybe(t.Record(t.String(), t.Unknown(), hidden)),
  grammar: maybe(t.String({ maxLength: longestText, ...hidden })),
  guided_json: maybe(t.Union([schema, text], hidden)),
  guided_regex: maybe(t.String({ maxLength: longestText, ...hidden })),
  guided_choice: maybe(choices),
  guided_grammar: maybe(t.String({ maxLength: longestText, ...hidden })),
  structured_outputs: maybe(
    t.Object(
      {
        json: maybe(sentSchema),
        json_object: maybe(t.Boolean()),
        regex: maybe(text),
        choice: maybe(choices),
        grammar: maybe(text),
      },
      { additionalProperties: t.Unknown(), ...hidden },
    ),
  ),
};

const AnswerFormatFields = t.Object(answerFormatFields);
type AnswerFormatFields = Static<typeof AnswerFormatFields>;

/**
 * @param ignored gets what of it has no effect
 * @returns null: the answer is a text of any form
 * @throws BadFieldError also where fields name two forms
 */
export function answerFormatOf(fields: AnswerFormatFields, ignored: IgnoredFields): AnswerFormat | null {
  const [other, second] = formsBeside(fields, ignored);
  if (second !== undefined)
    throw new BadFieldError(second.field, `cannot be used with ${other?.field}: an answer has one form.`);
  const { response_format: format } = fields;
  const type = format?.type ?? "text";
  if (type === "text") return other?.form ?? null;
  if (other !== undefined && other.form.type !== "json" && other.form.type !== "json-schema")
    throw new BadFieldError(other.field, "cannot be used with response_format: an answer has one form.");
  if (type === "json_object")
    return format?.schema == null
      ? (other?.form ?? { type: "json" })
      : schemaForm(format.schema, "response_format.schema");
  if (type !== "json_schema")
    throw new BadFieldError("response_format.type", 'must be "text", "json_object" or "json_schema".');
  const { name, schema: nested, strict } = format?.json_schema ?? {};
  const wanted = nested ?? format?.schema;
  if (wanted == null) throw new BadFieldError("response_format.json_schema.schema", "is missing.");
  return {
    ...schemaForm(wanted, "response_format.json_schema.schema", name ?? "answer"),
    ...(strict == null ? {} : { strict }),
  };
}

interface NamedForm {
  readonly field: string;
  readonly form: AnswerFormat;
}

function formsBeside(fields: AnswerFormatFields, ignored: IgnoredFields): readonly NamedForm[] {
  const { structured_outputs: outputs } = fields;
  for (const [name, value] of Object.entries(outputs ?? {}))
    if (value != null && !known.has(name)) ignored.note(`structured_outputs.${name}`);
  const within = "structured_outputs";
  return [
    ...named("json_schema", fields.json_schema, (sent) => schemaForm(sent, "json_schema")),
    ...named("guided_json", fields.guided_json, (sent) =>
      schemaForm(schemaIn(sent, "guided_json"), "guided_json"),
    ),
    ...named(`${within}.json`, outputs?.json, (sent) =>
      schemaForm(schemaIn(sent, `${within}.json`), `${within}.json`),
    ),
    ...named(`${within}.json_object`, outputs?.json_object || null, () => ({ type: "json" })),
    ...named("grammar", fields.grammar || null, grammarForm),
    ...named("guided_grammar", fields.guided_grammar, grammarForm),
    ...named(`${within}.grammar`, outputs?.grammar, grammarForm),
    ...named("guided_regex", fields.guided_regex, regexForm),
    ...named(`${within}.regex`, outputs?.regex, regexForm),
    ...named("guided_choice", fields.guided_choice, choiceForm),
    ...named(`${within}.choice`, outputs?.choice, choiceForm),
  ];
}

const known = new Set(["json", "json_object", "regex", "choice", "grammar"]);

const named = <Sent>(
  field: string,
  sent: Sent | null | undefined,
  formOf: (sent: Sent) => AnswerFormat,
): readonly NamedForm[] => (sent == null ? [] : [{ field, form: formOf(sent) }]);

const grammarForm = (grammar: string) => ({ type: "grammar", grammar }) as const;
const regexForm = (pattern: string) => ({ type: "regex", pattern }) as const;
const choiceForm = (sent: readonly string[]) => ({ type: "choice", choices: sent }) as const;

/** @throws BadFieldError */
function schemaIn(sent: Schema | string, field: string): Schema {
  if (typeof sent !== "string") return sent;
  try {
    const parsed: unknown = JSON.parse(sent);
    if (Value.Check(schema, parsed)) return parsed;
  } catch {
    // It is refused below.
  }
  throw new BadFieldError(field, "must be a JSON schema.");
}
