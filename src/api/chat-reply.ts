/** What the chat routes answer with: a whole answer, the chunks of a stream, the lines of a batch. */
import { Type as t } from "@sinclair/typebox";
import { FinishReason, Usage } from "../http/openapi/answer-schemas.ts";
import { ErrorReply } from "../http/openapi/error-reply.ts";
import {
  type Description,
  events,
  jsonReply,
  type Links,
  nullable,
  type Reply,
  time,
} from "../http/openapi/openapi-detail.ts";
import { exampleFact, FactReply } from "./fact-json.ts";
import { FigureReply } from "./figure-json.ts";

export const exampleGenerationId = "019abc00-7a1b-7c2d-8e3f-0123456789ab";
export const exampleConversationId = "019abc00-7a1b-7c2d-8e3f-00000000c0de";
export const exampleMessageId = "019abc00-7a1b-7c2d-8e3f-0000000000a1";

const usageExample = {
  prompt_tokens: 57,
  completion_tokens: 38,
  total_tokens: 95,
  prompt_tokens_details: { cached_tokens: 41 },
};

export const ChatReply = t.Object(
  {
    response: t.String({ description: "The answer." }),
    model: t.String({ description: "The model that really wrote it." }),
    timestamp: time(),
    memory_used: t.Integer({ description: "How many memories went into the prompt." }),
    conversation_id: t.String({ description: "Send it with the next question to go on." }),
    generation_id: t.String({ description: "Names the answer: its events, its receipt." }),
    finish_reason: FinishReason,
    usage: Usage,
    facts: t.Array(FactReply, { description: "The figures that the program computed for it." }),
    figures: t.Array(FigureReply, {
      description:
        "Every figure of `response`, and how it is known. A figure that nothing proves is unsupported.",
    }),
  },
  {
    title: "ChatReply",
    examples: [
      {
        response: "A bond is a loan that you give to a state or a company.",
        model: "qwen2.5-1.5b-instruct",
        timestamp: "2026-03-01T09:30:00.000Z",
        memory_used: 0,
        conversation_id: exampleConversationId,
        generation_id: exampleGenerationId,
        finish_reason: "stop",
        usage: usageExample,
        facts: [],
        figures: [],
      },
    ],
  },
);

const ChatChunk = t.Object(
  {
    id: t.String({ description: "Names the answer." }),
    object: t.Literal("chat.completion.chunk"),
    created: t.Integer({ description: "Seconds since 1970." }),
    model: t.String(),
    conversation_id: t.Optional(t.String({ description: "In the first chunk." })),
    choices: t.Array(
      t.Object({
        index: t.Literal(0),
        delta: t.Object({
          role: t.Optional(t.Literal("assistant")),
          content: t.Optional(t.String()),
          reasoning_content: t.Optional(t.String({ description: "What the model thinks, not its answer." })),
        }),
        finish_reason: nullable(FinishReason),
      }),
      { minItems: 1, maxItems: 1 },
    ),
    usage: t.Optional(Usage),
    facts: t.Optional(
      t.Array(FactReply, {
        description: "In a chunk of their own, before the text that shows them.",
        examples: [[exampleFact]],
      }),
    ),
    figures: t.Optional(
      t.Array(FigureReply, {
        description: "In the last chunk: the figures of the whole text, by their class.",
      }),
    ),
    error: t.Optional(
      t.Object(
        { message: t.String(), type: t.Literal("server_error"), code: t.String() },
        {
          description: "In the last chunk of an answer that failed.",
        },
      ),
    ),
  },
  { title: "ChatChunk" },
);

const chunk = (choice: string, rest = "") =>
  `{"id":"${exampleGenerationId}","object":"chat.completion.chunk","created":1772357400,"model":"qwen2.5-1.5b-instruct","choices":[{"index":0,${choice}}]${rest}}`;

/** A stream of chunks, `[DONE]` last; ids of events are cursors. */
const chunkEvents = events(
  ChatChunk,
  [
    `id: 0\ndata: ${chunk('"delta":{"role":"assistant","content":""},"finish_reason":null')}\n`,
    `id: 1\ndata: ${chunk('"delta":{"content":"A bond"},"finish_reason":null')}\n`,
    `id: 2\ndata: ${chunk('"delta":{},"finish_reason":"stop"', `,"usage":${JSON.stringify(usageExample)}`)}\n`,
    "data: [DONE]\n\n",
  ].join("\n"),
);

/** The links of one answer. @param id where the reply has it: "$response.body#/generation_id" */
const generationLinks = (id: string): Links => ({
  getApiGenerationsById: { parameters: { id } },
  getGenerationsByIdEvents: { parameters: { id } },
  postGenerationsByIdStop: { parameters: { id } },
  postGenerationsByIdContinue: { parameters: { id } },
  postApiGenerationsByIdReplay: { parameters: { id } },
});
/** What one conversation leads to. */
export const conversationLinks = (id: string): Links => ({
  getApiConversationsById: { parameters: { id } },
  patchApiConversationsById: { parameters: { id } },
  deleteApiConversationsById: { parameters: { id } },
  postApiConversationsByIdRestore: { parameters: { id } },
  getApiConversationsByIdExport: { parameters: { id } },
  postApiConversationsByIdMessages: { parameters: { id } },
});
const answerLinks: Links = {
  ...generationLinks("$response.header.X-Generation-Id"),
  ...conversationLinks("$response.header.X-Conversation-Id"),
};

const answerHeaders = ["X-Generation-Id", "X-Conversation-Id"] as const;

export const streamedReply: Reply = {
  description:
    "OpenAI's `chat.completion.chunk`s: the role first, then the text, last the reason of the end, the usage and the figures; " +
    "then `[DONE]`. Facts come in a chunk before the text that shows them. " +
    "The `id` of an event is its cursor. A failure after the first byte is a chunk with `error`.",
  content: { "text/event-stream": chunkEvents },
  headers: answerHeaders,
  links: answerLinks,
};

/** The whole answer, or with `stream: true` its chunks. */
export const answerReplies: Description["replies"] = {
  200: {
    ...jsonReply("The whole answer; with `stream: true` the chunks of /chat/stream.", ChatReply),
    content: { "application/json": { schema: ChatReply }, "text/event-stream": chunkEvents },
    headers: answerHeaders,
    links: answerLinks,
  },
};

/** How asking may fail; an answer that fails before its first word has the status of its failure. */
export const askErrors: Readonly<Record<number, string>> = {
  400: "The engine cannot do what was asked for.",
  404: "There is no such conversation, message, model or preset.",
  409: "Still answering in this conversation, and `queue` is not set; or too many questions wait there.",
  502: "The model crashed while answering.",
  503: "The queue is full (with Retry-After), no engine can answer at present, or the program is being stopped.",
};

export const BatchLine = t.Union(
  [
    t.Object({
      index: t.Integer({ description: "The question's place in the request." }),
      ...ChatReply.properties,
    }),
    t.Object({ index: t.Integer(), ...ErrorReply.properties }),
  ],
  { title: "BatchLine" },
);
