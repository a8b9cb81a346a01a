/**
 * Summarises what no longer fits into a conversation's prompt, so that the model still knows of it. It works in the
 * background and never delays answers: it runs only while an engine is idle, and gives up as
 * soon as an answer waits; the text so far is kept, and the next answer's end continues from there. Until then, and
 * when the model has nothing usable to say, what was left out stays left out, and the receipt says so.
 */
import type { Exchange, TurnSummary } from "../chat/context.ts";
import type { Engine } from "../chat/engine.ts";
import { exchangesLeftOut } from "../generations/prompt-of.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Generation } from "../store/schema.ts";
import { acquireIdle, type IdleEngines, isIdle, othersOn } from "./idle-engine.ts";
import { mostReadTokens, writeSummary } from "./write-summary.ts";

interface SummaryWriterDeps extends IdleEngines {
  readonly store: Pick<Store, "conversations" | "messages" | "summaries" | "commit">;
  readonly log: Log;
}

/** An answer that has ended. */
type EndedAnswer = Pick<Generation, "conversationId" | "questionId" | "receipt">;

/** The deadline for all that one answer left out; the rest continues after the next answer. */
const deadlineMs = 5 * 60_000;
const lookAgainMs = 50;

export class SummaryWriter implements AsyncDisposable {
  readonly #deps: SummaryWriterDeps;
  readonly #closing = new AbortController();
  /** The messages up to which the model had nothing usable to say: while the program runs it is not asked again. */
  readonly #hopeless = new Set<string>();
  #work: Promise<void> = Promise.resolve();

  constructor(deps: SummaryWriterDeps) {
    this.#deps = deps;
  }

  /**
   * Reports that an answer has ended. It neither waits nor throws; the database is read in its turn, since many
   * answers may end at one moment.
   */
  consider(answer: EndedAnswer): void {
    if (this.#closing.signal.aborted || (answer.receipt?.droppedMessageIds.length ?? 0) === 0) return;
    const { conversationId: conversation } = answer;
    this.#work = this.#work
      .then(() => this.#summarise(answer))
      // A rejection that nobody handles would end the server.
      .catch((error: unknown) => this.#deps.log.error("defect", { conversation, error }));
  }

  /** Resolves when all requests so far have been tried. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  async #summarise(answer: EndedAnswer): Promise<void> {
    const { log } = this.#deps;
    if (this.#closing.signal.aborted || !isIdle(this.#deps)) return;
    const { earlier, exchanges } = this.#notCovered(answer);
    const last = exchanges.at(-1)?.[1].id;
    if (last === undefined || this.#hopeless.has(last)) return;
    const giveUp = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, giveUp.signal, AbortSignal.timeout(deadlineMs)]);
    const { conversationId } = answer;
    try {
      using lease = await acquireIdle(this.#deps, mostReadTokens, () => giveUp.abort(), signal);
      const { engine } = lease;
      if (othersOn(engine, 0)) return;
      using _ = this.#watch(engine, () => giveUp.abort());
      const onSummary = (summary: TurnSummary) => this.#store(conversationId, summary);
      if (!(await writeSummary({ engine, conversationId, earlier, exchanges, onSummary, signal })))
        this.#hopeless.add(last);
    } catch (error) {
      if (!signal.aborted) log.debug("summary-not-written", { conversation: conversationId, error });
    }
  }

  /** The newest summary of what an answer left out, and the exchanges that it does not cover. */
  #notCovered(answer: EndedAnswer): { readonly earlier: string; readonly exchanges: readonly Exchange[] } {
    const { store } = this.#deps;
    if (store.conversations.get(answer.conversationId) === undefined) return { earlier: "", exchanges: [] };
    const leftOut = exchangesLeftOut(store, answer);
    const stored = store.summaries.ofConversation(answer.conversationId);
    const contents = new Map(stored.map(({ messageId, content }) => [messageId, content]));
    const covered = leftOut.findLastIndex(([, { id }]) => contents.has(id));
    return {
      earlier: contents.get(leftOut[covered]?.[1].id ?? "") ?? "",
      exchanges: leftOut.slice(covered + 1),
    };
  }

  async #store(conversationId: string, summary: TurnSummary): Promise<void> {
    const { store, log } = this.#deps;
    await store.commit(() => {
      // Deleted meanwhile: nobody needs it.
      if (store.messages.get(summary.messageId) !== undefined)
        store.summaries.insert({ ...summary, conversationId, createdAt: Date.now() });
    });
    const { messageId, model, content } = summary;
    log.debug("summary-written", {
      conversation: conversationId,
      message: messageId,
      model,
      length: content.length,
    });
  }

  /** Engines do not report waiting answers: it polls, also while the model still reads. */
  #watch(engine: Engine, giveUp: () => void): Disposable {
    const timer = setInterval(() => {
      if (this.#deps.engines.waiting > 0 || othersOn(engine, 1)) giveUp();
    }, lookAgainMs);
    return { [Symbol.dispose]: () => clearInterval(timer) };
  }
}
