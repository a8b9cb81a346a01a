/**
 * Has a model look for what is worth remembering in what users say, in the background. It never delays an answer: it runs only while
 * an engine has nothing to write, and an answer that comes ends it; then it begins again later. The table is the queue, so a crash
 * loses nothing. A message in which nobody states anything lasting costs nothing. Only the user's own words are read: neither
 * documents nor files, and nothing that a model or a tool has said.
 */
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { MessageToRead } from "../store/proposals.ts";
import type { Message, OwnerId } from "../store/schema.ts";
import { type ChosenSentence, choosingRequest, chosenIn } from "./chosen-sentences.ts";
import { acquireIdle, type IdleEngines, isIdle, othersOn } from "./idle-engine.ts";

interface ProposalWriterDeps extends IdleEngines {
  readonly store: Pick<Store, "conversations" | "messages" | "proposals" | "commit">;
  /** Whether an owner wants any. */
  readonly isWanted: (ownerId: OwnerId) => boolean;
  /** The sentences of a message that may state something lasting. */
  readonly candidates: (message: string) => readonly string[];
  /** Gets what was chosen of a message; the next message waits for it. */
  readonly onChosen: (ownerId: OwnerId, message: Message, chosen: readonly ChosenSentence[]) => Promise<void>;
  /** Resolves when other work in the background is done, which comes first. */
  readonly othersDone?: () => Promise<unknown>;
  readonly log: Log;
  /** After so long it looks again whether an engine is idle, in milliseconds. */
  readonly lookAgainMs?: number;
}

const deadlineMs = 60_000;
/** A message that was begun so often, and came to no end, has perhaps ended the program. */
const mostAttempts = 2;

export class ProposalWriter implements AsyncDisposable {
  readonly #deps: ProposalWriterDeps;
  readonly #closing = new AbortController();
  #running: Promise<void> | null = null;
  #again: NodeJS.Timeout | undefined;
  /** Of what the model does now. */
  #current = new AbortController();

  /** What an earlier run of the program has left is read when an engine is idle. */
  constructor(deps: ProposalWriterDeps) {
    this.#deps = deps;
    this.#lookLater();
  }

  /** Reports an answer that has ended: its question is read. @returns when that is in the queue */
  async consider(ownerId: OwnerId, answerId: string): Promise<void> {
    const { store, isWanted, candidates } = this.#deps;
    if (!isWanted(ownerId)) return;
    const question = store.messages.get(store.messages.get(answerId)?.parentId ?? "");
    if (question === undefined || candidates(question.content).length === 0) return;
    await store.commit(() => store.proposals.toRead(question.id, ownerId, Date.now()));
    this.wake();
  }

  /** Reports that an answer was asked for: the engine is left to it at once. */
  makeWay(): void {
    this.#current.abort();
  }

  /** Reports that an engine may be idle. Never throws and never waits. */
  wake(): void {
    if (this.#closing.signal.aborted) return;
    this.#running ??= this.#work();
  }

  /** Resolves when all was read that can be read now. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#again);
    this.#closing.abort();
    await this.idle();
  }

  get #isIdle(): boolean {
    return !this.#closing.signal.aborted && isIdle(this.#deps);
  }

  async #work(): Promise<void> {
    const { store, log, othersDone } = this.#deps;
    await Promise.resolve();
    try {
      await othersDone?.();
      while (this.#isIdle) {
        const next = store.proposals.nextToRead();
        if (next === undefined || !(await this.#read(next))) break;
      }
    } catch (error) {
      log.warn("nothing-proposed", { error });
    } finally {
      this.#running = null;
      if (!this.#closing.signal.aborted) this.#lookLater();
    }
  }

  #lookLater(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (this.#isIdle && this.#deps.store.proposals.nextToRead() !== undefined) this.wake();
      else this.#lookLater();
    }, this.#deps.lookAgainMs ?? 30_000);
    this.#again.unref();
  }

  /** @returns whether the next one may be read */
  async #read({ messageId, ownerId, attempts }: MessageToRead): Promise<boolean> {
    const { store, isWanted, candidates, onChosen } = this.#deps;
    const { proposals, commit } = store;
    const message = store.messages.isThere(messageId) ? store.messages.get(messageId) : undefined;
    const conversation = message === undefined ? undefined : store.conversations.get(message.conversationId);
    const sentences = message === undefined ? [] : candidates(message.content);
    const isOver =
      conversation === undefined ||
      conversation.origin === "temporary" ||
      sentences.length === 0 ||
      attempts >= mostAttempts ||
      !isWanted(ownerId);
    if (message !== undefined && !isOver) {
      await commit(() => proposals.setAttempts(messageId, attempts + 1));
      const chosen = await this.#ask(message, sentences);
      if (chosen === null) {
        await commit(() => proposals.setAttempts(messageId, attempts));
        return false;
      }
      await onChosen(ownerId, message, chosen);
    }
    await commit(() => proposals.wasRead(messageId));
    return true;
  }

  /** @returns null: an answer came, or the program ends */
  async #ask(message: Message, sentences: readonly string[]): Promise<readonly ChosenSentence[] | null> {
    const { log } = this.#deps;
    this.#current = new AbortController();
    const giveUp = this.#current;
    const signal = AbortSignal.any([this.#closing.signal, giveUp.signal, AbortSignal.timeout(deadlineMs)]);
    const { id, conversationId, content } = message;
    try {
      const request = choosingRequest(id, conversationId, content, sentences);
      const { maxTokens } = request.sampling;
      using lease = await acquireIdle(this.#deps, maxTokens, () => giveUp.abort(), signal);
      if (othersOn(lease.engine, 0)) return null;
      let text = "";
      for await (const event of lease.engine.generate(request, signal))
        if (event.type === "token") text += event.text;
      return chosenIn(text, content, sentences);
    } catch (error) {
      if (giveUp.signal.aborted || this.#closing.signal.aborted) return null;
      // An engine that knows no such form, or was too slow: it would be again.
      log.debug("nothing-proposed", { message: id, error });
      return [];
    }
  }
}
