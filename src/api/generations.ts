/** One answer by its id: the same stream again from any cursor, Stop, and Continue. */

import { Elysia, t } from "elysia";
import { NotFoundError } from "../errors.ts";
import { continuedFrom } from "../generations/continue-answer.ts";
import { isDefect } from "../http/answer-outcome.ts";
import { continueKey } from "../http/idempotency-key.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { countField, countIn } from "../http/query-fields.ts";
import type { RouteDeps } from "../http/route-deps.ts";
import { eventStreamResponse } from "../sse/event-stream.ts";
import { chunkFrames } from "./chat-chunks.ts";
import { exampleGenerationId, streamedReply } from "./chat-reply.ts";
import { figuresAtEnd } from "./figure-json.ts";
import { queuedStream } from "./queued-answer.ts";

const params = t.Object({
  id: t.String({ minLength: 1, maxLength: 100, examples: [exampleGenerationId] }),
});
/** -1: no event was read yet. */
const cursor = { name: "after", minimum: 0, maximum: 999_999_999, otherwise: -1 };

const StopReply = t.Object(
  {
    success: t.Literal(true),
    stopped: t.Boolean({ description: "false: it had ended already." }),
    generation_id: t.String(),
  },
  { title: "Stopped", examples: [{ success: true, stopped: true, generation_id: exampleGenerationId }] },
);
const AnswerNowReply = t.Object(
  {
    success: t.Literal(true),
    was_thinking: t.Boolean({ description: "false: it was answering already, or had ended." }),
    generation_id: t.String(),
  },
  {
    title: "AnswersNow",
    examples: [{ success: true, was_thinking: true, generation_id: exampleGenerationId }],
  },
);
const ContinueReply = t.Object(
  {
    success: t.Literal(true),
    generation_id: t.String(),
    events: t.String({ description: "Where what is new is streamed." }),
  },
  {
    title: "Continued",
    examples: [
      {
        success: true,
        generation_id: exampleGenerationId,
        events: `/generations/${exampleGenerationId}/events?after=38`,
      },
    ],
  },
);
const noAnswer = { 404: "There is no answer with this id." };

export const createGenerationRoutes = (deps: RouteDeps) =>
  new Elysia({ name: "generations", prefix: "/generations", tags: ["generations"] })
    .get(
      "/:id/events",
      ({ params: { id }, query, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const { generations } = workspace;
        const generation = generations.get(id);
        const queued = workspace.queue.get(id);
        if (queued !== undefined && generation === undefined)
          return queuedStream(deps, queued, workspace.queue.placeOf(queued), request);
        if (generation === undefined) throw new NotFoundError("There is no answer with this id.");
        const asked = countIn(query.after, cursor);
        const after = lastEventIn(request) ?? asked;
        const frames = chunkFrames({
          generation,
          updates: generations.follow(id, Math.max(0, after), request.signal),
          after,
          before: after > 0 ? generations.tokens(id, 0).slice(0, after) : [],
          figures: (text) => figuresAtEnd(workspace, generation, text),
        });
        return eventStreamResponse(frames, request, {
          headers: { "x-generation-id": id, "x-conversation-id": generation.conversationId },
          onDefect: (error) => {
            if (isDefect(error)) deps.log.error("defect", { generation: id, error });
          },
        });
      },
      {
        params,
        query: t.Object({ after: countField(cursor, "The id of the last event that was read.") }),
        detail: openApiDetail({
          summary: "The answer's stream again, from after the cursor `after` or Last-Event-ID",
          description: "Byte for byte what was sent before, then live.",
          requestHeaders: ["Last-Event-ID"],
          replies: { 200: streamedReply },
          errors: noAnswer,
        }),
      },
    )
    .post(
      "/:id/stop",
      async ({ params: { id }, request }): Promise<StaticReply<typeof StopReply>> => {
        const workspace = deps.workspaceOf(request);
        const { generations, queue } = workspace;
        if (generations.get(id) === undefined && queue.get(id) === undefined)
          throw new NotFoundError("There is no answer with this id.");
        return { success: true, stopped: await workspace.stop(id), generation_id: id };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Stop an answer; what was written is kept",
          description: "A question that waits for its turn is removed from the queue.",
          replies: { 200: jsonReply("It is stopped, or had ended.", StopReply) },
          errors: noAnswer,
        }),
      },
    )
    .post(
      "/:id/answer-now",
      ({ params: { id }, request }): StaticReply<typeof AnswerNowReply> => {
        const { generations } = deps.workspaceOf(request);
        if (generations.get(id) === undefined) throw new NotFoundError("There is no answer with this id.");
        return { success: true, was_thinking: generations.answerNow(id), generation_id: id };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Have a model that thinks stop thinking, and answer from what it has thought",
          description:
            "The thought is kept. A vLLM cannot be handed its thought: it is asked to answer without one.",
          replies: { 200: jsonReply("It answers.", AnswerNowReply) },
          errors: noAnswer,
        }),
      },
    )
    .post(
      "/:id/continue",
      async ({ params: { id }, request }): Promise<StaticReply<typeof ContinueReply>> => {
        const { generations } = deps.workspaceOf(request);
        await generations.continue(id, continueKey(request));
        const after = continuedFrom(generations.tokens(id, 0));
        return { success: true, generation_id: id, events: `/generations/${id}/events?after=${after}` };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Go on with an answer that was interrupted, stopped or cut by its length limit",
          description:
            "The same answer goes on from the text that it has; `events` streams what is new. Only the last answer " +
            "of a conversation can be continued. One that is still being written is left as it is. With an " +
            "Idempotency-Key it is continued once.",
          requestHeaders: ["Idempotency-Key"],
          replies: { 200: jsonReply("It goes on.", ContinueReply) },
          errors: {
            ...noAnswer,
            409: "Still answering in this conversation.",
            503: "The queue is full (with Retry-After), or the program is being stopped.",
          },
        }),
      },
    );

/** @returns the id of the last frame that the reader has; -1 for one that is empty; null when it does not say */
function lastEventIn({ headers }: Request): number | null {
  const id = headers.get("last-event-id");
  return id === null ? null : countIn(id === "" ? undefined : id, cursor);
}
