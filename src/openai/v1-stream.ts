/**
 * An answer as a stream of OpenAI's chunks. The stream begins before the first token, so that a client has the answer's id
 * while it waits; until then the reply may still be an error with its status, after it errors travel in the stream, as its
 * clients expect. It knows nothing of what a chunk says.
 */
import type { GenerationUpdate, Outcome, Progress } from "../generations/generation-update.ts";
import { errorOf, isDefect } from "../http/answer-outcome.ts";
import { openAiErrorBody } from "../http/openai-error.ts";
import { encodeComment, encodeFrame, eventStreamResponse } from "../sse/event-stream.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { answerFailed, headersOf, modelOf, type V1Deps } from "./v1-answer.ts";
import type { Choice, Choices, EndedChoice } from "./v1-choices.ts";

/** What is sent for each part of a choice; each is one frame. */
interface ChunkShape {
  /** Sent before the first token. */
  readonly start?: (model: string) => unknown;
  /** Sent while the prompt is read; left out or null: a comment, which clients pass over. */
  readonly progress?: (model: string, progress: Progress) => object | null;
  /** null: nothing is sent for it. */
  readonly token: (model: string, token: LoggedToken) => object | null;
  readonly end: (model: string, outcome: Outcome) => unknown;
}

export interface StreamShape {
  readonly choice: (choice: Choice) => ChunkShape;
  /** Sent when all choices have ended. */
  readonly usage?: (model: string, ended: readonly EndedChoice[]) => unknown;
}

export interface StreamDeps extends Pick<V1Deps, "log"> {
  /** Beside those that name the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** @throws AnswerFailedError when an answer failed before the first word of any */
export async function v1Stream(
  deps: StreamDeps,
  workspace: Workspace,
  choices: Choices,
  request: Request,
  shape: StreamShape,
): Promise<Response> {
  const begun = await begunUpdates(choices.updates, ({ generation, update }) => ({ generation, update }));
  return frameStream(
    deps,
    choices.first,
    request,
    framesOf(workspace, { ...choices, updates: begun }, shape),
  );
}

/**
 * @param framesOf makes whole frames of the answer's updates
 * @throws AnswerFailedError when it failed before its first word
 */
export async function v1FrameStream(
  deps: StreamDeps,
  workspace: Workspace,
  generation: Generation,
  request: Request,
  framesOf: (updates: AsyncIterable<GenerationUpdate>) => AsyncIterable<string>,
): Promise<Response> {
  const followed = workspace.generations.follow(generation.id, 0, request.signal);
  const updates = await begunUpdates(followed, (update) => ({ generation, update }));
  return frameStream(deps, generation, request, framesOf(updates));
}

function frameStream(
  deps: StreamDeps,
  generation: Generation,
  request: Request,
  frames: AsyncIterable<string>,
): Response {
  return eventStreamResponse(frames, request, {
    headers: { ...headersOf(generation), ...deps.headers },
    onDefect: (error) => {
      if (isDefect(error)) deps.log.error("defect", { generation: generation.id, error });
    },
  });
}

/**
 * How long a stream's head waits for the first token or a failure, in milliseconds. Most failures (a prompt that is too long, a
 * schema that no grammar can express) come sooner; a client that waits for its first event does not notice it.
 */
const patienceMs = 250;

/** Waits for the first word, for a while. @throws AnswerFailedError when a failure comes in its place */
async function begunUpdates<Item>(
  source: AsyncIterable<Item>,
  told: (item: Item) => { readonly generation: Generation; readonly update: GenerationUpdate | null },
): Promise<AsyncIterable<Item>> {
  const items = source[Symbol.asyncIterator]();
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patienceMs, null);
  const seen: Item[] = [];
  try {
    for (;;) {
      const next = items.next();
      const read = await Promise.race([next, patience]);
      if (read === null) return resumed(seen, next, items);
      if (read.done === true) return resumed(seen, next, items);
      const { generation, update } = told(read.value);
      if (update?.type === "end" && update.outcome.state === "failed" && update.outcome.tokenCount === 0) {
        await items.return?.();
        throw answerFailed(generation, update.outcome);
      }
      if (update?.type === "tokens" || update?.type === "end") return resumed(seen, next, items);
      seen.push(read.value);
    }
  } finally {
    clearTimeout(timer);
  }
}

async function* resumed<Item>(
  seen: readonly Item[],
  next: Promise<IteratorResult<Item, unknown>>,
  rest: AsyncIterator<Item>,
): AsyncGenerator<Item, void, undefined> {
  let isOver = false;
  try {
    yield* seen;
    for (let read = await next; read.done !== true; read = await rest.next()) yield read.value;
    isOver = true;
  } finally {
    if (!isOver) await rest.return?.();
  }
}

/** Ids are cursors of the same answer's log, as at /generations/:id/events; several choices have none in common. */
async function* framesOf(
  { generations }: Workspace,
  { first, count, updates }: Choices,
  shape: StreamShape,
): AsyncGenerator<string, void, undefined> {
  const frame = (id: number, data: unknown) =>
    encodeFrame({ ...(count === 1 ? { id: String(id) } : {}), data: JSON.stringify(data) });
  const models = new Map<number, string>();
  const shapes = new Map<number, ChunkShape>();
  const ended: EndedChoice[] = [];
  for await (const { index, generation, update } of updates) {
    const choice = shapes.get(index) ?? shape.choice({ index, generation });
    shapes.set(index, choice);
    if (update === null) {
      if (choice.start !== undefined) yield frame(0, choice.start(generation.model));
    } else if (update.type === "tokens") {
      const name = update.writer?.model ?? generation.model;
      models.set(index, name);
      let frames = "";
      for (const [offset, token] of update.tokens.entries()) {
        const chunk = token.continued ? null : choice.token(name, token);
        if (chunk !== null) frames += frame(update.from + offset + 1, chunk);
      }
      if (frames !== "") yield frames;
    } else if (update.type !== "end") {
      const told = choice.progress?.(models.get(index) ?? generation.model, update) ?? null;
      yield told === null ? progressComment(update) : encodeFrame({ data: JSON.stringify(told) });
    } else {
      const { outcome } = update;
      if (outcome.state === "failed") {
        const error = openAiErrorBody(answerFailed(generation, outcome));
        yield encodeFrame({ data: JSON.stringify({ error: { ...errorOf(outcome), ...error } }) });
        yield done;
        return;
      }
      yield frame(outcome.tokenCount + 1, choice.end(modelOf(generation, outcome), outcome));
      ended.push({ index, generation, outcome, logged: generations.tokens(generation.id, 0) });
    }
  }
  const [one] = ended;
  // The reader has gone, or the answer was deleted.
  if (ended.length < count || one === undefined) return;
  if (shape.usage !== undefined)
    yield frame(one.outcome.tokenCount + 1, shape.usage(modelOf(first, one.outcome), ended));
  yield done;
}

const done = encodeFrame({ data: "[DONE]" });

/** What an answer waits for, as a comment of the stream. */
export function progressComment(progress: Progress): string {
  const percent = (share: number | null) => (share === null ? "" : ` ${Math.floor(share * 100)} %`);
  const paused = progress.type === "waiting" && progress.paused ? "paused for others, " : "";
  if (progress.type === "waiting") return encodeComment(`${paused}place ${progress.position} in the queue`);
  if (progress.type === "loading") return encodeComment(`loading the model${percent(progress.progress)}`);
  return encodeComment(`reading the prompt${percent(progress.progress)}`);
}
