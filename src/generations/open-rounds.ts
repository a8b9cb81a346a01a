/** Which tools an answer of a chat may call, and the rounds in which it does. It knows nothing of engines. */
import type { Store } from "../store/database.ts";
import type { Generation, LoggedToken, OwnerId } from "../store/schema.ts";
import { answerFigures, type FigureDeps, hasSources } from "./answer-figures.ts";
import { ForeignCalls } from "./foreign-calls.ts";
import type { ForeignTools, ForeignToolsFor } from "./foreign-tools.ts";
import { noTools, notComputed, type OwnTools, type OwnToolsFor } from "./own-tools.ts";
import { ToolRounds } from "./tool-rounds.ts";
import { type SourceDeps, turnSources } from "./turn-sources.ts";
import type { WaitingCalls } from "./waiting-calls.ts";
import { textOf } from "./written-text.ts";

export interface RoundsDeps {
  readonly store: FigureDeps &
    SourceDeps & {
      readonly messages: Pick<Store["messages"], "get">;
      readonly facts: Pick<Store["facts"], "insert">;
      readonly documents: Pick<Store["documents"], "askedIn">;
    };
  /** Left out: models are offered no tools of the program in a chat. */
  readonly toolsFor?: OwnToolsFor;
  /** Left out: there are no other programs' tools. */
  readonly foreignToolsFor?: ForeignToolsFor;
  readonly waiting: WaitingCalls;
}

/** The answer that has the rounds. */
interface RoundsAnswer {
  readonly ownerId: OwnerId;
  readonly signal: AbortSignal;
  /** Every entry that was taken. */
  readonly taken: readonly LoggedToken[];
  /** The row as it is now. */
  generation(): Generation;
  take(entry: LoggedToken): void;
  store(patch: Partial<Pick<Generation, "receipt">>, alsoStore: () => void): Promise<void>;
  settled(): Promise<void>;
  rest(): Promise<void>;
}

/** @returns null: none has any bearing on the question */
export async function openRounds(deps: RoundsDeps, answer: RoundsAnswer): Promise<ToolRounds | null> {
  const { store } = deps;
  const { id, request, questionId, conversationId, sampling, mayWait } = answer.generation();
  if (request !== null) return null;
  const { ownerId, signal, taken } = answer;
  const question = store.messages.get(questionId)?.content ?? "";
  const wasCalled = taken.some(({ toolUse }) => toolUse !== undefined);
  // What stands in a document cannot have anything computed.
  const offered = store.documents.askedIn(conversationId).length > 0 ? undefined : deps.toolsFor;
  const own = offered?.(question, ownerId) ?? null;
  const foreign = mayWait
    ? ((await deps.foreignToolsFor?.({ question, ownerId, conversationId, signal })) ?? null)
    : null;
  const tools = foreign === null ? (own ?? (wasCalled ? noTools : null)) : withForeign(own, foreign);
  if (tools === null) return null;
  const rounds: ToolRounds = new ToolRounds(tools, {
    ...{ sampling, taken, take: answer.take },
    store: (facts, textOffset) => {
      const { receipt } = answer.generation();
      return answer.store(receipt === null ? {} : { receipt: { ...receipt, ...rounds.called() } }, () =>
        store.facts.insert({ ownerId, generationId: id, facts, textOffset, createdAt: Date.now() }),
      );
    },
    isKnown: (text) => hasSources(answerFigures(store, answer.generation()), text, textOf(taken).length),
    foreign:
      foreign === null
        ? null
        : new ForeignCalls(foreign, {
            ...{ id, taken, take: answer.take, settled: answer.settled, rest: answer.rest },
            sources: () => turnSources(store, answer.generation(), taken),
            waiting: deps.waiting,
          }),
  });
  return rounds;
}

/** What the user has turned on for the conversation comes first. */
const withForeign = (own: OwnTools | null, foreign: ForeignTools): OwnTools => ({
  tools: [...foreign.tools, ...(own?.tools ?? [])],
  limits: (model) => foreign.limits(model),
  call: async (call, isKnown) => own?.call(call, isKnown) ?? notComputed(`There is no tool ${call.name}.`),
});
