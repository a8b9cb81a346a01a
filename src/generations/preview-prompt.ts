/**
 * How much of a model's context a question would take, before it is asked, and what would be left out for it. What is recalled
 * from memory is not known before, and not counted. Nothing is written.
 */
import { filesShare } from "../chat/attached-files.ts";
import { buildContext, promptBudget, splitExchanges } from "../chat/context.ts";
import type { ChatMessage, Engine } from "../chat/engine.ts";
import { passagesBeforeQuestion } from "../chat/told-passages.ts";
import { PromptTooLongError } from "../errors.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import { promptOfConversation } from "./project-receipts.ts";

export interface PromptPreview {
  /** With what was said before. */
  readonly promptTokens: number;
  /** So many of them are passages of documents, of this question and of those before: an estimate; 0: none are. */
  readonly documentTokens: number;
  /** What the model's context holds, with the answer. */
  readonly contextTokens: number;
  /** So many earlier messages would be left out. */
  readonly leftOut: number;
  /** A summary would stand for some of them. */
  readonly isSummarised: boolean;
  /** Even alone it does not fit: asked like this it would be refused. */
  readonly isTooLong: boolean;
}

interface PreviewDeps {
  readonly store: Pick<
    Store,
    "conversations" | "documents" | "generations" | "messages" | "projects" | "summaries"
  >;
  readonly engine: Pick<Engine, "countTokens" | "status">;
  /** The owner's instructions with their profile. */
  readonly systemPrompt: string;
}

export interface Draft {
  /** null: a new one. */
  readonly conversationId: string | null;
  readonly message: string;
  /** How long the texts of its files are, together, in characters. */
  readonly fileCharacters: number;
  /** How long the passages are that its documents may tell for it, together, in characters. */
  readonly documentCharacters: number;
  /** The most tokens the answer may have. */
  readonly maxTokens: number;
  /** Of a new one: its project, which is theirs. */
  readonly projectId?: string | undefined;
  /** Of a new one: those of its preset, in place of the owner's. */
  readonly instructions?: string | undefined;
}

export type PreviewPrompt = (
  ownerId: OwnerId,
  draft: Draft,
  signal: AbortSignal,
) => Promise<PromptPreview | null>;

interface PreviewSources {
  readonly store: PreviewDeps["store"];
  /** undefined: no engine could answer at present. */
  readonly ready: () => PreviewDeps["engine"] | undefined;
  readonly systemPromptOf: (ownerId: OwnerId, instructions?: string) => string;
}

/** @returns null from it when no engine is ready, or it does not say how much it holds */
export const promptPreview =
  ({ store, ready, systemPromptOf }: PreviewSources): PreviewPrompt =>
  async (ownerId, draft, signal) => {
    const engine = ready();
    if (engine === undefined) return null;
    const { conversationId } = draft;
    const own = conversationId === null ? undefined : store.conversations.get(conversationId)?.settings;
    const systemPrompt = systemPromptOf(ownerId, draft.instructions ?? own?.instructions);
    return previewPrompt({ store, engine, systemPrompt }, draft, signal);
  };

/** Below this share of the budget what the last prompt took is taken as it was: to count all again costs more than it tells. */
const surelyFits = 0.7;
const charactersOfToken = 4;

async function previewPrompt(
  { store, engine, systemPrompt }: PreviewDeps,
  { conversationId, message, fileCharacters, documentCharacters, maxTokens, projectId }: Draft,
  signal: AbortSignal,
): Promise<PromptPreview | null> {
  const contextTokens = engine.status().contextSize;
  const budgetTokens = promptBudget(contextTokens, maxTokens);
  if (contextTokens === null || budgetTokens === null) return null;
  const count = (messages: readonly ChatMessage[]) => engine.countTokens(messages, signal);
  // Each has its share at most.
  const tokensOf = (characters: number) =>
    Math.min(Math.ceil(characters / charactersOfToken), Math.floor(budgetTokens * filesShare));
  const files = tokensOf(fileCharacters);
  const passages = tokensOf(documentCharacters);
  const told = conversationId === null ? noPassages : passagesTold(store, conversationId);
  const [last] = conversationId === null ? [] : store.messages.path(conversationId, { limit: 1 });
  const before = last === undefined ? null : takenBy(store, last.id);
  if (before !== null) {
    const promptTokens = before + files + passages + (await count([{ role: "user", content: message }]));
    const documentTokens = passages + tokensOfTexts(told.values());
    if (promptTokens <= budgetTokens * surelyFits)
      return {
        ...{ promptTokens, documentTokens, contextTokens },
        ...{ leftOut: 0, isSummarised: false, isTooLong: false },
      };
  }
  const turns = (conversationId === null ? [] : store.messages.path(conversationId)).map((turn) => ({
    ...turn,
    promptContext: turn.promptContext + (told.get(turn.id) ?? ""),
  }));
  const own = conversationId === null ? undefined : store.conversations.get(conversationId);
  const project =
    conversationId === null
      ? store.projects.get(projectId ?? "")
      : store.projects.ofConversation(conversationId);
  const question = { id: "", role: "user", content: message, promptContext: "" } as const;
  try {
    const context = await buildContext({
      systemPrompt: promptOfConversation(systemPrompt, project, own?.instructions ?? "").systemPrompt,
      turns: [...turns, question],
      summaries: conversationId === null ? [] : store.summaries.ofConversation(conversationId),
      contextSize: contextTokens - files - passages,
      maxTokens,
      countTokens: count,
    });
    // A question without an answer is no loss.
    const answered = new Set(
      splitExchanges([...turns, question])
        .exchanges.flat()
        .map(({ id }) => id),
    );
    return {
      promptTokens: context.promptTokens + files + passages,
      documentTokens: passages + tokensOfTexts(context.messageIds.map((id) => told.get(id) ?? "")),
      contextTokens,
      leftOut: context.droppedMessageIds.filter((id) => answered.has(id)).length,
      isSummarised: context.summary !== null,
      isTooLong: false,
    };
  } catch (error) {
    if (!(error instanceof PromptTooLongError)) throw error;
    const promptTokens = await count([{ role: "user", content: message }]);
    return {
      ...{ promptTokens, documentTokens: 0, contextTokens },
      ...{ leftOut: 0, isSummarised: false, isTooLong: true },
    };
  }
}

const noPassages: ReadonlyMap<string, string> = new Map();

/** By question: the passages that stand before it. */
function passagesTold(
  { documents, messages }: PreviewDeps["store"],
  conversationId: string,
): ReadonlyMap<string, string> {
  if (documents.askedIn(conversationId).length === 0) return noPassages;
  const asked = messages.path(conversationId).filter(({ role }) => role === "user");
  const byMessage = documents.ofMessages(asked.map(({ id }) => id));
  return new Map([...byMessage].map(([id, passages]) => [id, passagesBeforeQuestion(passages)]));
}

function tokensOfTexts(texts: Iterable<string>): number {
  let characters = 0;
  for (const text of texts) characters += text.length;
  return Math.ceil(characters / charactersOfToken);
}

/** What the prompt of an answer and the answer itself have taken; null: it is not known, or something was left out already. */
function takenBy({ generations }: PreviewDeps["store"], answerId: string): number | null {
  const { receipt, usage } = generations.forMessage(answerId) ?? {};
  if (receipt?.promptTokens == null || usage == null || receipt.droppedMessageIds.length > 0) return null;
  return usage.promptTokens + usage.completionTokens;
}
