/**
 * An answer as a stream of OpenAI's chunks. The stream begins before the first token, so that a client has the answer's id
 * while it waits; until then the reply may still be an error with its status, after it errors travel in the stream, as its
 * clients expect. It knows nothing of what a chunk says.
 */

import { answerFailed, modelOf } from "../dialects/answer.ts";
import { begunUpdates, frameStream, progressComment, type StreamDeps } from "../dialects/answer-stream.ts";
import type { Outcome, Progress } from "../generations/generation-update.ts";
import { errorOf } from "../http/answer-outcome.ts";
import { openAiErrorBody } from "../http/openai-error.ts";
import { encodeFrame } from "../sse/event-stream.ts";
import type { LoggedToken } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { ProgressSection } from "./progress-section.ts";
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

/**
 * @param section of progress, for a stream whose byte offsets count; null: progress is sent as it comes, or not at all
 * @throws AnswerFailedError when an answer failed before the first word of any
 */
export async function v1Stream(
  deps: StreamDeps,
  workspace: Workspace,
  choices: Choices,
  request: Request,
  shape: StreamShape,
  section: ProgressSection | null = null,
): Promise<Response> {
  const begun = await begunUpdates(choices.updates, ({ generation, update }) => ({ generation, update }));
  const frames = framesOf(workspace, { ...choices, updates: begun }, shape, section);
  return frameStream(deps, choices.first, request, frames);
}

/**
 * Ids are cursors of the same answer's log, as at /generations/:id/events; several choices have none in common.
 * @param section of progress; null: all progress is sent
 */
export async function* framesOf(
  { generations }: Workspace,
  { first, count, updates }: Choices,
  shape: StreamShape,
  section: ProgressSection | null = null,
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
      let frames = section?.rest() ?? "";
      for (const [offset, token] of update.tokens.entries()) {
        const chunk = token.continued || token.thoughtOver ? null : choice.token(name, token);
        if (chunk !== null) frames += frame(update.from + offset + 1, chunk);
      }
      if (frames !== "") yield frames;
    } else if (update.type !== "end") {
      const chunk = choice.progress?.(models.get(index) ?? generation.model, update) ?? null;
      const told = chunk === null ? null : encodeFrame({ data: JSON.stringify(chunk) });
      if (section === null) yield told ?? progressComment(update);
      else if (told !== null && section.take(told, update)) yield told;
    } else {
      const { outcome } = update;
      const before = section?.rest() ?? "";
      if (outcome.state === "failed") {
        const error = openAiErrorBody(answerFailed(generation, outcome));
        yield before + encodeFrame({ data: JSON.stringify({ error: { ...errorOf(outcome), ...error } }) });
        yield done;
        return;
      }
      yield before + frame(outcome.tokenCount + 1, choice.end(modelOf(generation, outcome), outcome));
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
