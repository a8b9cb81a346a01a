/**
 * An answer as a stream. The stream begins before the first token, so that a client has the answer's id while it waits; until
 * then the reply may still be an error with its status. It knows nothing of what is sent.
 */
import type { GenerationUpdate, Progress } from "../generations/generation-update.ts";
import { isDefect } from "../http/answer-outcome.ts";
import { encodeComment, eventStreamResponse } from "../sse/event-stream.ts";
import { liveLinesResponse } from "../sse/live-lines.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { answerFailed, type DialectDeps, headersOf } from "./answer.ts";

export interface StreamDeps extends Pick<DialectDeps, "log"> {
  /** Beside those that name the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A whole frame, sent in silence; left out: a comment. */
  readonly heartbeat?: string;
  /** The reader counts bytes: nothing is sent beside the frames. */
  readonly isCounted?: boolean;
}

/**
 * @param framesOf makes whole frames of the answer's updates
 * @throws AnswerFailedError when it failed before its first word
 */
export async function answerFrames(
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

/**
 * The same as lines.
 * @param linesOf makes whole lines of the answer's updates
 * @throws AnswerFailedError when it failed before its first word
 */
export async function answerLinesReply(
  { log, headers }: StreamDeps,
  workspace: Workspace,
  generation: Generation,
  request: Request,
  linesOf: (updates: AsyncIterable<GenerationUpdate>) => AsyncIterable<string>,
): Promise<Response> {
  const followed = workspace.generations.follow(generation.id, 0, request.signal);
  const updates = await begunUpdates(followed, (update) => ({ generation, update }));
  return liveLinesResponse(linesOf(updates), request, {
    headers: { ...headersOf(generation), ...headers },
    onDefect: defectsOf(generation, log),
  });
}

const defectsOf =
  ({ id }: Generation, log: StreamDeps["log"]) =>
  (error: unknown): void => {
    if (isDefect(error)) log.error("defect", { generation: id, error });
  };

export function frameStream(
  deps: StreamDeps,
  generation: Generation,
  request: Request,
  frames: AsyncIterable<string>,
): Response {
  return eventStreamResponse(frames, request, {
    headers: { ...headersOf(generation), ...deps.headers },
    ...(deps.heartbeat === undefined ? {} : { heartbeat: deps.heartbeat }),
    ...(deps.isCounted === true ? { isCounted: true } : {}),
    onDefect: defectsOf(generation, deps.log),
  });
}

/**
 * How long a stream's head waits for the first token or a failure, in milliseconds. Most failures (a prompt that is too long, a
 * schema that no grammar can express) come sooner; a client that waits for its first event does not notice it.
 */
const patienceMs = 250;

/** Waits for the first word, for a while. @throws AnswerFailedError when a failure comes in its place */
export async function begunUpdates<Item>(
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

/** What an answer waits for, as a comment of the stream. */
export function progressComment(progress: Progress): string {
  const percent = (share: number | null) => (share === null ? "" : ` ${Math.floor(share * 100)} %`);
  const paused = progress.type === "waiting" && progress.paused ? "paused for others, " : "";
  if (progress.type === "waiting") return encodeComment(`${paused}place ${progress.position} in the queue`);
  if (progress.type === "loading") return encodeComment(`loading the model${percent(progress.progress)}`);
  return encodeComment(`reading the prompt${percent(progress.progress)}`);
}
