/** What is said in a conversation, by REST: a question, another wording of it, another answer, the rest of an answer. */

import { Elysia, t } from "elysia";
import { NotFoundError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import { continueKey, idempotencyKeyOf } from "../http/idempotency-key.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { RouteDeps } from "../http/route-deps.ts";
import { continueAnswer, editQuestion, regenerate } from "../workspace/ask-again.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { answerReply, placedReply } from "./chat.ts";
import {
  answerReplies,
  askErrors,
  exampleConversationId,
  exampleGenerationId,
  exampleMessageId,
} from "./chat-reply.ts";
import { ChatRequest, mayWait, questionFrom, valuesFor } from "./chat-request.ts";
import { generationJson, WholeGeneration } from "./conversation-json.ts";

const idOf = (example: string) => t.String({ minLength: 1, maxLength: 100, examples: [example] });
const params = t.Object({ id: idOf(exampleConversationId) });
const generationParams = t.Object({ id: idOf(exampleGenerationId) });
const messageParams = t.Object({ id: idOf(exampleConversationId), messageId: idOf(exampleMessageId) });
const Streamed = t.Object(
  { stream: t.Optional(t.Boolean({ default: false })) },
  { title: "Streamed", examples: [{ stream: false }], "x-optional": true },
);
const Again = t.Object(
  {
    ...Streamed.properties,
    model: t.Optional(
      t.String({
        ...{ minLength: 1, maxLength: 200, examples: ["phi3"] },
        description: "In place of the conversation's.",
      }),
    ),
    without_memory: t.Optional(
      t.Boolean({
        default: false,
        description: "Without what is remembered, though it was recalled before.",
      }),
    ),
  },
  { title: "Again", examples: [{ stream: false }], "x-optional": true },
);
const AskRequest = t.Object(
  {
    ...ChatRequest.properties,
    parent_id: t.Optional(
      t.Union([t.String({ minLength: 1, maxLength: 100 }), t.Null()], {
        description:
          "The message that the question follows; left out: the last one that is shown. Not together with `queue`.",
      }),
    ),
  },
  { title: "AskRequest", examples: [{ message: "And what is a share?" }] },
);
const continuedOnce = "With an Idempotency-Key it is continued once.";

export const createMessageRoutes = (deps: RouteDeps) =>
  new Elysia({ name: "messages", tags: ["conversations"] })
    .post(
      "/api/conversations/:id/messages",
      async ({ params, body, request, server }) => {
        server?.timeout(request, 0);
        const values = valuesFor(deps.workspaceOf(request), { ...body, conversation_id: params.id });
        const question: Question = {
          ...questionFrom(body, idempotencyKeyOf(request), values),
          conversationId: params.id,
          ...(body.parent_id === undefined ? {} : { after: body.parent_id }),
        };
        return placedReply(deps, question, request, { mayWait: mayWait(body), stream: body.stream === true });
      },
      {
        params,
        body: AskRequest,
        detail: openApiDetail({
          summary: "Ask in a conversation, at its end or below any message",
          requestHeaders: ["Idempotency-Key"],
          replies: answerReplies,
          errors: askErrors,
        }),
      },
    )
    .post(
      "/api/conversations/:id/messages/:messageId/edit",
      async ({ params, body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const { messageId } = messageIn(workspace, params);
        const values = valuesFor(workspace, { ...body, conversation_id: params.id });
        const question = questionFrom(body, idempotencyKeyOf(request), values);
        const asked = await editQuestion(workspace, messageId, question);
        return answerReply(deps, asked, request, body.stream === true);
      },
      {
        params: messageParams,
        body: ChatRequest,
        detail: openApiDetail({
          summary: "Edit question: a branch beside the former question, which is kept",
          requestHeaders: ["Idempotency-Key"],
          replies: answerReplies,
          errors: askErrors,
        }),
      },
    )
    .post(
      "/api/conversations/:id/messages/:messageId/regenerate",
      async ({ params, body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const { messageId } = messageIn(workspace, params);
        const { model, stream, without_memory: withoutMemory = false } = body;
        const again = await regenerate(workspace, messageId, {
          ...againKey(request),
          ...(model === undefined ? {} : { model }),
          withoutMemory,
        });
        return answerReply(deps, again, request, stream === true);
      },
      {
        params: messageParams,
        body: Again,
        detail: openApiDetail({
          summary: "Another answer beside this one, which is kept",
          requestHeaders: ["Idempotency-Key"],
          replies: answerReplies,
          errors: askErrors,
        }),
      },
    )
    .post(
      "/api/conversations/:id/messages/:messageId/continue",
      async ({ params, body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const { messageId } = messageIn(workspace, params);
        const again = await continueAnswer(workspace, messageId, continueKey(request));
        return answerReply(deps, again, request, body.stream === true);
      },
      {
        params: messageParams,
        body: Streamed,
        detail: openApiDetail({
          summary: "Go on with an answer that was interrupted, stopped or cut",
          description: continuedOnce,
          requestHeaders: ["Idempotency-Key"],
          replies: answerReplies,
          errors: askErrors,
        }),
      },
    )
    .post(
      "/api/generations/:id/replay",
      async ({ params, body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const again = await workspace.generations.retry(params.id, {
          ...againKey(request),
          replay: true,
        });
        return answerReply(deps, again, request, body.stream === true);
      },
      {
        params: generationParams,
        body: Streamed,
        detail: openApiDetail({
          summary: "Write an answer once more from its receipt",
          description:
            "With the same instructions, memories, model, sampling and seed, as an answer beside the first. The llama engine with one sequence and one thread writes the same words.",
          requestHeaders: ["Idempotency-Key"],
          replies: answerReplies,
          errors: askErrors,
        }),
      },
    )
    .get(
      "/api/generations/:id",
      ({ params, request }): StaticReply<typeof WholeGeneration> => {
        const { generations } = deps.workspaceOf(request);
        const generation = generations.get(params.id);
        if (generation === undefined) throw new NotFoundError("There is no answer with this id.");
        return {
          ...generationJson(generation),
          text: generations.textSoFar(generation.id).text,
          receipt: generation.receipt,
        };
      },
      {
        params: generationParams,
        detail: openApiDetail({
          summary: "How an answer stands, its text so far, and what went into its prompt",
          replies: { 200: jsonReply("The answer.", WholeGeneration) },
          errors: { 404: "There is no answer with this id." },
        }),
      },
    );

function againKey(request: Request): { readonly idempotencyKey?: string } {
  const key = idempotencyKeyOf(request);
  return key === null ? {} : { idempotencyKey: `api:again:${key}` };
}

/** @throws NotFoundError for a message of another conversation */
function messageIn<Place extends { readonly id: string; readonly messageId: string }>(
  { messages }: Workspace,
  place: Place,
): Place {
  if (messages.get(place.messageId)?.conversationId === place.id) return place;
  throw new NotFoundError("There is no such message in this conversation. It may have been deleted.");
}
