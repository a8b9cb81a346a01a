/**
 * `/v1/responses`, as OpenAI's: an answer that can be continued, read again, stopped and deleted by its id. Its state is
 * that of the conversations and generations which exist already.
 * @see https://platform.openai.com/docs/api-reference/responses
 */
import { Elysia, t } from "elysia";
import {
  begunAnswer,
  type DialectDeps,
  endOfAnswer,
  headersOf,
  modelOf,
  stopForGood,
  stopWithoutReader,
} from "../dialects/answer.ts";
import { answerFrames, type StreamDeps } from "../dialects/answer-stream.ts";
import { askingErrors } from "../dialects/asking-errors.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import type { Outcome } from "../generations/generation-update.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn, countField, countIn } from "../http/query-fields.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { responseFrames } from "./response-events.ts";
import { inputItems } from "./response-items.ts";
import { responseObject } from "./response-object.ts";
import { DeletedResponse, InputItemList, responseReplies, responseReply } from "./response-reply.ts";
import { questionFromResponse, ResponseRequest } from "./response-request.ts";
import { responseId, storedResponse } from "./stored-response.ts";

const params = t.Object({
  id: t.String({
    minLength: 1,
    maxLength: 100,
    examples: ["resp_019abc00-7a1b-7c2d-8e3f-0123456789ab"],
  }),
});
/** -1: no event was read yet. */
const cursor = { name: "starting_after", minimum: -1, maximum: 999_999_999, otherwise: -1 };
const listed = { name: "limit", minimum: 1, maximum: 100, otherwise: 20 };
const noResponse = { 404: "There is no such response." };

export const createResponses = (deps: DialectDeps) =>
  new Elysia({ name: "v1-responses", tags: ["openai"] })
    .post(
      "/v1/responses",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const ignored = new IgnoredFields(body, ResponseRequest);
        const question = questionFromResponse(body, workspace, idempotencyKeyOf(request), ignored);
        const headers = ignored.headers();
        const generation = await begunAnswer(workspace, question, request, body.background !== true);
        if (body.stream === true)
          return await streamed({ ...deps, headers }, workspace, generation, request, -1);
        if (body.background === true) return told(workspace, generation, undefined, headers);
        const outcome = await endOfAnswer(workspace, generation, request.signal);
        return told(workspace, generation, outcome, headers);
      },
      {
        body: ResponseRequest,
        detail: openApiDetail({
          summary: "A response, whole, as events or in the background, as OpenAI's",
          description:
            "Three seconds after its last reader has left a response is stopped, unless it was asked for in the " +
            "background; a reader that comes back in time reads on from any event. What a stored one says by then is " +
            "kept under its id. Fields, tools and items that have no effect here are passed over; the header " +
            "X-Ignored-Fields names them.",
          requestHeaders: ["Idempotency-Key"],
          replies: responseReplies("The response, or with `background: true` how it begins."),
          errors: {
            ...askingErrors,
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
        if (isWaitedFor(generation)) stopWithoutReader(workspace, generation, request);
        return await streamed(deps, workspace, generation, request, after);
      },
      {
        params,
        query: t.Object({
          stream: choiceField(["false", "true"], "true: as events."),
          starting_after: countField(cursor, "The sequence number of the last event that was read."),
        }),
        detail: openApiDetail({
          summary: "A response as it is now, or its events from any one on",
          replies: responseReplies("The response as it is now."),
          errors: noResponse,
        }),
      },
    )
    .get(
      "/v1/responses/:id/input_items",
      ({ params: { id }, query, request }) => {
        const workspace = deps.workspaceOf(request);
        const generation = storedResponse(workspace, id);
        const limit = countIn(query.limit, listed);
        const order = choiceIn(query.order, "order", ["desc", "asc"]);
        return inputItemList(workspace, generation, limit, order, query.after);
      },
      {
        params,
        query: t.Object({
          limit: countField(listed, "The most items to return."),
          order: choiceField(["desc", "asc"], "desc: the newest first."),
          after: t.Optional(
            t.String({ minLength: 1, maxLength: 200, description: "Items behind the one with this id." }),
          ),
        }),
        detail: openApiDetail({
          summary: "What a response was asked with, with what came before it",
          replies: { 200: jsonReply("The items.", InputItemList) },
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
        detail: openApiDetail({
          summary: "Stop a response; the text that it has is kept",
          replies: { 200: responseReply },
          errors: noResponse,
        }),
      },
    )
    .delete(
      "/v1/responses/:id",
      async ({ params: { id }, request }) => {
        const workspace = deps.workspaceOf(request);
        await stopForGood(workspace, storedResponse(workspace, id));
        const generation = storedResponse(workspace, id);
        workspace.library.eraseAnswer(generation);
        return { id: responseId(generation), object: "response", deleted: true };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Delete a response, and nothing that continues it",
          description:
            "Its text, and its prompt, are removed for good. Responses that continue it stay, " +
            "with the whole prompt that they were made of. A conversation that was put into the list of conversations " +
            "stays there as it is.",
          replies: { 200: jsonReply("It is deleted.", DeletedResponse) },
          errors: { ...noResponse, 409: "It is still being stopped. Try again." },
        }),
      },
    );

/** One that a reader comes back to is still its reader's, unless it is in the background or in the list. */
const isWaitedFor = ({ request }: Generation) =>
  request?.response?.background !== true && request?.response?.metadata.conversation !== "keep";

/** @throws BadFieldError when `after` names none of them */
function inputItemList(
  workspace: Workspace,
  generation: Generation,
  limit: number,
  order: "asc" | "desc",
  after: string | undefined,
): StaticReply<typeof InputItemList> {
  const oldestFirst = inputItems(workspace, generation);
  const all = order === "asc" ? oldestFirst : oldestFirst.toReversed();
  const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0)
    throw new BadFieldError("after", "is none of this response's items.");
  const data = all.slice(from, from + limit);
  return {
    object: "list",
    data,
    first_id: data.at(0)?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + data.length < all.length,
  };
}

/** @param outcome how it ended, when that is known; otherwise it is looked up */
function told(
  { generations }: Workspace,
  generation: Generation,
  outcome?: Outcome,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const logged = generations.tokens(generation.id, 0);
  const ended = outcome ?? generations.outcome(generation);
  const { writers } = generations.get(generation.id) ?? generation;
  const facts = responseObject(generation, ended, logged, modelOf(generation, { writers }));
  return Response.json(facts, { headers: { ...headersOf(generation), ...headers } });
}

const streamed = (
  deps: StreamDeps,
  workspace: Workspace,
  generation: Generation,
  request: Request,
  after: number,
): Promise<Response> =>
  answerFrames(deps, workspace, generation, request, (updates) =>
    responseFrames({
      generation,
      updates,
      after,
    }),
  );
