/** The original /chat API: whole answers, streamed answers, and the same over a WebSocket. */
import { Elysia } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { peek } from "../generations/peek.ts";
import type { Question } from "../generations/question.ts";
import { finishReasonOf, isDefect, usageOf } from "../http/answer-outcome.ts";
import { AnswerFailedError, shownError } from "../http/api-errors.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { keptAlive } from "../http/kept-alive.ts";
import { openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { RouteDeps } from "../http/route-deps.ts";
import { eventStreamResponse } from "../sse/event-stream.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { chunkFrames } from "./chat-chunks.ts";
import { answerReplies, askErrors, type ChatReply, streamedReply } from "./chat-reply.ts";
import { ChatRequest, mayWait, questionFrom, valuesFor } from "./chat-request.ts";
import { type ChatSocketDeps, createChatSocket } from "./chat-socket.ts";
import { factJson } from "./fact-json.ts";
import { figuresAtEnd, figuresJson } from "./figure-json.ts";
import { askedInTurn, askedOrQueued, queuedHeaders, queuedStream } from "./queued-answer.ts";

export const createChatRoutes = (deps: ChatSocketDeps) =>
  new Elysia({ name: "chat", tags: ["chat"] })
    .post(
      "/chat",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const values = valuesFor(deps.workspaceOf(request), body);
        const question = questionFrom(body, idempotencyKeyOf(request), values);
        return placedReply(deps, question, request, { mayWait: mayWait(body), stream: body.stream === true });
      },
      {
        body: ChatRequest,
        detail: openApiDetail({
          summary: "Ask, and get the whole answer",
          description:
            "The answer is finished and stored whether or not anybody waits for it. With an Idempotency-Key the same " +
            "question is answered once, however often it is sent.",
          requestHeaders: ["Idempotency-Key"],
          replies: answerReplies,
          errors: askErrors,
        }),
      },
    )
    .post(
      "/chat/stream",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const values = valuesFor(deps.workspaceOf(request), body);
        const question = questionFrom(body, idempotencyKeyOf(request), values);
        return placedReply(deps, question, request, { mayWait: mayWait(body), stream: true });
      },
      {
        body: ChatRequest,
        detail: openApiDetail({
          summary: "Ask, and get the answer as OpenAI's chunks by SSE",
          description:
            "Disconnecting does not stop the answer; resume from any cursor at GET /generations/:id/events. With an " +
            "Idempotency-Key the same question is answered once, however often it is sent.",
          requestHeaders: ["Idempotency-Key"],
          replies: { 200: streamedReply },
          errors: askErrors,
        }),
      },
    )
    .use(createChatSocket(deps));

interface Wishes {
  /** Whether the question waits while an answer is being written in its conversation. */
  readonly mayWait: boolean;
  readonly stream: boolean;
}

/** Asks, or waits for the question's turn. */
export async function placedReply(
  deps: RouteDeps,
  question: Question,
  request: Request,
  { mayWait, stream }: Wishes,
): Promise<Response> {
  const workspace = deps.workspaceOf(request);
  const placed = await askedOrQueued(workspace, question, mayWait);
  if ("generation" in placed) return answerReply(deps, placed.generation, request, stream);
  const { queued, place } = placed;
  if (stream) return queuedStream(deps, queued, place, request);
  const answer = askedInTurn(workspace, queued.id).then((asked) => wholeAnswerJson(workspace, asked));
  return keptAlive(answer, { headers: queuedHeaders(queued, place), failed: toldLate });
}

/** The answer as a stream, or as a whole when it has ended. */
export const answerReply = (
  deps: RouteDeps,
  generation: Generation,
  request: Request,
  stream: boolean,
): Promise<Response> =>
  stream ? streamedAnswer(deps, generation, request) : wholeAnswer(deps.workspaceOf(request), generation);

/** Milliseconds that the reply waits for the first token: until then a failure is a reply with its status. */
const patienceMs = 250;

/** Once the stream has begun, errors travel in it. */
async function streamedAnswer(deps: RouteDeps, generation: Generation, request: Request): Promise<Response> {
  const { id, conversationId } = generation;
  const workspace = deps.workspaceOf(request);
  const { generations } = workspace;
  const { first, updates } = await peek(generations.follow(id, 0, request.signal), { patienceMs });
  if (first?.type === "end" && first.outcome.state === "failed" && first.outcome.tokenCount === 0)
    throw new AnswerFailedError(first.outcome, { generation_id: id, conversation_id: conversationId });
  const frames = chunkFrames({
    generation,
    updates,
    after: -1,
    keepsText: true,
    figures: (text) => figuresAtEnd(workspace, generation, text),
  });
  return eventStreamResponse(frames, request, {
    headers: { "x-generation-id": id, "x-conversation-id": conversationId },
    onDefect: (error) => {
      if (isDefect(error)) deps.log.error("defect", { generation: id, error });
    },
  });
}

/** The answer is generated whether or not a client waits: the end of the request does not end it. */
async function wholeAnswer(workspace: Workspace, generation: Generation): Promise<Response> {
  const headers = { "x-generation-id": generation.id, "x-conversation-id": generation.conversationId };
  return keptAlive(wholeAnswerJson(workspace, generation), { headers, failed: toldLate });
}

/** Of a failure when the reply has begun: what clients read of an answer is there, with what was written. */
function toldLate(error: unknown): unknown {
  const shown = shownError(error);
  const { partial_response: response = "" } = shown.facts;
  return { response, finish_reason: "error", ...shown.toJSON() };
}

/** The reply when an answer has ended. @throws AnswerFailedError with the text so far */
export async function wholeAnswerJson(
  workspace: Workspace,
  generation: Generation,
): Promise<StaticReply<typeof ChatReply>> {
  const { id, conversationId } = generation;
  const { generations } = workspace;
  const outcome = await generations.ended(id, new AbortController().signal);
  if (outcome === null) throw new InvalidRequestError("The answer was deleted while it was written.");
  const { text } = generations.textSoFar(id);
  if (outcome.state === "failed")
    throw new AnswerFailedError(outcome, {
      generation_id: id,
      conversation_id: conversationId,
      partial_response: text,
    });
  const figures = figuresAtEnd(workspace, generation, text);
  const receipt = generations.get(id)?.receipt;
  return {
    response: text,
    model: outcome.writers.at(-1)?.model ?? generation.model,
    timestamp: new Date().toISOString(),
    memory_used: receipt?.memories.length ?? 0,
    conversation_id: conversationId,
    generation_id: id,
    finish_reason: finishReasonOf(outcome),
    usage: usageOf(outcome.usage),
    facts: (figures?.of.facts ?? []).map(({ fact }) => factJson(fact)),
    figures: figures === null ? [] : figuresJson(figures),
  };
}
