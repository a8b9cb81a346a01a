/**
 * The answers to one request of /v1: one, or several choices (`n`, a list of prompts), each a generation of its own. So many
 * are written at once as the engines have slots and the user may have; the others are asked when one has ended.
 */

import { answerFailed, begunAnswer, ReaderLeftError, reasoningTokensOf } from "../dialects/answer.ts";
import type { GenerationUpdate, Outcome } from "../generations/generation-update.ts";
import type { Question } from "../generations/question.ts";
import { usageOf } from "../http/answer-outcome.ts";
import { BadFieldError } from "../http/openai-error.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { merged } from "./merged.ts";

/** Of all prompts of a request together. */
export const mostAnswers = 128;

export interface Choice {
  readonly index: number;
  readonly generation: Generation;
}

export interface ChoiceUpdate extends Choice {
  /** null: it has begun. */
  readonly update: GenerationUpdate | null;
}

export interface Choices {
  /** Its id and its time are those of the whole reply. */
  readonly first: Generation;
  readonly count: number;
  /** Read them once. */
  readonly updates: AsyncIterable<ChoiceUpdate>;
}

export interface EndedChoice extends Choice {
  readonly outcome: Outcome;
  /** The whole answer. */
  readonly logged: readonly LoggedToken[];
}

/**
 * The questions of a request with `n` choices of each prompt: those of one prompt stand together. Choices of a seed differ,
 * as each has the next one; the first alone is kept and has the request's own idempotency key.
 * @throws BadFieldError
 */
export function questionsOf(prompts: readonly Question[], n: number): readonly Question[] {
  if (prompts.length * n > mostAnswers)
    throw new BadFieldError("n", `times the number of prompts must be at most ${mostAnswers}.`);
  return prompts.flatMap((question, prompt) =>
    Array.from({ length: n }, (_, choice) => {
      const index = prompt * n + choice;
      if (index === 0) return question;
      const { idempotencyKey: key, sampling, request, ...rest } = question;
      const { completion: _completion, ...asked } = request ?? { messages: [] };
      const { seed } = sampling;
      return {
        ...rest,
        request: asked,
        sampling: seed === undefined ? sampling : { ...sampling, seed: (seed + choice) % 2 ** 32 },
        isKept: false,
        ...(key === undefined ? {} : { idempotencyKey: `${key}#${index}` }),
      };
    }),
  );
}

/**
 * Begins the first answer; the others are begun when `updates` is read.
 * @param slots how many answers can be written at once
 * @param isWaitedFor false: the reader may come back later, and the answer is written all the same
 * @throws what Generations.ask throws
 */
export async function begunChoices(
  workspace: Workspace,
  [question, ...others]: readonly Question[],
  request: Request,
  slots: number,
  isWaitedFor = true,
): Promise<Choices> {
  if (question === undefined) throw new BadFieldError("prompt", "is missing.");
  const first = await begunAnswer(workspace, question, request, isWaitedFor);
  const count = others.length + 1;
  return { first, count, updates: updatesOf(workspace, first, others, request, slots) };
}

async function* updatesOf(
  workspace: Workspace,
  first: Generation,
  others: readonly Question[],
  request: Request,
  slots: number,
): AsyncGenerator<ChoiceUpdate, void, undefined> {
  const { generations } = workspace;
  const over = new AbortController();
  const reader = AbortSignal.any([request.signal, over.signal]);
  const begun: Generation[] = [];
  let next = 0;
  async function* read(generation: Generation, index: number): AsyncGenerator<ChoiceUpdate, void, undefined> {
    begun.push(generation);
    yield { index, generation, update: null };
    for await (const update of generations.follow(generation.id, 0, reader))
      yield { index, generation, update };
  }
  async function* readInTurn(isFirst: boolean): AsyncGenerator<ChoiceUpdate, void, undefined> {
    if (isFirst) yield* read(first, 0);
    while (!reader.aborted) {
      const index = next++;
      const question = others[index];
      if (question === undefined) return;
      yield* read(await begunAnswer(workspace, question, request), index + 1);
    }
  }
  const atOnce = Math.max(1, Math.min(others.length + 1, slots, workspace.answersLeft + 1));
  let isComplete = false;
  try {
    yield* merged(Array.from({ length: atOnce }, (_, place) => readInTurn(place === 0)));
    isComplete = true;
  } finally {
    over.abort();
    // Where one has failed the others of its request are of no use.
    if (!isComplete && begun.length > 1) for (const { id } of begun) generations.stop(id);
  }
}

/**
 * Waits until all have ended.
 * @throws AnswerFailedError when one fails; ReaderLeftError
 */
export async function endsOfChoices(
  { generations }: Workspace,
  { count, updates }: Choices,
  reader: AbortSignal,
): Promise<readonly EndedChoice[]> {
  const ended: EndedChoice[] = [];
  for await (const { index, generation, update } of updates) {
    if (update?.type !== "end") continue;
    const { outcome } = update;
    if (outcome.state === "failed")
      throw answerFailed(generation, outcome, {
        partial_response: generations.textSoFar(generation.id).text,
      });
    ended.push({ index, generation, outcome, logged: generations.tokens(generation.id, 0) });
  }
  if (ended.length === count) return ended.toSorted((one, other) => one.index - other.index);
  if (reader.aborted) throw new ReaderLeftError("The client has disconnected.");
  throw new BadFieldError("The answer", "was deleted while it was written.");
}

/** @param n choices of a prompt: the prompt itself is counted once */
export function usageOfChoices(choices: readonly Omit<EndedChoice, "generation">[], n: number) {
  const sums = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  let reasoning = 0;
  for (const { index, outcome, logged } of choices) {
    const { promptTokens = 0, cachedTokens = 0, completionTokens = 0 } = outcome.usage ?? {};
    if (index % n === 0) {
      sums.promptTokens += promptTokens;
      sums.cachedTokens += cachedTokens;
    }
    sums.completionTokens += completionTokens;
    reasoning += reasoningTokensOf(logged);
  }
  return { ...usageOf(sums), completion_tokens_details: { reasoning_tokens: reasoning } };
}

/** Durations and speeds of the first choice, by the names of llama.cpp, whose programs ask for them. */
export function timingsOf([first]: readonly Omit<EndedChoice, "generation">[]) {
  const { usage, timings } = first?.outcome ?? {};
  if (usage == null || timings == null) return null;
  return {
    cache_n: usage.cachedTokens,
    prompt_n: usage.promptTokens - usage.cachedTokens,
    prompt_ms: timings.promptMs,
    prompt_per_second: timings.promptPerSecond,
    predicted_n: usage.completionTokens,
    predicted_ms: timings.decodeMs,
    predicted_per_second: timings.decodePerSecond,
  };
}
