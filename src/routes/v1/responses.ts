/**
 * `/v1/responses`, as OpenAI's: an answer that can be gone on from, read again, stopped and deleted by its id. Its state is
 * that of the conversations and generations which exist already.
 * @see https://platform.openai.com/docs/api-reference/responses
 */
import { Elysia, t } from "elysia";
import type { Outcome } from "../../generations/generation-update.ts";
import type { Generation } from "../../store/schema.ts";
import type { Workspace } from "../../workspace.ts";
import { idempotencyKeyOf } from "../idempotency-key.ts";
import { described, jsonReply } from "../openapi/described.ts";
import { choiceField, choiceIn, countField, countIn } from "../query-fields.ts";
import { completionErrors } from "./completion-reply.ts";
import { responseFrames } from "./response-events.ts";
import { responseObject } from "./response-object.ts";
import { DeletedResponse, responseReplies, responseReply } from "./response-reply.ts";
import { questionFromResponse, ResponseRequest, responseId, storedResponse } from "./response-request.ts";
import { begunAnswer, endOfAnswer, headersOf, modelOf, type V1Deps } from "./v1-answer.ts";
import { v1FrameStream } from "./v1-stream.ts";

const params = t.Object({
  id: t.String({
    minLength: 1,
    maxLength: 100,
    examples: ["resp_019abc00-7a1b-7c2d-8e3f-0123456789ab"],
  }),
});
/** -1: no event was read yet. */
const cursor = { name: "starting_after", minimum: -1, maximum: 999_999_999, otherwise: -1 };
const noResponse = { 404: "There is no such response." };

export const createResponses = (deps: V1Deps) =>
  new Elysia({ name: "v1-responses", tags: ["openai"] })
    .post(
      "/v1/responses",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const key = idempotencyKeyOf(request);
        const generation = await begunAnswer(workspace, questionFromResponse(body, workspace, key), request);
        if (body.stream === true) return await streamed(deps, workspace, generation, request, -1);
        if (body.background === true) return told(workspace, generation);
        return told(workspace, generation, await endOfAnswer(workspace, generation, request.signal));
      },
      {
        body: ResponseRequest,
        detail: described({
          summary: "A response, whole, as events or in the background, as OpenAI's",
          requestHeaders: ["Idempotency-Key"],
          replies: responseReplies("The response, or with `background: true` how it begins."),
          errors: {
            ...completionErrors,
            404: "There is no such model or previous response.",
            409: "The response that it goes on from is still being written.",
          },
        }),
      },
    )
    .get(
      "/v1/responses/:id",
      async ({ params: { id }, query, request, server }) => {
        const workspace = deps.workspaceOf(request);
        const generation = storedResponse(workspace, id);
        const after = countIn(query.starting_after, cursor);
        if (choiceIn(query.stream, "stream", ["false", "true"]) === "false")
          return told(workspace, generation);
        server?.timeout(request, 0);
        return await streamed(deps, workspace, generation, request, after);
      },
      {
        params,
        query: t.Object({
          stream: choiceField(["false", "true"], "true: as events."),
          starting_after: countField(cursor, "The sequence number of the last event that was read."),
        }),
        detail: described({
          summary: "A response as it is now, or its events from any one on",
          replies: responseReplies("The response as it is now."),
          errors: noResponse,
        }),
      },
    )
    .post(
      "/v1/responses/:id/cancel",
      async ({ params: { id }, request }) => {
        const workspace = deps.workspaceOf(request);
        const generation = storedResponse(workspace, id);
        if (workspace.generations.stop(generation.id))
          await endOfAnswer(workspace, generation, request.signal);
        return told(workspace, storedResponse(workspace, id));
      },
      {
        params,
        detail: described({
          summary: "Stop a response; the text that it has is kept",
          replies: { 200: responseReply },
          errors: noResponse,
        }),
      },
    )
    .delete(
      "/v1/responses/:id",
      ({ params: { id }, request }) => {
        const workspace = deps.workspaceOf(request);
        const generation = storedResponse(workspace, id);
        workspace.generations.stop(generation.id);
        workspace.library.removeMessage(generation.messageId);
        return { id: responseId(generation), object: "response", deleted: true };
      },
      {
        params,
        detail: described({
          summary: "Delete a response, and what was gone on from it",
          replies: { 200: jsonReply("It is deleted.", DeletedResponse) },
          errors: noResponse,
        }),
      },
    );

/** @param outcome how it ended, when that is known; otherwise it is looked up */
function told({ generations }: Workspace, generation: Generation, outcome?: Outcome): Response {
  const logged = generations.tokens(generation.id, 0);
  const ended = outcome ?? generations.outcome(generation);
  const writers = { writers: generations.writers(generation.id) };
  const facts = responseObject(generation, ended, logged, modelOf(generation, writers));
  return Response.json(facts, { headers: headersOf(generation) });
}

const streamed = (
  deps: V1Deps,
  workspace: Workspace,
  generation: Generation,
  request: Request,
  after: number,
): Promise<Response> =>
  v1FrameStream(deps, workspace, generation, request, (updates) =>
    responseFrames({
      generation,
      updates,
      model: () => modelOf(generation, { writers: workspace.generations.writers(generation.id) }),
      after,
    }),
  );
