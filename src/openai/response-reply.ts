/** What /v1/responses answers with. @see https://platform.openai.com/docs/api-reference/responses/object */
import { type TSchema, Type as t } from "@sinclair/typebox";
import { events, jsonReply, type Links, nullable, type Reply } from "../http/openapi/openapi-detail.ts";
import { TokenLogprob } from "./completion-reply.ts";

const Status = t.Union([
  t.Literal("queued"),
  t.Literal("in_progress"),
  t.Literal("completed"),
  t.Literal("incomplete"),
  t.Literal("failed"),
  t.Literal("cancelled"),
]);

const ItemStatus = t.Union([t.Literal("in_progress"), t.Literal("completed"), t.Literal("incomplete")]);
/** A returned item can be sent again. */
const functionCall = <Status extends TSchema>(status: Status) =>
  t.Object({
    id: t.String(),
    type: t.Literal("function_call"),
    call_id: t.String(),
    name: t.String(),
    arguments: t.String(),
    status,
  });
const customToolCall = <Status extends TSchema>(status: Status) =>
  t.Object({
    id: t.String(),
    type: t.Literal("custom_tool_call"),
    call_id: t.String(),
    name: t.String(),
    input: t.String(),
    status,
  });
const OutputItem = t.Union(
  [
    t.Object({
      id: t.String(),
      type: t.Literal("message"),
      role: t.Literal("assistant"),
      status: ItemStatus,
      content: t.Array(
        t.Object({
          type: t.Literal("output_text"),
          text: t.String(),
          annotations: t.Array(t.Unknown(), { maxItems: 0 }),
          logprobs: t.Array(TokenLogprob),
        }),
      ),
    }),
    t.Object({
      id: t.String(),
      type: t.Literal("reasoning"),
      summary: t.Array(t.Unknown(), { maxItems: 0 }),
      content: t.Array(t.Object({ type: t.Literal("reasoning_text"), text: t.String() })),
    }),
    functionCall(ItemStatus),
    customToolCall(ItemStatus),
  ],
  { title: "OutputItem" },
);

export const ResponseReply = t.Object(
  {
    id: t.String(),
    object: t.Literal("response"),
    created_at: t.Integer({ description: "Seconds since 1970." }),
    status: Status,
    background: t.Boolean(),
    error: nullable(t.Object({ code: t.String(), message: t.String() })),
    incomplete_details: nullable(t.Object({ reason: t.Literal("max_output_tokens") })),
    instructions: nullable(t.String()),
    max_output_tokens: nullable(t.Integer()),
    model: t.String({ description: "The model that really wrote it." }),
    output: t.Array(OutputItem),
    parallel_tool_calls: t.Boolean(),
    previous_response_id: nullable(t.String()),
    max_tool_calls: nullable(t.Integer()),
    prompt_cache_key: nullable(t.String()),
    reasoning: t.Object({ effort: nullable(t.String()), summary: nullable(t.String()) }),
    safety_identifier: nullable(t.String()),
    service_tier: t.String(),
    store: t.Boolean(),
    temperature: t.Number(),
    text: t.Object({
      format: t.Object({
        type: t.Union([t.Literal("text"), t.Literal("json_object"), t.Literal("json_schema")]),
        name: t.Optional(t.String()),
        schema: t.Optional(t.Record(t.String(), t.Unknown())),
        strict: t.Optional(t.Boolean()),
      }),
      verbosity: t.String(),
    }),
    tool_choice: t.Union([
      t.Literal("auto"),
      t.Literal("none"),
      t.Literal("required"),
      t.Object({ type: t.Union([t.Literal("function"), t.Literal("custom")]), name: t.String() }),
    ]),
    tools: t.Array(
      t.Union([
        t.Object({
          type: t.Literal("function"),
          name: t.String(),
          description: t.Optional(t.String()),
          parameters: t.Record(t.String(), t.Unknown()),
          strict: t.Boolean(),
        }),
        t.Object({
          type: t.Literal("custom"),
          name: t.String(),
          description: t.Optional(t.String()),
          format: t.Record(t.String(), t.Unknown()),
        }),
      ]),
    ),
    top_logprobs: t.Integer(),
    top_p: t.Number(),
    truncation: t.Literal("disabled"),
    usage: nullable(
      t.Object({
        input_tokens: t.Integer(),
        input_tokens_details: t.Object({ cached_tokens: t.Integer() }),
        output_tokens: t.Integer(),
        output_tokens_details: t.Object({ reasoning_tokens: t.Integer() }),
        total_tokens: t.Integer(),
      }),
    ),
    user: nullable(t.String()),
    metadata: t.Record(t.String(), t.String()),
  },
  {
    title: "Response",
    examples: [
      {
        id: "resp_019abc00-7a1b-7c2d-8e3f-0123456789ab",
        object: "response",
        created_at: 1_772_357_400,
        status: "completed",
        background: false,
        error: null,
        incomplete_details: null,
        instructions: null,
        max_output_tokens: null,
        model: "qwen2.5-1.5b-instruct",
        output: [
          {
            id: "msg_019abc00-7a1b-7c2d-8e3f-0123456789ab",
            type: "message",
            role: "assistant",
            status: "completed",
            content: [{ type: "output_text", text: "A bond is a loan.", annotations: [], logprobs: [] }],
          },
        ],
        parallel_tool_calls: true,
        previous_response_id: null,
        max_tool_calls: null,
        prompt_cache_key: null,
        reasoning: { effort: null, summary: null },
        safety_identifier: null,
        service_tier: "default",
        store: true,
        temperature: 1,
        text: { format: { type: "text" }, verbosity: "medium" },
        tool_choice: "auto",
        tools: [],
        top_logprobs: 0,
        top_p: 1,
        truncation: "disabled",
        usage: {
          input_tokens: 31,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: 12,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: 43,
        },
        user: null,
        metadata: {},
      },
    ],
  },
);

/** The fields that all events have; the others are those of OpenAI's documentation. */
const ResponseEvent = t.Object(
  { type: t.String(), sequence_number: t.Integer({ minimum: 0 }) },
  { title: "ResponseEvent", additionalProperties: true },
);
const responseEvents = events(
  ResponseEvent,
  'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_019abc00","output_index":0,"content_index":0,"delta":"A bond","logprobs":[]}\n\n',
);

/** Its id is the answer's, with or without what stands before it. */
const ofResponse = { parameters: { id: "$response.header.X-Generation-Id" } };
const links: Links = {
  getV1ResponsesById: ofResponse,
  getV1ResponsesByIdInputItems: ofResponse,
  postV1ResponsesByIdCancel: ofResponse,
  deleteV1ResponsesById: ofResponse,
};

const answerHeaders = ["X-Generation-Id", "X-Conversation-Id"] as const;

export const responseReplies = (description: string): Readonly<Record<number, Reply>> => ({
  200: {
    description: `${description} As a stream: OpenAI's events, of which the last tells how it ended.`,
    content: { "application/json": { schema: ResponseReply }, "text/event-stream": responseEvents },
    headers: answerHeaders,
    links,
  },
});
export const responseReply = jsonReply("The response.", ResponseReply, answerHeaders);

const PictureDetail = t.Union([
  t.Literal("auto"),
  t.Literal("low"),
  t.Literal("high"),
  t.Literal("original"),
]);

const InputItem = t.Union(
  [
    t.Object({
      id: t.String(),
      type: t.Literal("message"),
      role: t.Union([t.Literal("system"), t.Literal("user"), t.Literal("assistant")]),
      status: t.Literal("completed"),
      content: t.Array(
        t.Union([
          t.Object({
            type: t.Union([t.Literal("input_text"), t.Literal("output_text")]),
            text: t.String(),
          }),
          t.Object({ type: t.Literal("input_image"), image_url: t.String(), detail: PictureDetail }),
        ]),
      ),
    }),
    functionCall(t.Literal("completed")),
    customToolCall(t.Literal("completed")),
    t.Object({
      id: t.String(),
      type: t.Literal("function_call_output"),
      call_id: t.String(),
      output: t.String(),
      status: t.Literal("completed"),
    }),
  ],
  { title: "InputItem" },
);

/** @see https://platform.openai.com/docs/api-reference/responses/input-items */
export const InputItemList = t.Object(
  {
    object: t.Literal("list"),
    data: t.Array(InputItem),
    first_id: nullable(t.String()),
    last_id: nullable(t.String()),
    has_more: t.Boolean(),
  },
  {
    title: "InputItemList",
    examples: [
      {
        object: "list",
        data: [
          {
            id: "item_019abc00-7a1b-7c2d-8e3f-0123456789ab_0",
            type: "message",
            role: "user",
            status: "completed",
            content: [{ type: "input_text", text: "What is a bond?" }],
          },
        ],
        first_id: "item_019abc00-7a1b-7c2d-8e3f-0123456789ab_0",
        last_id: "item_019abc00-7a1b-7c2d-8e3f-0123456789ab_0",
        has_more: false,
      },
    ],
  },
);

export const DeletedResponse = t.Object(
  { id: t.String(), object: t.Literal("response"), deleted: t.Literal(true) },
  { title: "DeletedResponse", examples: [{ id: "resp_019abc00", object: "response", deleted: true }] },
);
