/** What the dialects have in common: an answer that is begun, waited for, and read from the log as a whole. */
import { AppError } from "../errors.ts";
import { ConversationBusyError } from "../generations/generation-errors.ts";
import type { Outcome } from "../generations/generation-update.ts";
import { callsOf, type LoggedCall } from "../generations/logged-calls.ts";
import type { Question } from "../generations/question.ts";
import { AnswerFailedError } from "../http/api-errors.ts";
import { BadFieldError } from "../http/openai-error.ts";
import type { Log } from "../log.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { stopAndWait } from "../workspace/end-answers.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface DialectDeps {
  readonly workspaceOf: (request: Request) => Workspace;
  /** How many answers can be written at once. */
  readonly slots: () => number;
  readonly log: Log;
}

/** An answer is stopped this many milliseconds after its reader has left; until then the reader may come back. */
const abandonedMs = 3_000;

/**
 * @param isWaitedFor whether somebody reads the answer while it is written; one in the background is read later
 * @throws what Generations.ask throws
 */
export async function begunAnswer(
  workspace: Workspace,
  question: Question,
  request: Request,
  isWaitedFor = true,
): Promise<Generation> {
  const generation = await workspace.generations.ask(question);
  // One in the list of conversations is read there.
  if (question.isKept !== true && isWaitedFor) stopWithoutReader(workspace, generation, request);
  return generation;
}

/** Programs give up more often than they lose a connection: an answer without a reader has no slot. */
export const stopWithoutReader = ({ generations }: Workspace, { id }: Generation, request: Request): void =>
  generations.stopWhenAbandoned(id, request.signal, abandonedMs);

/** A reply that nobody reads: no defect. 499 is what nginx calls it. */
export class ReaderLeftError extends AppError {
  readonly status = 499;
  readonly code = "reader_left";
}

/**
 * Waits for an answer's end; while it does, it is one of the answer's readers.
 * @param reader aborted when the client has left
 * @throws AnswerFailedError with what was written until then; ReaderLeftError
 */
export async function endOfAnswer(
  { generations }: Workspace,
  generation: Generation,
  reader: AbortSignal,
): Promise<Outcome> {
  const { id } = generation;
  const outcome = await generations.ended(id, reader);
  if (outcome?.state === "failed")
    throw answerFailed(generation, outcome, { partial_response: generations.textSoFar(id).text });
  if (outcome !== null) return outcome;
  if (reader.aborted) throw new ReaderLeftError("The client has disconnected.");
  throw new BadFieldError("The answer", "was deleted while it was written.");
}

const namesOfResponses: Readonly<Record<string, string>> = {
  messages: "input",
  response_format: "text.format",
};

/** A failure with the answer's id, and the field that an engine could not use by the name that the request has for it. */
export function answerFailed(
  { id, request }: Generation,
  outcome: Outcome,
  facts: { readonly partial_response?: string } = {},
): AnswerFailedError {
  const param = outcome.error?.param;
  const named =
    (request?.response === undefined || param === undefined ? undefined : namesOfResponses[param]) ?? param;
  return new AnswerFailedError(outcome, {
    ...(named === undefined ? {} : { param: named }),
    generation_id: id,
    ...facts,
  });
}

/** To stop takes an engine a token; a prompt that is being read, a piece of it. */
const stopMs = 10_000;

/** Until nothing more is written. @throws ConversationBusyError when that takes too long */
export async function stopForGood({ generations }: Workspace, { id }: Generation): Promise<void> {
  if (!(await stopAndWait(generations, id, AbortSignal.timeout(stopMs)))) throw new ConversationBusyError();
}

interface WholeAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly LoggedCall[];
  /** Those of the text alone. */
  readonly tokens: readonly LoggedToken[];
}

export function wholeAnswer(tokens: readonly LoggedToken[]): WholeAnswer {
  const written = tokens.filter(
    ({ reasoning, continued, toolPiece, toolCall, echoed }) =>
      !reasoning && !continued && !toolPiece && !toolCall && !echoed,
  );
  const toolCalls = callsOf(tokens);
  const text = written.map((token) => token.text).join("");
  return {
    // What stands before a call is often only the line that leads to it.
    text: toolCalls.length > 0 ? text.trimEnd() : text,
    reasoning: tokens.flatMap((token) => (token.reasoning ? [token.text] : [])).join(""),
    toolCalls,
    tokens: written,
  };
}

export const modelOf = (generation: Generation, { writers }: Pick<Outcome, "writers">) =>
  writers.at(-1)?.model ?? generation.model;

export const reasoningTokensOf = (tokens: readonly LoggedToken[]): number =>
  tokens.reduce((sum, { reasoning, ids }) => sum + (reasoning ? Math.max(1, ids.length) : 0), 0);

export const headersOf = ({ id, conversationId }: Generation) => ({
  "x-generation-id": id,
  "x-conversation-id": conversationId,
});
