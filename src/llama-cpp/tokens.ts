/** `POST /tokenize`, `/detokenize` and `/apply-template`, as llama.cpp's server. */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { maybe } from "../dialects/maybe.ts";
import { mostTokens } from "../dialects/prompt-size.ts";
import type { EngineLookup } from "../dialects/token-counts.ts";
import { vocabularyOf } from "../dialects/vocabularies.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import { messagesIn, TemplateRequest, toolsIn } from "./template-request.ts";

const text = t.String({ minLength: 0, maxLength: 1_000_000 });

const TokenizeRequest = t.Object(
  {
    content: text,
    add_special: maybe(t.Boolean({ default: false })),
    parse_special: maybe(t.Boolean({ default: true })),
    with_pieces: maybe(t.Boolean({ default: false })),
  },
  { title: "TokenizeRequest", additionalProperties: t.Unknown(), examples: [{ content: "A bond" }] },
);
const Tokens = t.Object(
  {
    tokens: t.Array(t.Union([t.Integer(), t.Object({ id: t.Integer(), piece: t.String() })])),
  },
  { title: "Tokens", examples: [{ tokens: [32, 14_849] }] },
);
const DetokenizeRequest = t.Object(
  { tokens: t.Array(t.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }), { minItems: 0, maxItems: mostTokens }) },
  { title: "DetokenizeRequest", additionalProperties: t.Unknown(), examples: [{ tokens: [32] }] },
);
const Content = t.Object(
  { content: t.String() },
  { title: "Detokenized", examples: [{ content: "A bond" }] },
);

const Prompt = t.Object(
  { prompt: t.String() },
  { title: "TemplatedPrompt", examples: [{ prompt: "<|im_start|>user\nWhat is a bond?<|im_end|>\n" }] },
);
const errors = { 400: "The engine does not tell its model's tokens.", 503: "No model is ready." };

export const createLlamaCppTokens = (engines: EngineLookup) =>
  new Elysia({ name: "llama-cpp-tokens", tags: ["llama.cpp"] })
    .post(
      "/tokenize",
      async ({ body, request: { signal } }) => {
        const vocabulary = vocabularyOf(engines, null);
        const options = { addsSpecial: body.add_special === true, readsMarks: body.parse_special !== false };
        const tokens = await vocabulary.tokenize(body.content, options, signal);
        if (body.with_pieces !== true) return { tokens };
        const pieces = [];
        for (const id of tokens) pieces.push({ id, piece: await vocabulary.detokenize([id], signal) });
        return { tokens: pieces };
      },
      {
        body: TokenizeRequest,
        detail: openApiDetail({
          summary: "A text as the tokens of the model that answers",
          description: "A piece that ends inside a character is shown by a sign for it.",
          replies: { 200: jsonReply("The ids of its tokens.", Tokens) },
          errors,
        }),
      },
    )
    .post(
      "/detokenize",
      async ({ body: { tokens }, request: { signal } }) => ({
        content: await vocabularyOf(engines, null).detokenize(tokens, signal),
      }),
      {
        body: DetokenizeRequest,
        detail: openApiDetail({
          summary: "Tokens of the model that answers as a text",
          replies: { 200: jsonReply("The text.", Content) },
          errors,
        }),
      },
    )
    .post(
      "/apply-template",
      async ({ body, request: { signal } }) => {
        const fields = body.chat_template_kwargs ?? {};
        const vocabulary = vocabularyOf(engines, null);
        return { prompt: await vocabulary.promptText(messagesIn(body), toolsIn(body), fields, signal) };
      },
      {
        body: TemplateRequest,
        detail: openApiDetail({
          summary: "What the model reads of a conversation, by its own template",
          replies: { 200: jsonReply("The prompt.", Prompt) },
          errors,
        }),
      },
    );
