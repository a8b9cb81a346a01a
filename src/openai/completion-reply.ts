/** What /v1/chat/completions and /v1/completions answer with. @see https://platform.openai.com/docs/api-reference/chat/object */
import { type TSchema, Type as t } from "@sinclair/typebox";
import { FinishReason, Usage } from "../http/openapi/answer-schemas.ts";
import { OpenAiErrorReply } from "../http/openapi/error-reply.ts";
import { events, nullable, type Reply } from "../http/openapi/openapi-detail.ts";

const CompletionUsage = t.Object(
  {
    ...Usage.properties,
    completion_tokens_details: t.Object({ reasoning_tokens: t.Integer() }),
  },
  { title: "CompletionUsage" },
);
const exampleUsage = {
  prompt_tokens: 31,
  completion_tokens: 12,
  total_tokens: 43,
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 },
};

const entry = { token: t.String(), logprob: t.Number(), bytes: t.Array(t.Integer()) };
export const TokenLogprob = t.Object(
  { ...entry, top_logprobs: t.Array(t.Object(entry)) },
  { title: "TokenLogprob" },
);
const fingerprint = nullable(t.String({ description: "Changes with the model's file and the engine." }));
const ChoiceLogprobs = nullable(
  t.Object(
    { content: t.Array(TokenLogprob), refusal: t.Null() },
    { description: "When they were asked for." },
  ),
);

const head = (object: string) => ({
  id: t.String(),
  object: t.Literal(object),
  created: t.Integer({ description: "Seconds since 1970." }),
  model: t.String({ description: "The model that really wrote it." }),
});
const CalledTool = {
  id: t.String(),
  type: t.Literal("function"),
  function: t.Object({
    name: t.String(),
    arguments: t.String({ description: "JSON, as the model wrote it." }),
  }),
};

const CalledCustomTool = {
  id: t.String(),
  type: t.Literal("custom"),
  custom: t.Object({
    name: t.String(),
    input: t.String({ description: "The text, as the model wrote it." }),
  }),
};

/** The first piece of a call names it, with arguments ''; those that follow have its index and a part of the arguments. */
const CalledToolPiece = t.Object({
  index: t.Integer({ description: "Which of the calls it is: the arguments of one index add up." }),
  id: t.Optional(t.String()),
  type: t.Optional(t.Literal("function")),
  function: t.Object({ name: t.Optional(t.String()), arguments: t.String() }),
});

const CalledCustomToolPiece = t.Object({
  index: t.Integer(),
  id: t.Optional(t.String()),
  type: t.Optional(t.Literal("custom")),
  custom: t.Object({ name: t.Optional(t.String()), input: t.String() }),
});

const OldCall = t.Object(
  { name: t.String(), arguments: t.String() },
  { description: "In place of tool_calls, where functions were sent in place of tools." },
);
const ChatFinishReason = t.Union([FinishReason, t.Literal("function_call")]);

export const ChatCompletion = t.Object(
  {
    ...head("chat.completion"),
    choices: t.Array(
      t.Object({
        index: t.Integer(),
        message: t.Object({
          role: t.Literal("assistant"),
          content: nullable(t.String()),
          refusal: t.Null(),
          reasoning_content: t.Optional(t.String()),
          tool_calls: t.Optional(t.Array(t.Union([t.Object(CalledTool), t.Object(CalledCustomTool)]))),
          function_call: t.Optional(OldCall),
        }),
        logprobs: ChoiceLogprobs,
        finish_reason: ChatFinishReason,
      }),
      { minItems: 1, maxItems: 128 },
    ),
    usage: CompletionUsage,
    system_fingerprint: fingerprint,
  },
  {
    title: "ChatCompletion",
    examples: [
      {
        id: "chatcmpl-019abc00-7a1b-7c2d-8e3f-0123456789ab",
        object: "chat.completion",
        created: 1_772_357_400,
        model: "qwen2.5-1.5b-instruct",
        choices: [
          {
            index: 0,
            message: { role: "assistant", content: "A bond is a loan.", refusal: null },
            logprobs: null,
            finish_reason: "stop",
          },
        ],
        usage: exampleUsage,
        system_fingerprint: "fp_llama_b179c9523d",
      },
    ],
  },
);

const PromptProgress = t.Object(
  { total: t.Integer(), cache: t.Integer(), processed: t.Integer(), time_ms: t.Integer() },
  { description: "With return_progress, while the prompt is read, as llama.cpp tells it." },
);
const streamEnd = {
  timings: t.Optional(
    nullable(
      t.Record(t.String(), t.Number(), { description: "With timings_per_token, as llama.cpp tells them." }),
    ),
  ),
  usage: t.Optional(nullable(CompletionUsage)),
};
/** The last chunk with the usage has no choice, all others have one. */
const mostChoices = { maxItems: 1 };
const ChatCompletionChunk = t.Object(
  {
    ...head("chat.completion.chunk"),
    choices: t.Array(
      t.Object({
        index: t.Integer(),
        delta: t.Object({
          role: t.Optional(t.Literal("assistant")),
          content: t.Optional(nullable(t.String())),
          refusal: t.Optional(t.Null()),
          reasoning_content: t.Optional(t.String()),
          tool_calls: t.Optional(t.Array(t.Union([CalledToolPiece, CalledCustomToolPiece]))),
          function_call: t.Optional(t.Partial(OldCall)),
        }),
        logprobs: ChoiceLogprobs,
        finish_reason: nullable(ChatFinishReason),
      }),
      mostChoices,
    ),
    prompt_progress: t.Optional(PromptProgress),
    ...streamEnd,
  },
  { title: "ChatCompletionChunk" },
);

const Columns = nullable(
  t.Object({
    tokens: t.Array(t.String()),
    token_logprobs: t.Array(nullable(t.Number())),
    top_logprobs: t.Array(nullable(t.Record(t.String(), t.Number()))),
    text_offset: t.Array(t.Integer()),
  }),
);
const TextCompletion = t.Object(
  {
    ...head("text_completion"),
    choices: t.Array(
      t.Object({ text: t.String(), index: t.Integer(), logprobs: Columns, finish_reason: FinishReason }),
      { minItems: 1, maxItems: 128 },
    ),
    usage: CompletionUsage,
    system_fingerprint: fingerprint,
  },
  {
    title: "TextCompletion",
    examples: [
      {
        id: "cmpl-019abc00-7a1b-7c2d-8e3f-0123456789ab",
        object: "text_completion",
        created: 1_772_357_400,
        model: "qwen2.5-1.5b-instruct",
        choices: [
          { text: " a loan to a state or a company.", index: 0, logprobs: null, finish_reason: "stop" },
        ],
        usage: exampleUsage,
        system_fingerprint: "fp_llama_b179c9523d",
      },
    ],
  },
);
const TextCompletionChunk = t.Object(
  {
    ...head("text_completion"),
    choices: t.Array(
      t.Object({
        text: t.String(),
        index: t.Integer(),
        logprobs: Columns,
        finish_reason: nullable(FinishReason),
      }),
      mostChoices,
    ),
    ...streamEnd,
  },
  { title: "TextCompletionChunk" },
);

const answerHeaders = ["X-Generation-Id", "X-Conversation-Id"] as const;

const replyOf = (whole: TSchema, chunk: TSchema, example: string): Readonly<Record<number, Reply>> => ({
  200: {
    description: "The whole of it; with `stream: true` its chunks, then `[DONE]`.",
    content: {
      "application/json": { schema: whole },
      "text/event-stream": events(t.Union([chunk, OpenAiErrorReply]), example),
    },
    headers: answerHeaders,
  },
});

const frame = (id: string, object: string, choice: string) =>
  `id: 1\ndata: {"id":"${id}","object":"${object}","created":1772357400,"model":"qwen2.5-1.5b-instruct","choices":[{"index":0,"logprobs":null,"finish_reason":null,${choice}}]}\n\ndata: [DONE]\n\n`;

export const chatCompletionReplies = replyOf(
  ChatCompletion,
  ChatCompletionChunk,
  frame("chatcmpl-019abc00", "chat.completion.chunk", '"delta":{"content":"A bond"}'),
);
export const completionReplies = replyOf(
  TextCompletion,
  TextCompletionChunk,
  frame("cmpl-019abc00", "text_completion", '"text":" a loan"'),
);
