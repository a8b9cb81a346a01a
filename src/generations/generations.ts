/**
 * All answers: begins them, makes them, lets any number of readers follow them, stops them, and takes up after a
 * crash what was unfinished. An answer belongs to the server: no request's end ends it. It knows nothing of HTTP.
 */
import type { EngineSource } from "../chat/run-turn.ts";
import { IdempotencyKeyReusedError, InvalidRequestError, NotFoundError, QueueFullError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Generation, LoggedToken, Message, Writer } from "../store/schema.ts";
import { AnswerWriter } from "./answer-writer.ts";
import { markOf, queuedAgain, refuseToContinue, wasContinuedBy } from "./continue-answer.ts";
import { type Ending, failedWith } from "./ending.ts";
import {
  ConversationBusyError,
  CrashedTwiceError,
  ShutdownRequest,
  ShuttingDownError,
  StopRequest,
} from "./generation-errors.ts";
import type { GenerationUpdate, Outcome } from "./generation-update.ts";
import { LiveRun, mostAtOnce } from "./live-run.ts";
import { answerMessage, earlierMessages, newGeneration, titleFrom } from "./new-rows.ts";
import type { PromptDeps } from "./prompt-of.ts";
import type { Question } from "./question.ts";
import { withoutRefusedPictures } from "./refused-pictures.ts";
import { TokenWriter } from "./token-writer.ts";
import { UnsavedOutcomes } from "./unsaved-outcomes.ts";
import { textOf, usageSoFar } from "./written-text.ts";

export interface GenerationsDeps extends PromptDeps {
  readonly store: Store;
  readonly engines: EngineSource & { readonly slots: number };
  /** The id of the model to ask for what a client named. @throws UnknownModelError */
  readonly resolveModel: (name: string) => string;
  /** Stores a finished exchange for later conversations; it runs after the answer's end. */
  readonly remember: (exchange: FinishedExchange) => Promise<void>;
  /** Gets each answer that has ended, so that what its prompt left out can be told in short; neither waits nor throws. */
  readonly summarise?: (ended: Generation) => void;
  /** Told of each answer that is begun or taken up, in the course of the request that asks for it. */
  readonly onBegin?: (generation: Generation) => void;
  /** Told of each answer's end, for statistics; its usage is of what was written since it was last taken up. */
  readonly onEnd?: (outcome: Outcome, generation: Generation, times: AnswerTimes) => void;
  /** Told when an answer of a conversation has begun or ended. */
  readonly onChange?: (conversationId: string) => void;
  /** How many answers may wait for a slot. */
  readonly queueLimit: number;
  readonly log: Log;
}

/** When an answer came how far since it was last taken up, as performance.now() tells it. */
export interface AnswerTimes {
  readonly askedAt: number;
  /** When an engine took it; null: none did. */
  readonly startedAt: number | null;
  readonly firstTokenAt: number | null;
  readonly endedAt: number;
}

export interface RetryOptions {
  readonly idempotencyKey?: string;
  /** With the same instructions, model, sampling and seed as the first time: the same engine writes the same words. */
  readonly replay?: boolean;
}

export interface ContinueOptions {
  /** Of this answer alone: the same key goes on with it once. */
  readonly idempotencyKey?: string;
}

export interface FinishedExchange {
  readonly conversationId: string;
  readonly question: string;
  readonly answer: string;
}

/** After this many crashes of the server an answer is not taken up again. */
const mostCrashes = 2;
/** The code of StorageError, as it is stored. */
const storageUnavailable = "storage_unavailable";
/** What a client is told to wait when the queue is full: about one answer's time. */
const retryAfterSeconds = 10;

export class Generations implements AsyncDisposable {
  readonly #deps: GenerationsDeps;
  readonly #writer: TokenWriter;
  readonly #live = new Map<string, LiveRun>();
  readonly #refused: UnsavedOutcomes;
  /** One promise an answer that is being made or being put away; none of them rejects. */
  readonly #work = new Set<Promise<void>>();
  #closing = false;

  constructor(deps: GenerationsDeps) {
    this.#deps = deps;
    this.#writer = new TokenWriter((batches) => deps.store.tokenLog.append(batches));
    this.#refused = new UnsavedOutcomes({
      canSave: () => !deps.store.check().isUrgent,
      goOn: (id) => this.continue(id),
      log: deps.log,
    });
  }

  /** How many answers are being made or wait for a slot. */
  get unfinished(): number {
    return this.#live.size;
  }

  /**
   * Stores the question and begins its answer. The same idempotency key gives the generation that it gave before.
   * @throws UnknownModelError, NotFoundError, ConversationBusyError, QueueFullError or StorageError; nothing is stored then.
   *   IdempotencyKeyReusedError when a program sent the key before with another request
   */
  async ask(question: Question): Promise<Generation> {
    const begun: { run: LiveRun | null } = { run: null };
    const generation = await this.#deps.store.commit(
      () => {
        const { generation, isNew } = this.#storeQuestion(question);
        // Live before it is on disk: of two questions in one transaction the second must find the first.
        if (isNew) {
          begun.run = new LiveRun(generation);
          this.#live.set(generation.id, begun.run);
        }
        return generation;
      },
      () => {
        if (begun.run !== null) this.#live.delete(begun.run.id);
        begun.run = null;
      },
    );
    if (begun.run !== null) this.#begin(generation, [], begun.run);
    return generation;
  }

  /** Inside a transaction. @returns the generation, and whether it is one that this key did not have before */
  #storeQuestion(question: Question): { readonly generation: Generation; readonly isNew: boolean } {
    const { store } = this.#deps;
    const key = question.idempotencyKey;
    const earlier = key === undefined ? undefined : store.generations.byIdempotencyKey(key);
    if (earlier !== undefined) {
      if (!isForRequestOf(earlier, question)) throw new IdempotencyKeyReusedError();
      return { generation: earlier, isNew: false };
    }
    const model = this.#deps.resolveModel(question.model);
    this.#refuseWhenFull();

    const now = Date.now();
    const conversationId = question.conversationId ?? Bun.randomUUIDv7();
    const isNew = question.conversationId === undefined;
    const ownerId = question.ownerId ?? null;
    if (!isNew && store.conversations.get(conversationId)?.ownerId !== ownerId)
      throw new NotFoundError(
        "There is no conversation with this conversation_id. Leave it out to begin a new one.",
        { param: "conversation_id" },
      );
    const { request, isKept = false } = question;
    // A program may ask on from one answer several times at once: its conversation shows no path.
    if (request === undefined) this.#refuseWhenBusy(conversationId);

    const before = isNew && isKept ? earlierMessages(request, conversationId, now) : [];
    const asked: Message = {
      id: Bun.randomUUIDv7(),
      conversationId,
      parentId: isNew ? (before.at(-1)?.id ?? null) : this.#placeOf(question, conversationId),
      role: "user",
      content: question.message,
      promptContext: "",
      createdAt: now,
      deletedAt: null,
    };
    const { seed = randomSeed(), ...sampling } = question.sampling;
    const generation = newGeneration({
      conversationId,
      questionId: asked.id,
      model,
      sampling: { ...sampling, seed },
      memoryContext: question.memoryContext,
      idempotencyKey: key ?? null,
      createdAt: now,
      request: request ?? null,
    });
    if (isNew)
      store.conversations.insert({
        id: conversationId,
        ownerId,
        origin: request === undefined || isKept ? "chat" : "api",
        title: titleFrom(question.message),
        createdAt: now,
        updatedAt: now,
        leafId: generation.messageId,
      });
    else store.conversations.update(conversationId, { updatedAt: now, leafId: generation.messageId });
    for (const message of [...before, asked, answerMessage(generation)]) store.messages.insert(message);
    store.generations.insert(generation);
    return { generation, isNew: true };
  }

  /**
   * Asks the same question again: a new answer beside the old one, and shown in its place. An answer that is still
   * being made is returned as it is.
   * @throws NotFoundError, ConversationBusyError, QueueFullError or StorageError
   */
  async retry(
    generationId: string,
    { idempotencyKey, replay = false }: RetryOptions = {},
  ): Promise<Generation> {
    const { store } = this.#deps;
    const earlier =
      idempotencyKey === undefined ? undefined : store.generations.byIdempotencyKey(idempotencyKey);
    if (earlier !== undefined) return earlier;
    const old = store.generations.get(generationId);
    if (old === undefined || !store.messages.isThere(old.questionId))
      throw new NotFoundError("There is no such answer.");
    this.#refuseWhenDeleted(old.conversationId);
    if (this.#live.has(generationId)) return old;
    this.#refuseWhenBusy(old.conversationId);
    this.#refuseWhenFull();
    const generation = newGeneration({
      conversationId: old.conversationId,
      questionId: old.questionId,
      model: this.#deps.resolveModel(replay ? (old.writers.at(-1)?.model ?? old.model) : "auto"),
      sampling: replay ? old.sampling : { ...old.sampling, seed: randomSeed() },
      memoryContext: old.memoryContext,
      idempotencyKey: idempotencyKey ?? null,
      createdAt: Date.now(),
      request: old.request,
      ...(replay ? { receipt: old.receipt } : {}),
    });
    store.transaction(() => {
      const { createdAt: updatedAt, messageId: leafId } = generation;
      store.conversations.update(old.conversationId, { updatedAt, leafId });
      store.messages.insert(answerMessage(generation));
      store.generations.insert(generation);
    });
    this.#begin(generation, []);
    return generation;
  }

  /**
   * Goes on with the last answer of a conversation, from the text that it has, when it was interrupted, stopped or cut
   * by its length limit. An answer that is still being made is returned as it is, and so is one that was gone on with
   * because of the same idempotency key.
   * @throws NotFoundError, ConversationBusyError, InvalidRequestError, QueueFullError or StorageError
   */
  async continue(generationId: string, { idempotencyKey }: ContinueOptions = {}): Promise<Generation> {
    const { store } = this.#deps;
    const ended = store.generations.get(generationId);
    if (ended === undefined || !store.messages.isThere(ended.messageId))
      throw new NotFoundError("There is no such answer.");
    this.#refuseWhenDeleted(ended.conversationId);
    if (this.#live.has(generationId)) return ended;
    const written = store.tokenLog.read(generationId);
    if (idempotencyKey !== undefined && wasContinuedBy(idempotencyKey, ended, written)) return ended;
    this.#refuseWhenBusy(ended.conversationId);
    if (store.messages.lastOfPath(ended.conversationId)?.id !== ended.messageId)
      throw new InvalidRequestError(
        "Only the last answer of a conversation can be continued: what follows builds on the others.",
      );
    refuseToContinue(ended, written.length);
    this.#refuseWhenFull();

    // The mark comes first: a row that was queued without it would give the end's cursor to a token.
    const mark = markOf(ended, idempotencyKey);
    store.tokenLog.append([{ generationId, firstIndex: written.length, tokens: [mark] }]);
    const tokens = [...written, mark];
    const again = queuedAgain(ended, tokens);
    store.transaction(() => {
      store.conversations.touch(ended.conversationId, Date.now());
      store.generations.update(generationId, again);
      store.summaries.forgetFrom(ended.messageId);
    });
    this.#refused.forget(generationId);
    const queued = { ...ended, ...again };
    this.#begin(queued, tokens);
    return queued;
  }

  get(id: string): Generation | undefined {
    const stored = this.#deps.store.generations.get(id);
    const unsaved = this.#refused.shown(id);
    if (stored === undefined || unsaved === undefined) return stored;
    const { tokenCount: _, ...end } = unsaved;
    return { ...stored, ...end };
  }

  /** The answer's text as it is on disk, without the model's reasoning, and how many tokens the log holds of it. */
  textSoFar(id: string): { readonly text: string; readonly cursor: number } {
    const tokens = this.tokens(id, 0);
    return { text: textOf(tokens), cursor: tokens.length };
  }

  /** How many tokens the log holds of it. */
  tokenCount(id: string): number {
    return this.#live.get(id)?.committed.length ?? this.#deps.store.tokenLog.count(id);
  }

  tokens(id: string, from: number): readonly LoggedToken[] {
    const live = this.#live.get(id);
    return live ? live.committed.slice(from) : this.#deps.store.tokenLog.read(id, from);
  }

  /**
   * Replays what comes after the first `after` tokens, then follows live; `end` is last, exactly once. An aborted
   * reader just ends. While the server shuts down the iteration throws ShutdownRequest: the reader comes back.
   */
  async *follow(
    id: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationUpdate, void, undefined> {
    const live = this.#live.get(id);
    if (live) {
      yield* live.follow(after, signal);
      return;
    }
    const generation = this.get(id);
    if (generation === undefined) return;
    const { tokenLog } = this.#deps.store;
    // Before anything is yielded: an answer that is continued meanwhile must not lend this end its cursor.
    const outcome = this.outcome(generation);
    const end = outcome?.tokenCount ?? tokenLog.count(id);
    for (let from = after; from < end; ) {
      const tokens = tokenLog.read(id, from, Math.min(end, from + mostAtOnce));
      if (tokens.length === 0) throw new ShutdownRequest("The answer was removed while it was read.");
      yield { type: "tokens", from, tokens };
      from += tokens.length;
    }
    // Neither live nor ended: it could not be put away, or the server is going down. The reader comes back.
    if (outcome === null) throw new ShutdownRequest("The answer is taken up again when the server starts.");
    yield { type: "end", outcome };
  }

  /** The engines that have written it so far, in order. */
  writers(id: string): readonly Writer[] {
    return this.#live.get(id)?.writers ?? this.get(id)?.writers ?? [];
  }

  /** How a generation ended; null while it is unfinished. */
  outcome(generation: Generation): Outcome | null {
    const { id, state, finishReason, usage, timings, error, writers } = generation;
    if (state === "queued" || state === "running") return null;
    const tokenCount = this.#deps.store.tokenLog.count(id);
    return { state, finishReason, usage, timings, error, writers, tokenCount };
  }

  /** Ends an answer with the text that it has. @returns false when there was nothing to stop */
  stop(id: string): boolean {
    const live = this.#live.get(id);
    live?.abort(new StopRequest("The user stopped the answer."));
    return live !== undefined;
  }

  /**
   * Stops an answer when the reader who asked for it is gone, for so long, and no other one follows it: for answers that
   * nobody can come back to.
   * @param reader aborted when the one who asked has left
   */
  stopWhenAbandoned(id: string, reader: AbortSignal, graceMs: number): void {
    const look = () => {
      const timer = setTimeout(() => {
        if ((this.#live.get(id)?.readers ?? 0) === 0) this.stop(id);
      }, graceMs);
      timer.unref();
    };
    if (reader.aborted) look();
    else reader.addEventListener("abort", look, { once: true });
  }

  /** Stops whatever is being written in a conversation, as far as it is meant. */
  stopIn(conversationId: string, isMeant: (messageId: string) => boolean = () => true): void {
    for (const run of this.#live.values())
      if (run.conversationId === conversationId && isMeant(run.messageId)) this.stop(run.id);
  }

  /** Takes up what was unfinished when the server ended. Call once, before requests are served. */
  recover(): void {
    const { store, log } = this.#deps;
    for (const generation of store.generations.unfinished()) {
      const tokens = store.tokenLog.read(generation.id);
      // A clean shutdown leaves its answers queued: only a crash leaves them running.
      const crashes = generation.state === "running" ? this.#countCrash(generation) : 0;
      if (crashes >= mostCrashes) {
        const { write } = this.#endOf(generation, tokens, failedWith(new CrashedTwiceError()));
        try {
          store.transaction(write);
        } catch (refusal) {
          log.error("generation-not-put-away", { generation: generation.id, error: refusal });
        }
        continue;
      }
      log.info("streaming-resumed", { generation: generation.id, tokens: tokens.length, crashes });
      this.#begin(generation, tokens);
    }
  }

  #countCrash({ id, crashes }: Generation): number {
    try {
      return this.#deps.store.generations.addCrash(id);
    } catch (error) {
      // The program starts all the same, so that what is there can be read: the answer ends, and goes on later.
      this.#deps.log.error("crash-not-counted", { generation: id, error });
      return crashes;
    }
  }

  /**
   * Ends the making of all answers so that the next start takes them up again from the token where they are.
   * Resolves when they are on disk.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    this.#refused[Symbol.dispose]();
    const shutdown = new ShutdownRequest("The program is being stopped. Ask again when it has started.");
    for (const run of this.#live.values()) run.abort(shutdown);
    await Promise.all(this.#work);
    this.#writer.flush();
  }

  /**
   * Takes no more questions, and lets the answers that are being written come to their end.
   * @returns when all have, or after `limitMs`: what is unfinished then is taken up by the next start
   */
  async drain(limitMs: number): Promise<void> {
    this.#closing = true;
    const limit = Promise.withResolvers<void>();
    const timer = setTimeout(limit.resolve, limitMs);
    await Promise.race([this.idle(), limit.promise]);
    clearTimeout(timer);
  }

  /** Resolves when no answer is unfinished and everything finished is remembered. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  #refuseWhenFull(): void {
    const { engines, queueLimit } = this.#deps;
    if (this.#closing) throw new ShuttingDownError();
    if (this.#live.size >= engines.slots + queueLimit) throw new QueueFullError(retryAfterSeconds);
  }

  #refuseWhenBusy(conversationId: string): void {
    for (const run of this.#live.values())
      if (run.conversationId === conversationId) throw new ConversationBusyError();
  }

  #refuseWhenDeleted(conversationId: string): void {
    if (this.#deps.store.conversations.get(conversationId) === undefined)
      throw new NotFoundError("This conversation was deleted. Bring it back from the trash first.");
  }

  /** The message that a question follows. @throws NotFoundError when it is not there, or in another conversation */
  #placeOf({ after }: Question, conversationId: string): string | null {
    const { messages } = this.#deps.store;
    if (after === undefined) return messages.lastOfPath(conversationId)?.id ?? null;
    if (after === null) return null;
    const parent = messages.get(after);
    if (parent?.conversationId === conversationId && messages.isThere(after)) return after;
    throw new NotFoundError("There is no such message in this conversation. It may have been deleted.");
  }

  #begin(
    generation: Generation,
    tokens: readonly LoggedToken[],
    run: LiveRun = new LiveRun(generation, tokens),
  ): void {
    this.#live.set(generation.id, run);
    this.#deps.onBegin?.(generation);
    this.#deps.onChange?.(generation.conversationId);
    this.#track(this.#make(generation, run));
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.#deps.log.error("defect", { error }))
      .finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  /** The life of one answer, from the queue to its end. */
  async #make(queued: Generation, run: LiveRun): Promise<void> {
    const { id } = queued;
    const askedAt = performance.now();
    const answer = new AnswerWriter(this.#deps, this.#writer, queued, run);
    const end = await answer.write();
    const { generation, tokensBefore, startedAt, firstTokenAt } = answer;
    if (end instanceof ShutdownRequest) {
      await this.#leaveForLater(generation);
      run.interrupt(end);
      return;
    }
    const outcome = await this.#finalize(generation, run.committed, end);
    run.end(outcome);
    this.#live.delete(id);
    this.#deps.onChange?.(generation.conversationId);
    const times = { askedAt, startedAt, firstTokenAt, endedAt: performance.now() };
    this.#deps.onEnd?.(withoutEarlier(outcome, tokensBefore), generation, times);
    this.#deps.summarise?.(generation);
    this.#deps.log.info("streaming", {
      generation: id,
      model: generation.writers.at(-1)?.model ?? generation.model,
      outcome: outcome.state,
      tokens: outcome.tokenCount,
      time_to_first_token_ms: firstTokenAt === null ? null : Math.round(firstTokenAt - askedAt),
      duration_ms: Math.round(performance.now() - askedAt),
      error: outcome.error?.code ?? null,
    });
    if (outcome.state === "done") await this.#remember(generation, run.committed);
  }

  /** Writes the end and the whole text; if that is refused, it is done when it is not any more, or by the next start. */
  async #finalize(generation: Generation, tokens: readonly LoggedToken[], end: Ending): Promise<Outcome> {
    const { outcome, write } = this.#endOf(generation, tokens, end);
    const { id, conversationId } = generation;
    // A program that has been told of the failure does not come back for the rest.
    if (end.error?.code === storageUnavailable && generation.request === null) this.#refused.goOnLater(id);
    try {
      await this.#deps.store.commit(write);
    } catch (refusal) {
      this.#deps.log.error("generation-not-put-away", { generation: id, error: refusal });
      const { error } = failedWith(refusal);
      const shown: Outcome = { ...outcome, state: "failed", error, finishReason: null };
      const save = async () => {
        // Whoever continues it meanwhile has made it unfinished again.
        await this.#deps.store.commit(() => (this.#live.has(id) ? undefined : write()));
        this.#deps.onChange?.(conversationId);
        if (outcome.state === "done") await this.#remember(generation, tokens);
      };
      this.#refused.keep(id, { shown, save });
      return shown;
    }
    return outcome;
  }

  #endOf(
    generation: Generation,
    tokens: readonly LoggedToken[],
    end: Ending,
  ): { readonly outcome: Outcome; readonly write: () => void } {
    const { store } = this.#deps;
    const { id, messageId, conversationId, writers } = generation;
    const { state, finish, error } = end;
    const outcome: Outcome = {
      state,
      error,
      writers,
      finishReason: finish?.reason ?? null,
      usage: finish?.usage ?? usageSoFar(generation, tokens),
      timings: finish?.timings ?? null,
      tokenCount: tokens.length,
    };
    const { finishReason, usage, timings } = outcome;
    const endedAt = Date.now();
    const write = () => {
      const changed = withoutRefusedPictures(generation, end);
      store.generations.update(id, { state, error, finishReason, usage, timings, endedAt, ...changed });
      store.messages.setContent(messageId, textOf(tokens));
      store.conversations.touch(conversationId, endedAt);
    };
    return { outcome, write };
  }

  async #leaveForLater(generation: Generation): Promise<void> {
    const { store, log } = this.#deps;
    this.#writer.flush();
    try {
      await store.commit(() => store.generations.update(generation.id, { state: "queued" }));
    } catch (error) {
      // It is taken up again all the same, but counts as crashed.
      log.error("generation-not-put-away", { generation: generation.id, error });
    }
    this.#live.delete(generation.id);
  }

  async #remember(generation: Generation, tokens: readonly LoggedToken[]): Promise<void> {
    const { store, remember, log } = this.#deps;
    if (generation.request !== null) return;
    const question = store.messages.get(generation.questionId);
    const answer = textOf(tokens);
    // One that was cut by its length limit has been remembered then.
    const isRemembered = tokens.some(({ continued }) => continued === "length");
    if (question === undefined || answer === "" || isRemembered) return;
    try {
      await remember({ conversationId: generation.conversationId, question: question.content, answer });
    } catch (error) {
      log.warn("exchange-not-remembered", { generation: generation.id, error });
    }
  }
}

/** Whether an answer is one to what a program asks for now; questions of a chat are not compared. */
function isForRequestOf({ request, sampling }: Generation, question: Question): boolean {
  if (question.request === undefined) return true;
  const { seed = sampling.seed, ...wished } = question.sampling;
  return Bun.deepEquals(request, question.request) && Bun.deepEquals(sampling, { ...wished, seed });
}

const randomSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

/** @param tokens how many of its tokens were written before it was last taken up */
function withoutEarlier(outcome: Outcome, tokens: number): Outcome {
  const { usage } = outcome;
  if (usage === null || tokens === 0) return outcome;
  return { ...outcome, usage: { ...usage, completionTokens: Math.max(0, usage.completionTokens - tokens) } };
}
