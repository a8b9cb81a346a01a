/** The listeners to the events of answers. Each part subscribes here, after all parts exist. */
import type { UsageLimits } from "../accounts/usage-limits.ts";
import type { ConversationLibrary } from "../conversations/library.ts";
import type { ProposalWriter } from "../conversations/proposal-writer.ts";
import type { SummaryWriter } from "../conversations/summary-writer.ts";
import type { TitleWriter } from "../conversations/title-writer.ts";
import type { EnginePool } from "../engines/engine-pool.ts";
import type {
  FinishedExchange,
  GenerationEvent,
  GenerationEvents,
} from "../generations/generation-events.ts";
import type { QuestionQueue } from "../generations/question-queue.ts";
import type { Log } from "../log.ts";
import type { AssistantMemory } from "../memory/memory.ts";
import { rememberExchange } from "../memory/remember-exchange.ts";
import type { EngineStatistics } from "../status/answer-statistics.ts";
import type { OwnerId } from "../store/schema.ts";
import type { Tracer } from "../telemetry/tracer.ts";
import { tracedAnswer } from "./tracing.ts";

interface AnswerListeners {
  readonly pool: EnginePool;
  readonly statistics: EngineStatistics;
  /** null: nothing is traced. */
  readonly tracer: Tracer | null;
  readonly limits: UsageLimits;
  readonly library: ConversationLibrary;
  readonly summaries: SummaryWriter;
  readonly titles: TitleWriter;
  readonly proposals: Pick<ProposalWriter, "consider" | "makeWay" | "wake">;
  readonly memory: Pick<AssistantMemory, "memorize" | "remembersExchanges">;
  readonly queue: Pick<QuestionQueue, "answerEnded">;
  /** Whether an answer is about documents. */
  readonly isAboutDocuments: (exchange: FinishedExchange) => boolean;
  readonly log: Log;
}

export function subscribeToAnswers(events: GenerationEvents, parts: AnswerListeners): void {
  const { pool, statistics, tracer, limits, library, summaries, titles, proposals, queue } = parts;
  events.subscribe((event) => {
    switch (event.type) {
      case "begun":
        proposals.makeWay();
        tracer?.answerBegun(event.generation.id);
        return;
      case "ended": {
        const { outcome, generation, times, ownerId } = event;
        statistics.record(outcome);
        statistics.timed(outcome, times);
        tracer?.answerEnded(tracedAnswer(outcome, generation, times, pool.status()));
        limits.charge(ownerId, tokensOf(event));
        summaries.consider(generation);
        proposals.wake();
        return queue.answerEnded(event);
      }
      case "exchanged":
        titles.consider(event.exchange.conversationId);
        return both(
          remember(parts, event.ownerId, event.exchange),
          propose(parts, event.ownerId, event.exchange),
        );
      case "changed":
        library.tell({ conversationId: event.conversationId, of: "thread" });
        library.tell({ conversationId: event.conversationId, of: "list" });
        return;
      default:
        event satisfies never;
    }
  });
}

/** How many tokens its owner has used for an answer. */
export function tokensOf({ outcome: { usage } }: Extract<GenerationEvent, { type: "ended" }>): number {
  return (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0);
}

async function both(...work: readonly Promise<void>[]): Promise<void> {
  await Promise.all(work);
}

async function propose(
  { proposals, log }: AnswerListeners,
  ownerId: OwnerId,
  { conversationId, messageId }: FinishedExchange,
): Promise<void> {
  try {
    await proposals.consider(ownerId, messageId);
  } catch (error) {
    log.warn("nothing-proposed", { conversation: conversationId, error });
  }
}

async function remember(
  { memory, isAboutDocuments, log }: AnswerListeners,
  ownerId: OwnerId,
  exchange: FinishedExchange,
): Promise<void> {
  // What stands in a document is known from the document, and gone with it.
  if (isAboutDocuments(exchange)) return;
  try {
    await rememberExchange(memory, { ...exchange, ownerId });
  } catch (error) {
    log.warn("exchange-not-remembered", { conversation: exchange.conversationId, error });
  }
}
