/**
 * `POST /v1/messages` and `/v1/messages/count_tokens`, as Anthropic's. Each answer is a generation like any other: in the log,
 * resumable, stoppable.
 * @see https://docs.anthropic.com/en/api/messages
 */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { begunAnswer, type DialectDeps, endOfAnswer, headersOf } from "../dialects/answer.ts";
import { answerFrames } from "../dialects/answer-stream.ts";
import { askingErrors } from "../dialects/asking-errors.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import { countedTokens, type EngineLookup } from "../dialects/token-counts.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { events, jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import { requestIdOf } from "../http/request-id.ts";
import { MessageEvent, messageEvents, ping } from "./message-events.ts";
import { Message, messageOf } from "./message-reply.ts";
import { promptFrom, questionFromMessages } from "./message-request.ts";
import { CountRequest, MessageRequest } from "./message-shapes.ts";

interface MessagesDeps extends DialectDeps {
  readonly engines: EngineLookup;
  /** @returns the id that a name stands for @throws UnknownModelError */
  readonly resolve: (name: string) => string;
}

const TokenCount = t.Object(
  { input_tokens: t.Integer() },
  { title: "AnthropicTokenCount", examples: [{ input_tokens: 31 }] },
);

const example =
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"A bond"}}\n\n';

export const createAnthropicMessages = (deps: MessagesDeps) =>
  new Elysia({ name: "anthropic-messages", tags: ["anthropic"] })
    .post(
      "/v1/messages",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const ignored = new IgnoredFields(body, MessageRequest);
        const question = questionFromMessages(body, idempotencyKeyOf(request), ignored);
        const headers = ignored.headers();
        const generation = await begunAnswer(workspace, question, request);
        const logged = () => workspace.generations.tokens(generation.id, 0);
        if (body.stream === true)
          return await answerFrames(
            { log: deps.log, headers, heartbeat: ping },
            workspace,
            generation,
            request,
            (updates) => messageEvents(generation, updates, { id: requestIdOf(request), logged }),
          );
        const outcome = await endOfAnswer(workspace, generation, request.signal);
        return Response.json(messageOf(generation, outcome, logged()), {
          headers: { ...headersOf(generation), ...headers },
        });
      },
      {
        body: MessageRequest,
        detail: openApiDetail({
          summary: "The next message of a conversation, whole or as a stream, as Anthropic's",
          description:
            "Fields and tools that have no effect here are passed over; the header X-Ignored-Fields names them.",
          requestHeaders: ["Idempotency-Key"],
          replies: {
            200: {
              description: "The whole of it; with `stream: true` its events.",
              content: {
                "application/json": { schema: Message },
                "text/event-stream": events(MessageEvent, example),
              },
              headers: ["X-Generation-Id", "X-Conversation-Id"],
            },
          },
          errors: askingErrors,
        }),
      },
    )
    .post(
      "/v1/messages/count_tokens",
      async ({ body, request }) => {
        const { messages, tools } = promptFrom(body, new IgnoredFields(body, CountRequest));
        const model = deps.resolve(body.model === "" ? "auto" : body.model);
        const counted = { model, messages, ...(tools === undefined ? {} : { tools }) };
        return { input_tokens: await countedTokens(deps.engines, counted, request.signal) };
      },
      {
        body: CountRequest,
        detail: openApiDetail({
          summary: "How many tokens a prompt takes, as Anthropic's",
          replies: { 200: jsonReply("By the tokenizer and template of the model.", TokenCount) },
          errors: { 404: "There is no such model.", 503: "No engine can count at present." },
        }),
      },
    );
