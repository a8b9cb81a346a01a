/**
 * All answers: begins, stops and resumes them, and lets any number of readers follow them. An answer belongs to the
 * server: no request's end ends it. What happens to answers is emitted as events. It knows nothing of HTTP.
 */

import type { EngineSource } from "../chat/run-turn.ts";
import { QueueFullError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Generation, LoggedToken, OwnerId } from "../store/schema.ts";
import { AnswerWriter, type AnswerWriterDeps } from "./answer-writer.ts";
import { countCrash } from "./count-crash.ts";
import { failedWith } from "./ending.ts";
import {
  ConversationBusyError,
  CrashedTwiceError,
  ShutdownRequest,
  ShuttingDownError,
  StopRequest,
} from "./generation-errors.ts";
import { GenerationEvents } from "./generation-events.ts";
import type { GenerationUpdate, Outcome } from "./generation-update.ts";
import { LiveRun } from "./live-run.ts";
import { promptOfConversation } from "./project-receipts.ts";
import type { PromptDeps } from "./prompt-of.ts";
import type { AnswerSettings, Question } from "./question.ts";
import { AnswerReader } from "./read-answers.ts";
import { EndStore } from "./store-end.ts";
import {
  type ContinueOptions,
  type RetryOptions,
  type Stored,
  type StoredBoth,
  type StoreQuestionDeps,
  storeBoth,
  storeContinuation,
  storeQuestion,
  storeQueuedQuestion,
  storeRetry,
} from "./store-question.ts";
import { hasPictures, withStoredPictures } from "./stored-pictures.ts";
import { TokenWriter } from "./token-writer.ts";
import { UnsavedOutcomes } from "./unsaved-outcomes.ts";
import { type CallAnswer, WaitingCalls } from "./waiting-calls.ts";
import { whenAbandoned } from "./when-abandoned.ts";

interface GenerationsDeps
  extends Omit<PromptDeps, "systemPrompt" | "project">,
    Pick<AnswerWriterDeps, "askDesk" | "templateFieldsOf" | "toolsFor" | "foreignToolsFor">,
    Pick<StoreQuestionDeps, "resolveModel" | "namesModel"> {
  readonly store: Store;
  readonly engines: EngineSource & { readonly slots: number };
  /** With the owner's profile, as it is now. */
  readonly systemPromptOf: (ownerId: OwnerId, instructions?: string) => string;
  /** How many answers may wait for a slot. */
  readonly queueLimit: number;
  readonly log: Log;
}

/** After so many crashes of the server an answer is not resumed again. */
const mostCrashes = 2;
/** The Retry-After of a full queue: about the time of one answer. */
const retryAfterSeconds = 10;

export class Generations implements AsyncDisposable {
  /** Subscribe before answers are begun or recovered. */
  readonly events: GenerationEvents;
  readonly #deps: GenerationsDeps;
  readonly #asking: StoreQuestionDeps;
  readonly #reader: AnswerReader;
  readonly #ends: EndStore;
  readonly #writer: TokenWriter;
  readonly #live = new Map<string, LiveRun>();
  /** Those that wait for a person need no engine, and no place among those that do. */
  readonly #waiting = new WaitingCalls();
  readonly #unsaved: UnsavedOutcomes;
  /** One promise an answer that is being written or finalized; none of them rejects. */
  readonly #work = new Set<Promise<void>>();
  #closing = false;

  constructor(deps: GenerationsDeps) {
    const { store, log } = deps;
    const isLive = (id: string) => this.#live.has(id);
    this.#deps = deps;
    this.events = new GenerationEvents(log);
    this.#writer = new TokenWriter((batches) => store.tokenLog.append(batches));
    this.#unsaved = new UnsavedOutcomes({
      canSave: () => !store.check().isUrgent,
      resume: (id) => this.continue(id),
      log,
    });
    this.#asking = {
      store,
      ...{ resolveModel: deps.resolveModel, namesModel: deps.namesModel, isLive },
      refuseWhenFull: () => this.#refuseWhenFull(),
      refuseWhenBusy: (conversationId) => this.#refuseWhenBusy(conversationId),
    };
    this.#reader = new AnswerReader({ store, live: this.#live, unsaved: this.#unsaved });
    this.#ends = new EndStore({ store, events: this.events, unsaved: this.#unsaved, isLive, log });
  }

  /** How many tokens of all answers are on disk since the start. */
  get tokensWritten(): number {
    return this.#writer.written;
  }

  /** How many answers are being written or wait for a slot. */
  get unfinished(): number {
    return this.#live.size;
  }

  /**
   * Stores the question and begins its answer. The same idempotency key gives the generation that it gave before.
   * @throws UnknownModelError, NotFoundError, ConversationBusyError, QueueFullError or StorageError; nothing is stored then.
   *   IdempotencyKeyReusedError when a program sent the key before with another request
   */
  async ask(asked: Question): Promise<Generation> {
    const { request } = asked;
    const question =
      request !== undefined && hasPictures(request)
        ? { ...asked, request: await withStoredPictures(this.#deps.store, request) }
        : asked;
    return this.#beginCommitted(() => storeQuestion(this.#asking, question));
  }

  /**
   * Stores the question and begins two answers to it, each with its own settings: versions of each other.
   * @throws what `ask` throws; nothing is stored then
   */
  async askBoth(question: Question, second: AnswerSettings): Promise<readonly Generation[]> {
    const { first, second: beside } = await this.#beginAll(() => storeBoth(this.#asking, question, second));
    return [first, beside].flatMap((stored) => (stored === null ? [] : [stored.generation]));
  }

  /**
   * Asks a question that waits in its conversation's queue: it leaves the queue in the transaction that stores it.
   * @returns its answer, which has its id
   * @throws QuestionGoneError, or what `ask` throws; it stays where it is then
   */
  askQueued(id: string): Promise<Generation> {
    return this.#beginCommitted(() => storeQueuedQuestion(this.#asking, id));
  }

  /** Whether an answer is being written in this conversation, or waits for a slot. */
  isBusy(conversationId: string): boolean {
    return this.#live.values().some((run) => run.conversationId === conversationId);
  }

  async #beginCommitted(store: () => Stored): Promise<Generation> {
    const { first } = await this.#beginAll(() => ({ first: store(), second: null }));
    return first.generation;
  }

  /** @param store stores one answer or two inside a transaction */
  async #beginAll(store: () => StoredBoth): Promise<StoredBoth> {
    const begun = new Map<string, LiveRun>();
    const stored = await this.#deps.store.commit(
      () => {
        const both = store();
        // Live before it is on disk: of two questions in one transaction the second must find the first.
        for (const each of [both.first, both.second])
          if (each?.isNew) begun.set(each.generation.id, new LiveRun(each.generation, each.ownerId));
        for (const [id, run] of begun) this.#live.set(id, run);
        return both;
      },
      () => {
        for (const id of begun.keys()) this.#live.delete(id);
        begun.clear();
      },
    );
    for (const each of [stored.first, stored.second]) {
      const run = begun.get(each?.generation.id ?? "");
      if (each !== null && run !== undefined) this.#begin(each.generation, run);
    }
    return stored;
  }

  /**
   * Asks the same question again: a new answer beside the old one, and shown in its place. An answer that is still
   * being written is returned as it is.
   * @throws NotFoundError, ConversationBusyError, QueueFullError or StorageError
   */
  async retry(generationId: string, options: RetryOptions = {}): Promise<Generation> {
    return this.#beginStored(storeRetry(this.#asking, generationId, options));
  }

  /**
   * Continues the last answer of a conversation, from the text that it has, when it was interrupted, stopped or cut by
   * its length limit. An answer that is still being written is returned as it is, and so is one that was continued
   * because of the same idempotency key.
   * @throws NotFoundError, ConversationBusyError, InvalidRequestError, QueueFullError or StorageError
   */
  async continue(generationId: string, options: ContinueOptions = {}): Promise<Generation> {
    const stored = storeContinuation(this.#asking, generationId, options);
    if (stored.isNew) this.#unsaved.forget(generationId);
    return this.#beginStored(stored);
  }

  get(id: string): Generation | undefined {
    return this.#reader.get(id);
  }

  /** The answer's text as it is on disk, without the model's reasoning, and how many tokens the log holds of it. */
  textSoFar(id: string): { readonly text: string; readonly cursor: number } {
    return this.#reader.textSoFar(id);
  }

  /** How many tokens the log holds of it. */
  tokenCount(id: string): number {
    return this.#reader.tokenCount(id);
  }

  tokens(id: string, from: number): readonly LoggedToken[] {
    return this.#reader.tokens(id, from);
  }

  /** How a generation ended; null while it is unfinished. */
  outcome(generation: Generation): Outcome | null {
    return this.#reader.outcome(generation);
  }

  /** @see AnswerReader.follow */
  follow(id: string, after: number, signal: AbortSignal): AsyncGenerator<GenerationUpdate, void, undefined> {
    return this.#reader.follow(id, after, signal);
  }

  /** @see AnswerReader.ended */
  ended(id: string, signal: AbortSignal): Promise<Outcome | null> {
    return this.#reader.ended(id, signal);
  }

  /** Ends an answer with the text that it has. @returns false when there was nothing to stop */
  stop(id: string): boolean {
    const live = this.#live.get(id);
    live?.abort(new StopRequest("The user stopped the answer."));
    return live !== undefined;
  }

  /** Says whether a call that waits is allowed. @returns when it is on the disk; false: no such call waits */
  answerCall(id: string, callId: string, answer: CallAnswer): Promise<boolean> {
    return this.#waiting.answer(id, callId, answer);
  }

  /** @see LiveRun.answerNow */
  answerNow(id: string): boolean {
    return this.#live.get(id)?.answerNow() ?? false;
  }

  /**
   * Stops an answer some time after its reader has left, unless another one follows it: for answers that nobody can
   * come back to.
   * @param reader aborted when the reader has left
   */
  stopWhenAbandoned(id: string, reader: AbortSignal, graceMs: number): void {
    const isRead = () => (this.#live.get(id)?.readers ?? 0) > 0;
    whenAbandoned(reader, graceMs, isRead, () => void this.stop(id));
  }

  /** Stops the answers that are being written in a conversation. */
  stopIn(conversationId: string, isMeant: (messageId: string) => boolean = () => true): void {
    for (const run of this.#live.values())
      if (run.conversationId === conversationId && isMeant(run.messageId)) this.stop(run.id);
  }

  /** Resumes what was unfinished when the server ended. Call once, before requests are served. */
  recover(): void {
    const { store, log } = this.#deps;
    for (const generation of store.generations.unfinished()) {
      const tokens = store.tokenLog.read(generation.id);
      const ownerId = store.conversations.getAny(generation.conversationId)?.ownerId ?? null;
      // A clean shutdown leaves its answers queued: only a crash leaves them running.
      const crashes = generation.state === "running" ? countCrash(store, generation, log) : 0;
      if (crashes >= mostCrashes) {
        this.#ends.finalizeNow({ generation, ownerId, tokens }, failedWith(new CrashedTwiceError()));
        continue;
      }
      log.info("streaming-resumed", { generation: generation.id, tokens: tokens.length, crashes });
      this.#begin(generation, new LiveRun(generation, ownerId, tokens));
    }
  }

  /**
   * Interrupts all answers so that the next start resumes them from the token where they are.
   * Resolves when they are on disk.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    this.#unsaved[Symbol.dispose]();
    for (const run of this.#live.values()) run.abort(stopping());
    await Promise.all(this.#work);
    this.#writer.flush();
  }

  /**
   * Takes no more questions, and lets the answers that are being written come to their end.
   * @returns when all have, or after `limitMs`: what is unfinished then is resumed by the next start
   */
  async drain(limitMs: number): Promise<void> {
    this.#closing = true;
    // Nobody may come for days: such a call is asked about again by the next start.
    for (const [id, run] of this.#live) if (this.#waiting.has(id)) run.abort(stopping());
    const limit = Promise.withResolvers<void>();
    const timer = setTimeout(limit.resolve, limitMs);
    await Promise.race([this.idle(), limit.promise]);
    clearTimeout(timer);
  }

  /** Resolves when no answer is unfinished, and the listeners are done with their ends. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  #refuseWhenFull(): void {
    const { engines, queueLimit } = this.#deps;
    if (this.#closing) throw new ShuttingDownError();
    if (this.#live.size - this.#waiting.size >= engines.slots + queueLimit)
      throw new QueueFullError(retryAfterSeconds);
  }

  #refuseWhenBusy(conversationId: string): void {
    if (this.isBusy(conversationId)) throw new ConversationBusyError();
  }

  #beginStored({ generation, ownerId, tokens, isNew }: Stored): Generation {
    if (isNew) this.#begin(generation, new LiveRun(generation, ownerId, tokens));
    return generation;
  }

  #begin(generation: Generation, run: LiveRun): void {
    this.#live.set(generation.id, run);
    this.#track(this.events.emit({ type: "begun", ownerId: run.ownerId, generation }));
    this.#tellChanged(run);
    this.#track(this.#write(generation, run));
  }

  #tellChanged({ ownerId, conversationId }: LiveRun): void {
    this.#track(this.events.emit({ type: "changed", ownerId, conversationId }));
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.#deps.log.error("defect", { error }))
      .finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  /** The life of one answer, from the queue to its end. */
  async #write(queued: Generation, run: LiveRun): Promise<void> {
    const { ownerId } = run;
    const askedAt = performance.now();
    const conversation = this.#deps.store.conversations.getAny(run.conversationId);
    const prompt = promptOfConversation(
      this.#deps.systemPromptOf(ownerId, conversation?.settings?.instructions),
      this.#deps.store.projects.ofConversation(run.conversationId),
      conversation?.instructions ?? "",
    );
    const answer = new AnswerWriter(
      { ...this.#deps, ...prompt, waiting: this.#waiting },
      this.#writer,
      queued,
      run,
    );
    const end = await answer.write();
    const { generation, tokensBefore, startedAt, firstTokenAt } = answer;
    if (end instanceof ShutdownRequest) {
      this.#writer.flush();
      await this.#ends.leaveUnfinished(generation);
      this.#live.delete(run.id);
      run.interrupt(end);
      return;
    }
    const written = { generation, ownerId, tokens: run.committed };
    const outcome = await this.#ends.finalize(written, end);
    run.end(outcome);
    this.#live.delete(run.id);
    this.#tellChanged(run);
    const times = { askedAt, startedAt, firstTokenAt, endedAt: performance.now() };
    const since = withoutEarlier(outcome, tokensBefore);
    this.#track(this.events.emit({ type: "ended", ownerId, generation, outcome: since, times }));
    this.#deps.log.info("streaming", {
      generation: run.id,
      model: generation.writers.at(-1)?.model ?? generation.model,
      outcome: outcome.state,
      tokens: outcome.tokenCount,
      time_to_first_token_ms: firstTokenAt === null ? null : Math.round(firstTokenAt - askedAt),
      duration_ms: Math.round(performance.now() - askedAt),
      error: outcome.error?.code ?? null,
    });
    if (outcome.state === "done") await this.#ends.announce(written);
  }
}

/** @param tokens how many of its tokens were written before it was last resumed */
function withoutEarlier(outcome: Outcome, tokens: number): Outcome {
  const { usage } = outcome;
  if (usage === null || tokens === 0) return outcome;
  return { ...outcome, usage: { ...usage, completionTokens: Math.max(0, usage.completionTokens - tokens) } };
}

const stopping = () => new ShutdownRequest("The program is being stopped. Ask again when it has started.");
