/**
 * Stores how answers end: the state, the usage and the whole text. An end that the storage refuses is kept and stored
 * later; a complete exchange is announced once it is stored. It knows nothing of engines or readers.
 */
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Generation, LoggedToken, OwnerId } from "../store/schema.ts";
import { type Ending, failedWith } from "./ending.ts";
import type { GenerationEvents } from "./generation-events.ts";
import type { Outcome } from "./generation-update.ts";
import { withoutRefusedPictures } from "./refused-pictures.ts";
import type { UnsavedOutcomes } from "./unsaved-outcomes.ts";
import { textOf, usageSoFar } from "./written-text.ts";

interface EndStoreDeps {
  readonly store: Store;
  readonly events: GenerationEvents;
  readonly unsaved: UnsavedOutcomes;
  readonly isLive: (generationId: string) => boolean;
  readonly log: Log;
}

/** An answer that is no longer written. */
interface WrittenAnswer {
  readonly generation: Generation;
  readonly ownerId: OwnerId;
  /** All that the log holds of it. */
  readonly tokens: readonly LoggedToken[];
}

/** The code of StorageError, as it is stored. */
const storageUnavailable = "storage_unavailable";

export class EndStore {
  readonly #deps: EndStoreDeps;

  constructor(deps: EndStoreDeps) {
    this.#deps = deps;
  }

  /**
   * Stores the end and the whole text. When the storage refuses, the end is stored later, or by the next start.
   * @returns its outcome, for readers
   */
  async finalize(answer: WrittenAnswer, end: Ending): Promise<Outcome> {
    const { store, events, unsaved, isLive, log } = this.#deps;
    const { generation, ownerId, tokens } = answer;
    const { id, conversationId } = generation;
    const { outcome, write } = this.#endOf(answer, end);
    // A program that has read of the failure does not come back for the rest.
    if (end.error?.code === storageUnavailable && generation.request === null) unsaved.continueLater(id);
    try {
      await store.commit(write);
      return outcome;
    } catch (refusal) {
      log.error("generation-not-finalized", { generation: id, error: refusal });
      const { error } = failedWith(refusal);
      const shown: Outcome = { ...outcome, state: "failed", error, finishReason: null };
      const save = async () => {
        // It may have been continued meanwhile: then it has not ended.
        await store.commit(() => (isLive(id) ? undefined : write()));
        void events.emit({ type: "changed", ownerId, conversationId });
        if (outcome.state === "done") await this.announce({ generation, ownerId, tokens });
      };
      unsaved.keep(id, { shown, save });
      return shown;
    }
  }

  /** Stores an end now. @throws nothing: what is refused is left to the next start */
  finalizeNow(answer: WrittenAnswer, end: Ending): void {
    const { write } = this.#endOf(answer, end);
    try {
      this.#deps.store.transaction(write);
    } catch (refusal) {
      this.#deps.log.error("generation-not-finalized", { generation: answer.generation.id, error: refusal });
    }
  }

  /** Leaves an unfinished answer to the next start, which resumes it. */
  async leaveUnfinished({ id }: Generation): Promise<void> {
    const { store, log } = this.#deps;
    try {
      await store.commit(() => store.generations.update(id, { state: "queued" }));
    } catch (error) {
      // It is resumed all the same, but counts as crashed.
      log.error("generation-not-finalized", { generation: id, error });
    }
  }

  /** Emits the exchange of a complete answer of a chat that is kept. @returns when the listeners are done */
  async announce({ generation, ownerId, tokens }: WrittenAnswer): Promise<void> {
    if (generation.request !== null) return;
    const { conversationId, messageId } = generation;
    if (this.#deps.store.conversations.get(conversationId)?.origin === "temporary") return;
    const question = this.#deps.store.messages.get(generation.questionId);
    const answer = textOf(tokens);
    // An answer that was cut by its length limit was announced when it was cut.
    const wasAnnounced = tokens.some(({ continued }) => continued === "length");
    if (question === undefined || answer === "" || wasAnnounced) return;
    const exchange = { conversationId, messageId, question: question.content, answer };
    await this.#deps.events.emit({ type: "exchanged", ownerId, exchange });
  }

  #endOf(
    { generation, tokens }: WrittenAnswer,
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
}
