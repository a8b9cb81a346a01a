/**
 * An answer as a stream of OpenAI's chunks. The stream begins before the first token, so that a client has the answer's id
 * while it waits; until then the reply may still be an error with its status, after it errors travel in the stream, as its
 * clients expect. It knows nothing of what a chunk says.
 */
import type { GenerationUpdate, Outcome, Progress } from "../generations/generation-update.ts";
import { errorOf, isDefect } from "../http/answer-outcome.ts";
import { AnswerFailedError } from "../http/api-errors.ts";
import { openAiErrorBody } from "../http/openai-error.ts";
import { encodeComment, encodeFrame, eventStreamResponse } from "../sse/event-stream.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { failedField, headersOf, modelOf, type V1Deps } from "./v1-answer.ts";

/** What is sent for each part of an answer; each is one frame. */
export interface ChunkShape {
  /** Sent before the first token. */
  readonly start?: (model: string) => unknown;
  /** Sent while the prompt is read; left out: a comment, which clients pass over. */
  readonly progress?: (model: string, progress: Progress) => unknown;
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

/**
 * So long, in milliseconds, a stream's head waits for the first token or a failure. Most failures (a prompt that is too
 * long, a schema that cannot be held) come sooner; a client that waits for its first event does not notice it.
 */
const patienceMs = 250;

async function firstWord(updates: AsyncGenerator<GenerationUpdate, void, undefined>): Promise<{
  readonly first: GenerationUpdate | undefined;
  /** From the first word, or the last progress before it, on. */
  readonly updates: AsyncIterable<GenerationUpdate>;
}> {
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patienceMs, null);
  let progress: GenerationUpdate | undefined;
  try {
    for (;;) {
      const next = updates.next();
      const read = await Promise.race([next, patience]);
      if (read === null) return { first: undefined, updates: resumed(progress, next, updates) };
      const first = read.value ?? undefined;
      if (first === undefined || first.type === "tokens" || first.type === "end")
        return { first, updates: resumed(undefined, next, updates) };
      progress = first;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function* resumed(
  progress: GenerationUpdate | undefined,
  next: Promise<IteratorResult<GenerationUpdate, void>>,
  rest: AsyncIterable<GenerationUpdate>,
): AsyncGenerator<GenerationUpdate, void, undefined> {
  if (progress !== undefined) yield progress;
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
  if (shape.start !== undefined) yield frame(0, shape.start(model()));
  for await (const update of updates) {
    if (update.type === "waiting" || update.type === "loading" || update.type === "reading")
      yield shape.progress === undefined
        ? progressComment(update)
        : encodeFrame({ data: JSON.stringify(shape.progress(model(), update)) });
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

/** What an answer waits for, as a comment of the stream. */
export function progressComment(progress: Progress): string {
  const percent = (share: number | null) => (share === null ? "" : ` ${Math.floor(share * 100)} %`);
  if (progress.type === "waiting") return encodeComment(`place ${progress.position} in the queue`);
  if (progress.type === "loading") return encodeComment(`loading the model${percent(progress.progress)}`);
  return encodeComment(`reading the prompt${percent(progress.progress)}`);
}
