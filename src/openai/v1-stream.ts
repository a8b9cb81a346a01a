/**
 * An answer as a stream of OpenAI's chunks. Until the first word of news the reply may still be an error with its status;
 * after it, errors travel in the stream, as its clients expect. It knows nothing of what a chunk says.
 */

import type { GenerationUpdate, Outcome } from "../generations/generation-update.ts";
import { errorOf, isDefect } from "../http/answer-outcome.ts";
import { AnswerFailedError } from "../http/api-errors.ts";
import { openAiErrorBody } from "../http/openai-error.ts";
import { encodeFrame, eventStreamResponse } from "../sse/event-stream.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { failedField, headersOf, modelOf, type V1Deps } from "./v1-answer.ts";

/** What is sent for each part of an answer; each is one frame. */
export interface ChunkShape {
  readonly start?: (model: string) => unknown;
  readonly token: (model: string, token: LoggedToken) => unknown;
  /** @param logged the whole answer */
  readonly end: (model: string, outcome: Outcome, logged: readonly LoggedToken[]) => readonly unknown[];
}

/** @throws AnswerFailedError when it failed before its first word */
export const v1Stream = (
  deps: Pick<V1Deps, "log">,
  workspace: Workspace,
  generation: Generation,
  request: Request,
  shape: ChunkShape,
): Promise<Response> =>
  v1FrameStream(deps, workspace, generation, request, (updates) =>
    framesOf(workspace, generation, updates, shape),
  );

/**
 * @param framesOf makes whole frames of the answer's updates
 * @throws AnswerFailedError when it failed before its first word
 */
export async function v1FrameStream(
  deps: Pick<V1Deps, "log">,
  workspace: Workspace,
  generation: Generation,
  request: Request,
  framesOf: (updates: AsyncIterable<GenerationUpdate>) => AsyncIterable<string>,
): Promise<Response> {
  const { id } = generation;
  const { first, updates } = await firstWord(workspace.generations.follow(id, 0, request.signal));
  if (first?.type === "end" && first.outcome.state === "failed" && first.outcome.tokenCount === 0)
    throw new AnswerFailedError(first.outcome, {
      ...failedField(generation, first.outcome),
      generation_id: id,
    });
  return eventStreamResponse(framesOf(updates), request, {
    headers: headersOf(generation),
    onDefect: (error) => {
      if (isDefect(error)) deps.log.error("defect", { generation: id, error });
    },
  });
}

/** So long, in milliseconds, a stream's head waits for the answer to begin or to fail. */
const patienceMs = 1_000;

/** Passes over the news of what an answer waits for, which this interface has no word for. */
async function firstWord(updates: AsyncGenerator<GenerationUpdate, void, undefined>): Promise<{
  readonly first: GenerationUpdate | undefined;
  /** From the first word on. */
  readonly updates: AsyncIterable<GenerationUpdate>;
}> {
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patienceMs, null);
  try {
    for (;;) {
      const next = updates.next();
      const read = await Promise.race([next, patience]);
      if (read === null) return { first: undefined, updates: resumed(next, updates) };
      const first = read.value ?? undefined;
      if (first === undefined || first.type === "tokens" || first.type === "end")
        return { first, updates: resumed(next, updates) };
    }
  } finally {
    clearTimeout(timer);
  }
}

async function* resumed(
  next: Promise<IteratorResult<GenerationUpdate, void>>,
  rest: AsyncIterable<GenerationUpdate>,
): AsyncGenerator<GenerationUpdate, void, undefined> {
  const { value, done } = await next;
  if (done) return;
  yield value;
  yield* rest;
}

/** Ids are cursors of the same answer's log, as at /generations/:id/events. */
async function* framesOf(
  { generations }: Workspace,
  generation: Generation,
  updates: AsyncIterable<GenerationUpdate>,
  shape: ChunkShape,
): AsyncGenerator<string, void, undefined> {
  const frame = (id: number, data: unknown) => encodeFrame({ id: String(id), data: JSON.stringify(data) });
  const model = () => modelOf(generation, { writers: generations.writers(generation.id) });
  let hasStarted = false;
  for await (const update of updates) {
    if (!hasStarted && shape.start !== undefined && (update.type === "tokens" || update.type === "end")) {
      hasStarted = true;
      yield frame(0, shape.start(model()));
    }
    if (update.type === "tokens") {
      const name = model();
      let frames = "";
      for (const [offset, token] of update.tokens.entries())
        if (!token.continued) frames += frame(update.from + offset + 1, shape.token(name, token));
      if (frames !== "") yield frames;
    }
    if (update.type !== "end") continue;
    const { outcome } = update;
    if (outcome.state === "failed") {
      const error = openAiErrorBody(new AnswerFailedError(outcome, { generation_id: generation.id }));
      yield encodeFrame({ data: JSON.stringify({ error: { ...errorOf(outcome), ...error } }) });
    } else
      for (const chunk of shape.end(
        modelOf(generation, outcome),
        outcome,
        generations.tokens(generation.id, 0),
      ))
        yield frame(outcome.tokenCount + 1, chunk);
    yield encodeFrame({ data: "[DONE]" });
    return;
  }
}
