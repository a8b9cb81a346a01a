/**
 * What Ollama's addresses take. What is checked by hand says in `x-takes` what the document shows of it.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { maybe } from "../dialects/maybe.ts";

const longestText = 10_000_000;
const text = t.String({ minLength: 0, maxLength: longestText });
const schema = t.Record(t.String(), t.Unknown());

const modelName = t.String({
  minLength: 0,
  maxLength: 200,
  description: "A model's id or alias, with or without `:latest`.",
});
const images = maybe(
  t.Array(t.String({ maxLength: longestText, description: "Base64 of a PNG, JPEG, WebP or GIF." }), {
    minItems: 0,
    maxItems: 100,
  }),
);

export const Options = t.Object(
  {
    temperature: maybe(t.Number({ minimum: 0, maximum: 2, default: 0.8 })),
    top_k: maybe(t.Integer({ minimum: -1, maximum: 1_000_000, default: 40 })),
    top_p: maybe(t.Number({ minimum: 0, maximum: 1, default: 0.9 })),
    min_p: maybe(t.Number({ minimum: 0, maximum: 1 })),
    seed: maybe(t.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })),
    num_predict: maybe(
      t.Integer({
        minimum: -2,
        maximum: Number.MAX_SAFE_INTEGER,
        description: "The most tokens of the answer; below 0: as many as the model's context holds.",
      }),
    ),
    stop: maybe(
      t.Union([
        t.String({ maxLength: 200 }),
        t.Array(t.String({ minLength: 0, maxLength: 200 }), { minItems: 0, maxItems: 16 }),
      ]),
    ),
    repeat_penalty: maybe(t.Number({ minimum: 0.1, maximum: 10 })),
    presence_penalty: maybe(t.Number({ minimum: -2, maximum: 2 })),
    frequency_penalty: maybe(t.Number({ minimum: -2, maximum: 2 })),
    num_ctx: maybe(t.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  },
  { additionalProperties: t.Unknown() },
);
export type Options = Static<typeof Options>;

const keepAlive = maybe(
  t.Union([t.Number(), t.String({ maxLength: 40 })], {
    description: "0 in a request without a question unloads the model; otherwise KEEP_ALIVE decides.",
  }),
);

const common = {
  model: modelName,
  stream: maybe(t.Boolean({ default: true })),
  format: maybe(
    t.Union([t.String({ maxLength: 40, "x-takes": { type: "string", enum: ["", "json"] } }), schema], {
      description: "json, or a JSON schema.",
    }),
  ),
  options: maybe(Options),
  keep_alive: keepAlive,
  think: maybe(
    t.Union([t.Boolean(), t.String({ maxLength: 20 })], {
      description: "Whether a model that can think does: true, false, or how much (low, medium, high).",
    }),
  ),
  logprobs: maybe(t.Boolean()),
  top_logprobs: maybe(t.Integer({ minimum: 0, maximum: 20 })),
};

const SentCall = t.Object(
  {
    id: maybe(t.String({ maxLength: 200 })),
    function: t.Object(
      {
        name: t.String({ minLength: 1, maxLength: 128 }),
        arguments: maybe(t.Union([schema, text])),
      },
      { additionalProperties: t.Unknown() },
    ),
  },
  { additionalProperties: t.Unknown() },
);

const Message = t.Object(
  {
    role: t.String({
      minLength: 1,
      maxLength: 20,
      "x-takes": { type: "string", enum: ["system", "user", "assistant", "tool"] },
    }),
    content: maybe(text),
    thinking: maybe(text),
    images,
    tool_calls: maybe(t.Array(SentCall, { minItems: 0, maxItems: 128 })),
    tool_name: maybe(t.String({ maxLength: 200 })),
    tool_call_id: maybe(t.String({ maxLength: 200 })),
  },
  { additionalProperties: t.Unknown() },
);
export type Message = Static<typeof Message>;

const Tool = t.Object(
  {
    type: maybe(t.String({ maxLength: 40, description: "function; others are passed over." })),
    function: maybe(
      t.Object(
        {
          name: t.String({ minLength: 1, maxLength: 128 }),
          description: maybe(t.String({ maxLength: 100_000 })),
          parameters: maybe(schema),
        },
        { additionalProperties: t.Unknown() },
      ),
    ),
  },
  { additionalProperties: t.Unknown() },
);
export type Tool = Static<typeof Tool>;

export const ChatRequest = t.Object(
  {
    ...common,
    messages: maybe(t.Array(Message, { minItems: 0, maxItems: 5000 })),
    tools: maybe(t.Array(Tool, { minItems: 0, maxItems: 256 })),
  },
  {
    title: "OllamaChatRequest",
    // Kept, so that the reply can name them.
    additionalProperties: t.Unknown(),
    examples: [{ model: "auto", messages: [{ role: "user", content: "What is a bond?" }] }],
  },
);
export type ChatRequest = Static<typeof ChatRequest>;

export const GenerateRequest = t.Object(
  {
    ...common,
    prompt: maybe(text),
    suffix: maybe(t.String({ maxLength: longestText, "x-takes": { type: "string", const: "" } })),
    system: maybe(text),
    images,
    raw: maybe(t.Boolean({ description: "The prompt is continued as it is, without the template." })),
    context: maybe(
      t.Array(t.Integer(), {
        minItems: 0,
        maxItems: 1_000_000,
        description: "That of an earlier reply: what was said then stands before the prompt.",
        "x-takes": { type: "array", items: { type: "integer" } },
      }),
    ),
  },
  {
    title: "OllamaGenerateRequest",
    additionalProperties: t.Unknown(),
    examples: [{ model: "auto", prompt: "What is a bond?" }],
  },
);
export type GenerateRequest = Static<typeof GenerateRequest>;

export const EmbedRequest = t.Object(
  {
    model: modelName,
    input: t.Union([text, t.Array(text, { minItems: 0, maxItems: 2048 })]),
    truncate: maybe(t.Boolean({ default: true })),
    dimensions: maybe(t.Integer({ minimum: 0, maximum: 100_000 })),
    options: maybe(schema),
    keep_alive: keepAlive,
  },
  { title: "OllamaEmbedRequest", examples: [{ model: "all-minilm", input: ["What is a bond?"] }] },
);

export const EmbeddingRequest = t.Object(
  { model: modelName, prompt: text, options: maybe(schema), keep_alive: keepAlive },
  { title: "OllamaEmbeddingRequest", examples: [{ model: "all-minilm", prompt: "What is a bond?" }] },
);

/** `name` is how it was called once. */
export const NamedModel = t.Object(
  {
    model: maybe(t.String({ maxLength: 300 })),
    name: maybe(t.String({ maxLength: 300, "x-hidden": true })),
    stream: maybe(t.Boolean({ default: true })),
  },
  { title: "OllamaModelName", additionalProperties: t.Unknown(), examples: [{ model: "tiny-Q4_K_M" }] },
);
export type NamedModel = Static<typeof NamedModel>;
