/**
 * Many questions in one request: each is a conversation of its own, as many at once as the engines have slots and who asks
 * may have, and each answer is sent as a line of JSON as soon as it is complete.
 * @see https://github.com/ndjson/ndjson-spec
 */

import { setTimeout as sleep } from "node:timers/promises";
import { Elysia, t } from "elysia";
import { AppError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import { shownError } from "../http/api-errors.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { openApiDetail } from "../http/openapi/openapi-detail.ts";
import type { RouteDeps } from "../http/route-deps.ts";
import { jsonLinesResponse } from "../sse/json-lines.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { wholeAnswerJson } from "./chat.ts";
import { BatchLine, ChatReply } from "./chat-reply.ts";
import { ChatRequest, mayWait, questionFrom, valuesFor } from "./chat-request.ts";
import { askedInTurn, askedOrQueued } from "./queued-answer.ts";

interface BatchDeps extends RouteDeps {
  /** How many answers can be written at once. */
  readonly slots: () => number;
}

const mostQuestions = 200;
/** The user's other answers may end at any time: the interval of checks for room, in milliseconds. */
const lookAgainMs = 100;

export const createBatchRoutes = (deps: BatchDeps) =>
  new Elysia({ name: "batch", tags: ["chat"] }).post(
    "/api/batch",
    ({ body, request, server }) => {
      server?.timeout(request, 0);
      const key = idempotencyKeyOf(request);
      const workspace = deps.workspaceOf(request);
      const questions = body.requests.map((asked, index) => ({
        question: questionFrom(asked, key === null ? null : `${key}:${index}`, valuesFor(workspace, asked)),
        mayWait: mayWait(asked),
      }));
      const lines = answers({ ...deps, workspace }, questions, request.signal);
      return jsonLinesResponse(lines, (error) => deps.log.error("defect", { path: "/api/batch", error }));
    },
    {
      body: t.Object(
        {
          requests: t.Array(ChatRequest, {
            minItems: 1,
            maxItems: mostQuestions,
            description: "The questions.",
          }),
        },
        { examples: [{ requests: [{ message: "What is a bond?" }, { message: "What is a share?" }] }] },
      ),
      detail: openApiDetail({
        summary: "Ask many questions; each answer comes as a line of JSON when it is complete",
        description:
          "Lines come in the order in which answers end; `index` is the question's place. Of a user with a login only so many are asked at once as one may have; the others wait. A question that fails is a line with `error`. With an Idempotency-Key the same batch is answered once.",
        requestHeaders: ["Idempotency-Key"],
        replies: {
          200: {
            description: "A line of JSON for each question.",
            content: {
              "application/x-ndjson": {
                schema: t.String(),
                example: exampleLines,
                "x-item-schema": BatchLine,
              },
            },
          },
        },
        errors: { 404: "A question names a preset that is not there: none is asked." },
      }),
    },
  );

const exampleLines = [
  {
    index: 1,
    error: { message: "message must not be empty.", type: "invalid_request_error", code: "invalid_request" },
  },
  { index: 0, ...ChatReply.examples?.[0] },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join("");

interface Answering extends BatchDeps {
  readonly workspace: Workspace;
}

interface BatchQuestion {
  readonly question: Question;
  readonly mayWait: boolean;
}

type Ended = readonly [index: number, line: unknown];

/** A reader that leaves stops no question that was asked; no further ones are asked. */
async function* answers(
  deps: Answering,
  questions: readonly BatchQuestion[],
  reader: AbortSignal,
): AsyncGenerator<unknown, void, undefined> {
  const running = new Map<number, Promise<Ended>>();
  let next = 0;
  for (;;) {
    const hasSlot = () =>
      !reader.aborted && next < questions.length && running.size < Math.max(1, deps.slots());
    while (hasSlot() && deps.workspace.answersLeft > 0) {
      const [index, question] = [next, questions[next]];
      next += 1;
      if (question !== undefined) running.set(index, answerLine(deps, question, index));
    }
    const isHeldUp = hasSlot();
    if (running.size === 0 && !isHeldUp) return;
    const ended = await firstEnd(running, isHeldUp ? reader : null);
    if (ended === null) continue;
    running.delete(ended[0]);
    yield ended[1];
  }
}

/** @param heldUp the reader, while a question waits for room @returns null when it is time to look for room again */
async function firstEnd(
  running: ReadonlyMap<number, Promise<Ended>>,
  heldUp: AbortSignal | null,
): Promise<Ended | null> {
  if (heldUp === null) return Promise.race(running.values());
  const over = new AbortController();
  const signal = AbortSignal.any([heldUp, over.signal]);
  try {
    return await Promise.race([...running.values(), sleep(lookAgainMs, null, { signal }).catch(() => null)]);
  } finally {
    over.abort();
  }
}

async function answerLine(
  { workspace, log }: Answering,
  { question, mayWait }: BatchQuestion,
  index: number,
): Promise<Ended> {
  try {
    const placed = await askedOrQueued(workspace, question, mayWait);
    const generation =
      "generation" in placed ? placed.generation : await askedInTurn(workspace, placed.queued.id);
    const answer = await wholeAnswerJson(workspace, generation);
    return [index, { index, ...answer }];
  } catch (error) {
    if (!(error instanceof AppError)) log.error("defect", { path: "/api/batch", error });
    return [index, { index, ...shownError(error).toJSON() }];
  }
}
