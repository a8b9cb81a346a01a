/**
 * Builds the prompt of a stored question for an engine, and keeps its receipt. A question's memories are recalled
 * once and stored with it: every later prompt repeats them to the letter, so that caches of it stay valid and an
 * answer that is taken up again has the prompt that it began with.
 */
import { type BuiltContext, buildContext, memoriesBeforeQuestion, systemPromptFor } from "../chat/context.ts";
import type { Engine } from "../chat/engine.ts";
import { NotFoundError } from "../errors.ts";
import type { Profile } from "../settings.ts";
import type { Store } from "../store/database.ts";
import type { ContextReceipt, Generation, Memory, Message } from "../store/schema.ts";

export interface RecalledMemory {
  readonly memory: Memory;
  /** Higher is nearer to the question. */
  readonly score: number;
}

export type Recall = (
  question: string,
  limit: number,
  options: { readonly exceptConversation: string; readonly signal: AbortSignal },
) => Promise<readonly RecalledMemory[]>;

export interface PromptDeps {
  readonly store: Pick<Store, "messages" | "generations" | "commit">;
  readonly recall: Recall;
  readonly systemPrompt: string;
  readonly profile: Profile;
}

/**
 * Recalls the memories for a generation that has not begun, and writes them into its question and its receipt; when
 * there are none, nothing is written yet.
 * @returns the generation as it is now
 */
export async function recallForQuestion(
  deps: PromptDeps,
  generation: Generation,
  signal: AbortSignal,
): Promise<Generation> {
  if (generation.receipt !== null) return generation;
  const question = questionOf(deps, generation);
  const isRetry = question.promptContext !== "";
  const recalled =
    isRetry || generation.memoryContext === 0
      ? []
      : await deps.recall(question.content, generation.memoryContext, {
          exceptConversation: generation.conversationId,
          signal,
        });
  const receipt: ContextReceipt = {
    systemPrompt: systemPromptFor(deps.systemPrompt, deps.profile),
    messageIds: [],
    droppedMessageIds: [],
    memories: isRetry
      ? earlierMemories(deps, generation)
      : recalled.map(({ memory, score }) => ({ id: memory.id, key: memory.key, score })),
    promptTokens: null,
    budgetTokens: null,
  };
  // The receipt alone is stored with the engine's beginning: until then nothing has been done that it must tell of.
  if (recalled.length > 0)
    await deps.store.commit(() => {
      deps.store.messages.setPromptContext(
        question.id,
        memoriesBeforeQuestion(recalled.map(({ memory }) => memory)),
      );
      deps.store.generations.update(generation.id, { receipt });
    });
  return { ...generation, receipt };
}

/** @throws PromptTooLongError */
export async function promptFor(
  deps: PromptDeps,
  generation: Generation,
  engine: Engine,
  signal: AbortSignal,
): Promise<{ readonly context: BuiltContext; readonly receipt: ContextReceipt }> {
  const before = generation.receipt;
  const systemPrompt = before?.systemPrompt ?? systemPromptFor(deps.systemPrompt, deps.profile);
  const context = await buildContext({
    systemPrompt,
    turns: deps.store.messages.ancestors(generation.questionId),
    contextSize: engine.status().contextSize,
    maxTokens: generation.sampling.maxTokens,
    countTokens: (messages) => engine.countTokens(messages, signal),
  });
  const { messageIds, droppedMessageIds, promptTokens, budgetTokens } = context;
  const memories = before?.memories ?? [];
  return {
    context,
    receipt: { systemPrompt, messageIds, droppedMessageIds, memories, promptTokens, budgetTokens },
  };
}

function questionOf({ store }: PromptDeps, generation: Generation): Message {
  const question = store.messages.get(generation.questionId);
  if (question === undefined) throw new NotFoundError("The question of this answer has been deleted.");
  return question;
}

/** A question that is asked again keeps the memories of the first time. */
function earlierMemories({ store }: PromptDeps, generation: Generation): ContextReceipt["memories"] {
  const earlier = store.generations
    .ofConversation(generation.conversationId)
    .find(({ questionId, receipt }) => questionId === generation.questionId && receipt !== null);
  return earlier?.receipt?.memories ?? [];
}
