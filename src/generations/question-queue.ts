/**
 * The questions that wait in a conversation until the answer before them has ended. The first is asked when that answer is
 * complete. After a stop or a failure all are held: until somebody sends one, or another answer there is complete. What is
 * refused for want of room is tried again. It knows nothing of HTTP, and nothing of whose a conversation is.
 */
import { AppError, InvalidRequestError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Generation, OwnerId, QueuedQuestion } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import {
  ConversationBusyError,
  mostQueued,
  QuestionGoneError,
  ShutdownRequest,
  ShuttingDownError,
  TooManyQueuedError,
} from "./generation-errors.ts";
import type { GenerationEvents } from "./generation-events.ts";
import type { Outcome } from "./generation-update.ts";
import type { Generations } from "./generations.ts";
import type { Question } from "./question.ts";
import { randomSeed, requireConversation } from "./store-question.ts";

interface QuestionQueueDeps {
  readonly store: Pick<
    Store,
    "commit" | "conversations" | "documents" | "generations" | "messages" | "queuedQuestions"
  >;
  readonly generations: Pick<Generations, "ask" | "askQueued" | "get" | "isBusy" | "stopIn"> & {
    readonly events: Pick<GenerationEvents, "emit">;
  };
  /** Asks within the owner's limits. @throws TooManyRequestsError, or what `ask` throws */
  readonly admit: <T>(ownerId: OwnerId, ask: () => Promise<T>) => Promise<T>;
  /** @throws UnknownModelError */
  readonly resolveModel: (name: string) => string;
  readonly log: Log;
  /** Milliseconds after which a question that was refused is tried again; for tests. */
  readonly retryMs?: number;
}

/** What has become of a question: it is asked, or waits at this place (1: it is next). */
export type Placed =
  | { readonly type: "asked"; readonly generation: Generation }
  | { readonly type: "queued"; readonly question: QueuedQuestion; readonly place: number };

interface EndedAnswer {
  readonly generation: Pick<Generation, "conversationId">;
  readonly outcome: Pick<Outcome, "state">;
}

const retryMs = 2_000;
/** No room at present: limits of a user, a full queue of the engines, a disk that refuses. */
const passing: readonly number[] = [429, 503, 507];

export class QuestionQueue implements Disposable {
  readonly #deps: QuestionQueueDeps;
  /** The conversations in which a question was refused. */
  readonly #refused = new Map<string, ReturnType<typeof setTimeout>>();
  /** Those who wait for what becomes of a question. */
  #changed = Promise.withResolvers<void>();
  #isOver = false;

  constructor(deps: QuestionQueueDeps) {
    this.#deps = deps;
  }

  /** In the order in which they are asked. */
  list(conversationId: string): readonly QueuedQuestion[] {
    return this.#deps.store.queuedQuestions.ofConversation(conversationId);
  }

  get(id: string): QueuedQuestion | undefined {
    return this.#deps.store.queuedQuestions.get(id);
  }

  /** Which place a question has in its queue; 1: it is asked next. */
  placeOf({ id, conversationId }: QueuedQuestion): number {
    return this.list(conversationId).findIndex((each) => each.id === id) + 1;
  }

  /**
   * Asks, or stores the question as the last of the queue when an answer is being written in its conversation. The same
   * idempotency key places one question.
   * @throws TooManyQueuedError, or what `Generations.ask` throws; nothing is stored then
   */
  async place(question: Question): Promise<Placed> {
    const { generations, admit } = this.#deps;
    const { conversationId, idempotencyKey: key, ownerId = null } = question;
    if (question.after !== undefined)
      throw new InvalidRequestError(say`A question that may wait is asked at the end of its conversation.`, {
        param: "queue",
      });
    const known = key === undefined ? undefined : this.#deps.store.queuedQuestions.byIdempotencyKey(key);
    if (known !== undefined) return this.#placed(known);
    // What waits for its turn comes first; what is held does not.
    const mustWait = (id: string) => generations.isBusy(id) || this.list(id).some(({ isHeld }) => !isHeld);
    if (conversationId === undefined || !mustWait(conversationId))
      try {
        return { type: "asked", generation: await admit(ownerId, () => generations.ask(question)) };
      } catch (error) {
        if (!(error instanceof ConversationBusyError) || conversationId === undefined) throw error;
      }
    return this.#add({ ...question, conversationId }, ownerId);
  }

  async #add(question: Question & { readonly conversationId: string }, ownerId: OwnerId): Promise<Placed> {
    const { store, resolveModel } = this.#deps;
    const { conversationId, idempotencyKey: key, model, memoryContext } = question;
    const placed = await store.commit((): Placed => {
      const asked = key === undefined ? undefined : store.generations.byIdempotencyKey(key);
      if (asked !== undefined) return { type: "asked", generation: asked };
      const known = key === undefined ? undefined : store.queuedQuestions.byIdempotencyKey(key);
      if (known !== undefined) return this.#placed(known);
      requireConversation(store, conversationId, ownerId);
      // It is resolved again when it is asked; a name that nobody knows is refused at once.
      resolveModel(model);
      if (this.list(conversationId).length >= mostQueued) throw new TooManyQueuedError();
      // They are of the conversation, whenever its next question is asked.
      if (question.documents !== undefined) store.documents.chooseFor(conversationId, question.documents);
      const { seed = randomSeed(), ...sampling } = question.sampling;
      const row = store.queuedQuestions.add({
        ...{ id: Bun.randomUUIDv7(), conversationId, content: question.message, model, memoryContext },
        ...{ sampling: { ...sampling, seed }, idempotencyKey: key ?? null, createdAt: Date.now() },
        ...{ files: question.files ?? [], isHeld: false, isSent: false },
        mayWait: question.mayWait ?? false,
      });
      return this.#placed(row);
    });
    if (placed.type === "queued") await this.#tell(conversationId);
    // The answer may have ended meanwhile.
    await this.#advance(conversationId);
    return placed;
  }

  /** In other words, at the same place. @throws QuestionGoneError */
  async edit(id: string, content: string): Promise<QueuedQuestion> {
    const { conversationId } = await this.#change(id, ({ setContent }) => setContent(id, content));
    await this.#tell(conversationId);
    return this.#require(id);
  }

  /** Erases it. @throws QuestionGoneError */
  async remove(id: string): Promise<QueuedQuestion> {
    const question = await this.#change(id, ({ remove }) => remove(id));
    await this.#tell(question.conversationId);
    return question;
  }

  /**
   * Stops the answer that is being written, and asks this question.
   * @param signal ends the wait for the answer's end: the question is asked as soon as it has ended
   * @returns its answer, or null when the wait was ended before
   * @throws QuestionGoneError, or what `Generations.ask` throws: it waits as before then
   */
  async sendNow(id: string, signal: AbortSignal): Promise<Generation | null> {
    const { store, generations } = this.#deps;
    const { conversationId } = await this.#change(id, ({ setSent }) => setSent(id, true));
    await this.#tell(conversationId);
    if (generations.isBusy(conversationId)) {
      generations.stopIn(conversationId);
      return this.asked(id, signal);
    }
    try {
      return await this.#ask(id, conversationId);
    } catch (error) {
      if (error instanceof ConversationBusyError) return this.asked(id, signal);
      await store.commit(() => store.queuedQuestions.setSent(id, false));
      await this.#tell(conversationId);
      throw error;
    }
  }

  /**
   * Waits until a question is asked.
   * @returns its answer; null when it was removed, or the signal was aborted before
   * @throws ShutdownRequest while the server shuts down
   */
  async asked(id: string, signal: AbortSignal): Promise<Generation | null> {
    const { store, generations } = this.#deps;
    const aborted = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => aborted.resolve(), { once: true });
    for (;;) {
      const generation = generations.get(id);
      if (generation !== undefined) return generation;
      const question = this.get(id);
      const isThere =
        question !== undefined && store.conversations.get(question.conversationId) !== undefined;
      if (!isThere || signal.aborted) return null;
      if (this.#isOver)
        throw new ShutdownRequest("The program is being stopped. The question is asked when it has started.");
      await Promise.race([this.#changed.promise, aborted.promise]);
    }
  }

  /** An answer has ended: the first question is asked, or all are held. Subscribe it to the events of answers. */
  async answerEnded({ generation: { conversationId }, outcome }: EndedAnswer): Promise<void> {
    const waiting = this.list(conversationId);
    if (waiting.length === 0) return;
    const isHeld = outcome.state !== "done" && !waiting.some(({ isSent }) => isSent);
    if (waiting.some((each) => each.isHeld !== isHeld)) await this.#hold(conversationId, isHeld);
    await this.#advance(conversationId);
  }

  /** Goes on where the server ended. Call once, after unfinished answers were taken up. */
  recover(): void {
    for (const conversationId of this.#deps.store.queuedQuestions.conversations())
      void this.#advance(conversationId);
  }

  /** Nobody waits any longer, and nothing more is asked. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const timer of this.#refused.values()) clearTimeout(timer);
    this.#refused.clear();
    this.#changed.resolve();
  }

  #placed(question: QueuedQuestion): Placed {
    return { type: "queued", question, place: this.placeOf(question) };
  }

  /** Asks the first question, if it is its turn. It never rejects. */
  async #advance(conversationId: string): Promise<void> {
    clearTimeout(this.#refused.get(conversationId));
    this.#refused.delete(conversationId);
    try {
      const next = this.#isOver ? undefined : this.#nextIn(conversationId);
      if (next === undefined || (next.isHeld && !next.isSent)) return;
      if (next.isSent || this.#isAnswered(conversationId)) await this.#ask(next.id, conversationId);
      else await this.#hold(conversationId, true);
    } catch (error) {
      await this.#afterRefusal(conversationId, error);
    }
  }

  /** @returns undefined when an answer is being written, or the conversation was deleted */
  #nextIn(conversationId: string): QueuedQuestion | undefined {
    const { store, generations } = this.#deps;
    const isThere = store.conversations.get(conversationId) !== undefined;
    if (!isThere || generations.isBusy(conversationId)) return undefined;
    return this.list(conversationId)[0];
  }

  /** Whether the answer that the next question follows is complete. */
  #isAnswered(conversationId: string): boolean {
    const { messages, generations } = this.#deps.store;
    const last = messages.lastOfPath(conversationId);
    const generation = last === undefined ? undefined : generations.forMessage(last.id);
    return generation === undefined || generation.state === "done";
  }

  async #ask(id: string, conversationId: string): Promise<Generation> {
    const { store, generations, admit } = this.#deps;
    const ownerId = store.conversations.get(conversationId)?.ownerId ?? null;
    const generation = await admit(ownerId, () => generations.askQueued(id));
    await this.#tell(conversationId);
    return generation;
  }

  async #afterRefusal(conversationId: string, error: unknown): Promise<void> {
    // Another has asked it, or its turn comes after the answer that was begun meanwhile, or with the next start.
    const isSettled = [ConversationBusyError, QuestionGoneError, ShuttingDownError].some(
      (kind) => error instanceof kind,
    );
    if (isSettled || this.#isOver) return;
    if (error instanceof AppError && passing.includes(error.status)) {
      const again = setTimeout(() => void this.#advance(conversationId), this.#deps.retryMs ?? retryMs);
      again.unref();
      this.#refused.set(conversationId, again);
      return;
    }
    if (error instanceof AppError)
      this.#deps.log.info("queued-question-refused", { conversation: conversationId, code: error.code });
    else this.#deps.log.error("defect", { conversation: conversationId, error });
    await this.#hold(conversationId, true);
  }

  async #hold(conversationId: string, isHeld: boolean): Promise<void> {
    const { store, log } = this.#deps;
    try {
      await store.commit(() => {
        store.queuedQuestions.hold(conversationId, isHeld);
      });
    } catch (error) {
      // What the next start does follows from how the last answer ended.
      log.warn("queue-not-held", { conversation: conversationId, error });
    }
    await this.#tell(conversationId);
  }

  async #change(
    id: string,
    change: (questions: QuestionQueueDeps["store"]["queuedQuestions"]) => boolean,
  ): Promise<QueuedQuestion> {
    const { store } = this.#deps;
    return store.commit(() => {
      const question = this.#require(id);
      if (!change(store.queuedQuestions)) throw new QuestionGoneError();
      return question;
    });
  }

  #require(id: string): QueuedQuestion {
    const question = this.get(id);
    if (question === undefined) throw new QuestionGoneError();
    return question;
  }

  async #tell(conversationId: string): Promise<void> {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
    const { store, generations } = this.#deps;
    const ownerId = store.conversations.getAny(conversationId)?.ownerId ?? null;
    await generations.events.emit({ type: "changed", ownerId, conversationId });
  }
}
