/**
 * Builds the prompt of a stored question for an engine, and keeps its receipt. A question's memories are recalled
 * once and stored with it: every later prompt repeats them to the letter, so that caches of it stay valid and an
 * resumed answer has the prompt that it began with.
 */

import { type ApiRequest, messagesOf } from "../chat/api-request.ts";
import {
  type BuiltContext,
  buildContext,
  type Exchange,
  memoriesBeforeQuestion,
  promptBudget,
  splitExchanges,
  type TurnSummary,
} from "../chat/context.ts";
import type { ChatMessage, Engine } from "../chat/engine.ts";
import { NotFoundError } from "../errors.ts";
import type { Store } from "../store/database.ts";
import type { MemoryScope } from "../store/memory-scope.ts";
import type { ContextReceipt, Generation, Memory, Message, OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { withFiles } from "./files-of-prompt.ts";
import { givenPrompt, isMade, receiptWith } from "./new-rows.ts";
import { withPassages } from "./passages-of-prompt.ts";
import { scopeOfProject } from "./project-receipts.ts";
import { withWholePictures } from "./stored-pictures.ts";

interface RecalledMemory {
  readonly memory: Memory;
  /** Higher is nearer to the question. */
  readonly score: number;
}

export type Recall = (
  question: string,
  limit: number,
  options: {
    /** Whose memories are recalled. */
    readonly ownerId: OwnerId;
    /** Absent: of no project. */
    readonly scope?: MemoryScope;
    readonly exceptConversation: string;
    readonly signal: AbortSignal;
  },
) => Promise<readonly RecalledMemory[]>;

export interface PromptDeps {
  readonly store: Pick<
    Store,
    | "conversations"
    | "messages"
    | "generations"
    | "summaries"
    | "facts"
    | "contents"
    | "files"
    | "documents"
    | "projects"
    | "commit"
  >;
  readonly recall: Recall;
  /** The instructions with the owner's profile. */
  readonly systemPrompt: string;
  /** The conversation's project, with the place of its instructions in `systemPrompt`. */
  readonly project?: ContextReceipt["project"];
}

/**
 * Recalls the memories for a generation that has not begun, and writes them into its question and its receipt; when
 * there are none, nothing is written yet.
 * @returns the generation as it is now
 */
export async function recallForQuestion(
  deps: PromptDeps,
  generation: Generation,
  ownerId: OwnerId,
  signal: AbortSignal,
): Promise<Generation> {
  if (generation.receipt !== null && givenPrompt(generation) === null) return generation;
  const question = questionOf(deps, generation);
  const isRetry = question.promptContext !== "" && generation.memoryContext > 0;
  const recalled =
    isRetry || generation.memoryContext === 0
      ? []
      : await deps.recall(question.content, generation.memoryContext, {
          ownerId,
          ...scopeOfConversation(deps, generation.conversationId),
          exceptConversation: generation.conversationId,
          signal,
        });
  const receipt: ContextReceipt = {
    ...receiptWith(deps.systemPrompt, deps.project),
    memories: isRetry
      ? earlierMemories(deps, generation)
      : recalled.map(({ memory, score }) => ({ id: memory.id, ...quoted(memory), score })),
  };
  // The receipt alone is stored with the engine's beginning: until then there is nothing to record.
  if (recalled.length > 0)
    await deps.store.commit(() => {
      deps.store.messages.setPromptContext(
        question.id,
        memoriesBeforeQuestion(recalled.map(({ memory }) => quoted(memory))),
      );
      deps.store.generations.update(generation.id, { receipt });
    });
  return { ...generation, receipt };
}

/**
 * @param options `room`: the tokens that something else takes of the engine's context
 * @throws PromptTooLongError
 */
export async function promptFor(
  deps: PromptDeps,
  generation: Generation,
  engine: Engine,
  { signal, room = 0 }: { readonly signal: AbortSignal; readonly room?: number | undefined },
): Promise<{ readonly context: BuiltContext; readonly receipt: ContextReceipt }> {
  const before = generation.receipt;
  const { contextSize } = engine.status();
  const systemPrompt = before?.systemPrompt ?? deps.systemPrompt;
  const held = {
    systemPrompt,
    contextSize: contextSize === null ? null : contextSize - room,
    maxTokens: generation.sampling.maxTokens,
    countTokens: (messages: readonly ChatMessage[], room: number | null = null) =>
      engine.countTokens(messages, signal, room),
  };
  const messages = withoutUnused(deps, generation);
  const attached = await withFiles({
    ...held,
    store: deps.store,
    messages,
    readBefore: before?.promptTokens == null ? undefined : before.files,
  });
  const { files } = attached;
  const { turns, passages } = await withPassages({
    ...held,
    store: deps.store,
    turns: attached.turns,
    wasMade: before?.promptTokens != null,
  });
  const context = await buildContext({ ...held, turns, summaries: summariesFor(deps, generation) });
  const { messageIds, droppedMessageIds, promptTokens, budgetTokens, summary } = context;
  const memories = before?.memories ?? [];
  const project = before === null ? deps.project : before.project;
  const complete = {
    ...{ systemPrompt, messageIds, droppedMessageIds, memories, promptTokens, budgetTokens },
    ...(project === undefined ? {} : { project }),
    ...(files === undefined ? {} : { files }),
    ...(passages === undefined ? {} : { passages }),
  };
  return { context, receipt: summary === null ? complete : { ...complete, summary: summaryOf(summary) } };
}

const quoted = ({ key, value, kind }: Memory) => ({
  key,
  value,
  ...(kind === "exchange" ? { kind } : {}),
});

/** The exchanges that the prompt of an answer left out, oldest first, whether or not a summary stood for them. */
export function exchangesLeftOut(
  store: Pick<Store, "messages">,
  { questionId, receipt }: Pick<Generation, "questionId" | "receipt">,
): readonly Exchange[] {
  const leftOut = new Set(receipt?.droppedMessageIds ?? []);
  const turns = store.messages.ancestors(questionId);
  if (leftOut.size === 0 || turns.length === 0) return [];
  return splitExchanges(turns).exchanges.filter(([, answer]) => leftOut.has(answer.id));
}

/** A prompt that was made once keeps its summary, or its lack of one: the same receipt is the same prompt. */
function summariesFor(
  { store }: PromptDeps,
  { receipt, conversationId }: Generation,
): readonly TurnSummary[] {
  if (receipt === null || receipt.promptTokens === null)
    return store.summaries.ofConversation(conversationId);
  return receipt.summary === undefined ? [] : [receipt.summary];
}

const summaryOf = ({ messageId, content, model }: TurnSummary): TurnSummary => ({
  messageId,
  content,
  model,
});

/** What a client of /v1 sent is the prompt as it is: nothing is added, and nothing is left out. */
export async function promptOfRequest(
  { store }: PromptDeps,
  { request, sampling }: { readonly request: ApiRequest } & Pick<Generation, "sampling">,
  engine: Engine,
  signal: AbortSignal,
): Promise<{
  readonly context: { readonly messages: readonly ChatMessage[] };
  readonly receipt: ContextReceipt;
}> {
  const messages = await withWholePictures(store, messagesOf(request));
  const room = promptBudget(engine.status().contextSize, sampling.maxTokens);
  const promptTokens = request.prompt === undefined ? await engine.countTokens(messages, signal, room) : null;
  return {
    context: { messages },
    receipt: {
      systemPrompt: messages[0]?.role === "system" ? messages[0].content : "",
      messageIds: [],
      droppedMessageIds: [],
      memories: [],
      promptTokens,
      budgetTokens: null,
    },
  };
}

/** Of two answers to a question one may be asked for without memories: it, and what follows it, has none of the other's. */
function withoutUnused({ store }: PromptDeps, { questionId, memoryContext }: Generation): readonly Message[] {
  const path = store.messages.ancestors(questionId);
  return path.map((message, at) => {
    if (message.promptContext === "") return message;
    const answer = path[at + 1];
    const isWithout =
      answer === undefined ? memoryContext === 0 : store.generations.isWithoutMemories(answer.id);
    return isWithout ? { ...message, promptContext: "" } : message;
  });
}

function questionOf({ store }: PromptDeps, generation: Generation): Message {
  const question = store.messages.get(generation.questionId);
  if (question === undefined) throw new NotFoundError(say`The question of this answer has been deleted.`);
  return question;
}

/** What is remembered in its project, and elsewhere where that is wished. */
function scopeOfConversation(
  { store }: PromptDeps,
  conversationId: string,
): { readonly scope?: MemoryScope } {
  const project = store.projects.ofConversation(conversationId);
  return project === undefined ? {} : { scope: scopeOfProject(project) };
}

/** A question that is asked again keeps the memories of the first time. */
function earlierMemories({ store }: PromptDeps, generation: Generation): ContextReceipt["memories"] {
  const earlier = store.generations
    .ofConversation(generation.conversationId)
    .find(
      ({ questionId, receipt, memoryContext }) =>
        questionId === generation.questionId && memoryContext > 0 && receipt !== null && isMade(receipt),
    );
  return earlier?.receipt?.memories ?? [];
}
