/**
 * What /v1/messages takes: names and sizes. What is checked by hand, so that a refusal can name the place, says in `x-takes`
 * what the document shows of it.
 * @see https://docs.anthropic.com/en/api/messages
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { maybe } from "../dialects/maybe.ts";

const longestText = 10_000_000;
const text = t.String({ minLength: 0, maxLength: longestText });
const word = t.String({ minLength: 1, maxLength: 100 });
const schema = t.Record(t.String(), t.Unknown());
/** Taken, but the document shows the usual field. */
const hidden = { "x-hidden": true };

/** Of a picture or a document. */
const Source = t.Object({
  type: t.String({ minLength: 1, maxLength: 40, "x-takes": { type: "string", enum: ["base64", "text"] } }),
  media_type: maybe(t.String({ maxLength: 100 })),
  data: maybe(text),
});

/** One piece of a message. Pieces of a result are text or pictures; how deep they may lie is checked by hand. */
const inner = {
  type: t.String({ minLength: 1, maxLength: 60, "x-takes": { type: "string", enum: ["text", "image"] } }),
  text: maybe(text),
  source: maybe(t.Union([Source, text], { "x-takes": Source })),
  title: maybe(text),
  content: maybe(t.Unknown(hidden)),
};
const InnerBlock = t.Object(inner, { additionalProperties: t.Unknown() });
export type InnerBlock = Static<typeof InnerBlock>;

const Block = t.Object(
  {
    ...inner,
    type: t.String({
      minLength: 1,
      maxLength: 60,
      "x-takes": {
        type: "string",
        enum: ["text", "image", "document", "search_result", "tool_use", "tool_result", "thinking"],
      },
    }),
    id: maybe(t.String({ minLength: 0, maxLength: 200 })),
    name: maybe(t.String({ minLength: 0, maxLength: 200 })),
    input: maybe(t.Unknown({ "x-takes": { type: "object" } })),
    tool_use_id: maybe(t.String({ minLength: 0, maxLength: 200 })),
    is_error: maybe(t.Boolean()),
    content: maybe(t.Union([text, t.Array(InnerBlock, { minItems: 0, maxItems: 1000 })])),
  },
  { additionalProperties: t.Unknown() },
);
export type Block = Static<typeof Block>;

/**
 * The OpenAPI schema of content blocks: each type with its own fields; other types are validated by hand. It states no limits: a
 * fuzzer that combines nested limits generates gigabytes.
 */
const shownText = { type: "string" };
const shownBlock = (type: string, fields: Readonly<Record<string, object>>) => ({
  type: "object",
  properties: { type: { type: "string", const: type }, ...fields },
  required: ["type", ...Object.keys(fields)],
  additionalProperties: false,
});
const shownTexts = {
  anyOf: [shownText, { type: "array", items: shownBlock("text", { text: shownText }) }],
};
const shownName = { type: "string", minLength: 1, maxLength: 200 };
const shownContent = {
  anyOf: [
    shownText,
    {
      type: "array",
      items: {
        anyOf: [
          shownBlock("text", { text: shownText }),
          shownBlock("image", {
            source: {
              type: "object",
              properties: {
                type: { type: "string", const: "base64" },
                media_type: { type: "string", enum: ["image/png", "image/jpeg", "image/webp", "image/gif"] },
                data: shownText,
              },
              required: ["type", "media_type", "data"],
              additionalProperties: false,
            },
          }),
          shownBlock("tool_use", { id: shownName, name: shownName, input: { type: "object" } }),
          shownBlock("tool_result", { tool_use_id: shownName, content: shownTexts }),
          shownBlock("thinking", { thinking: shownText, signature: shownText }),
        ],
      },
    },
  ],
};

const SystemBlock = t.Object({ type: word, text: maybe(text) }, { additionalProperties: t.Unknown() });

const Message = t.Object({
  role: t.String({
    minLength: 1,
    maxLength: 20,
    "x-takes": { type: "string", enum: ["user", "assistant"] },
  }),
  content: t.Union([text, t.Array(Block, { minItems: 0, maxItems: 10_000 })], { "x-takes": shownContent }),
});
export type Message = Static<typeof Message>;

const Tool = t.Object(
  {
    type: maybe(
      t.String({ maxLength: 60, description: "custom; others run at Anthropic's, and are passed over." }),
    ),
    name: t.String({ minLength: 1, maxLength: 128, pattern: "^[a-zA-Z0-9_.-]+$" }),
    description: maybe(t.String({ maxLength: 100_000 })),
    input_schema: maybe(schema),
    strict: maybe(t.Boolean()),
  },
  { additionalProperties: t.Unknown() },
);
export type Tool = Static<typeof Tool>;

/** What a prompt is made of: /v1/messages/count_tokens takes this alone. */
const promptFields = {
  model: t.String({
    minLength: 0,
    maxLength: 200,
    description: "A model's id or alias, or auto; a name of Anthropic's means the model that runs.",
  }),
  messages: t.Array(Message, {
    ...{ minItems: 1, maxItems: 5000 },
    "x-takes": t.Array(Message, { minItems: 1 }),
  }),
  system: maybe(
    t.Union([text, t.Array(SystemBlock, { minItems: 0, maxItems: 1000 })], { "x-takes": shownTexts }),
  ),
  tools: maybe(t.Array(Tool, { minItems: 0, maxItems: 256 })),
  tool_choice: maybe(
    t.Object({
      type: t.String({
        minLength: 1,
        maxLength: 40,
        "x-takes": { type: "string", enum: ["auto", "any", "tool", "none"] },
      }),
      name: maybe(t.String({ maxLength: 128 })),
      disable_parallel_tool_use: maybe(t.Boolean()),
    }),
  ),
  thinking: maybe(
    t.Object(
      {
        type: t.String({
          minLength: 1,
          maxLength: 40,
          "x-takes": { type: "string", enum: ["enabled", "disabled", "adaptive"] },
        }),
        budget_tokens: maybe(t.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
      },
      { additionalProperties: t.Unknown() },
    ),
  ),
};

const OutputFormat = t.Object({
  type: t.String({ maxLength: 40, "x-takes": { type: "string", const: "json_schema" } }),
  schema,
});

export const MessageRequest = t.Object(
  {
    ...promptFields,
    max_tokens: t.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "The most tokens of the answer.",
    }),
    temperature: maybe(t.Number({ minimum: 0, maximum: 2, default: 1 })),
    top_p: maybe(t.Number({ minimum: 0, maximum: 1 })),
    top_k: maybe(t.Integer({ minimum: 0, maximum: 1_000_000 })),
    stop_sequences: maybe(t.Array(t.String({ minLength: 0, maxLength: 200 }), { minItems: 0, maxItems: 16 })),
    stream: maybe(t.Boolean({ default: false })),
    output_config: maybe(
      t.Object(
        { format: maybe(OutputFormat), effort: maybe(t.String({ maxLength: 20 })) },
        { additionalProperties: t.Unknown() },
      ),
    ),
    output_format: maybe(t.Union([OutputFormat], hidden)),
  },
  {
    title: "AnthropicMessageRequest",
    // Kept, so that the reply can name them.
    additionalProperties: t.Unknown(),
    description: "A whole conversation, of which the next message is wanted.",
    examples: [{ model: "auto", max_tokens: 256, messages: [{ role: "user", content: "What is a bond?" }] }],
  },
);
export type MessageRequest = Static<typeof MessageRequest>;

export const CountRequest = t.Object(promptFields, {
  title: "AnthropicCountRequest",
  additionalProperties: t.Unknown(),
  examples: [{ model: "auto", messages: [{ role: "user", content: "What is a bond?" }] }],
});
export type CountRequest = Static<typeof CountRequest>;
