/**
 * Keeps the KV caches of conversations on disk behind the engine's back: while nothing is written, before another conversation
 * takes their sequence, and before a model goes; and brings them back to the prompts that begin alike. What is deleted is forgotten
 * at any moment, also while states are being loaded or saved. It knows nothing of answers.
 */
import type { Log } from "../../log.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";
import type { ModelFile } from "./model-file.ts";
import type { ModelSequence } from "./model-sequence.ts";
import { forgetStates, SavedStates } from "./saved-states.ts";
import { commonPrefixLength, type Lease, type SequenceCache } from "./sequence-cache.ts";

type IsForgotten = (conversationId: string) => boolean;

interface Options {
  /** Where they are kept; absent: nowhere. */
  readonly stateFolder?: string;
  /** What all of them may take of the disk. */
  readonly mostStateBytes?: number;
  readonly kvType?: string;
  readonly log: Log;
  /** In milliseconds: what the reader asks next should not wait for a disk. */
  readonly idleMs?: number;
}

/** The states of one model, as long as it is loaded. */
export interface ModelStates {
  readonly saved: SavedStates | null;
  readonly cache: SequenceCache<ModelSequence>;
}

/** A sequence that has this many more tokens of a prompt on the disk is read from there. */
const worthLoading = 64;
/** A stop waits so long for what is not on the disk yet, in milliseconds. */
const saveDeadlineMs = 3_000;

export class ConversationStates {
  readonly #options: Options;
  /** Loads and saves follow each other. */
  #work: Promise<void> = Promise.resolve();
  /** How many of them are under way, and what was forgotten since the first of them began. */
  #moving = 0;
  #forgotten: IsForgotten[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Of a model that has just been loaded. */
  of({ sha256 }: ModelFile, runtime: LlamaRuntime, cache: SequenceCache<ModelSequence>): ModelStates {
    const { stateFolder: folder, mostStateBytes: mostBytes = 2 ** 30, kvType = "f16", log } = this.#options;
    if (folder === undefined || mostBytes === 0 || sha256 === null) return { saved: null, cache };
    const { llama, model, contextSize } = runtime;
    const dependsOn = {
      model: sha256,
      contextSize,
      kvType,
      gpu: llama.gpu,
      gpuLayers: model.gpuLayers,
      library: llama.llamaCppRelease.release,
    };
    try {
      return { saved: new SavedStates({ folder, dependsOn, mostBytes, log }), cache };
    } catch (error) {
      log.warn("kv-states-not-found", { error });
      return { saved: null, cache };
    }
  }

  /**
   * Prepares a sequence that a prompt has taken: it gets the state that begins as the prompt does, if there is a better one than
   * what it holds. What a conversation of several turns loses by that, or by the prompt, is saved before.
   * @param conversationId whose the prompt is
   * @returns how many of the prompt's first tokens the sequence holds
   */
  async prepare(
    { saved, cache }: ModelStates,
    { sequence, commonPrefix, emptied }: Lease<ModelSequence>,
    prompt: readonly number[],
    conversationId: string | null,
  ): Promise<number> {
    clearTimeout(this.#timer);
    await emptied;
    // One that is being saved must not change.
    await this.#work;
    const found = saved?.find(prompt, commonPrefix + worthLoading) ?? null;
    const isLost = found !== null || commonPrefix * 2 < sequence.cachedTokens.length;
    if (isLost && sequence.turns > 1) await this.#move(cache, async () => saved?.save(sequence));
    if (found !== null) await this.#move(cache, async () => saved?.load(found, sequence));
    const { cachedTokens } = sequence;
    const common = commonPrefixLength(cachedTokens, prompt);
    sequence.conversationId = conversationId;
    sequence.turns = common * 2 < cachedTokens.length ? 1 : sequence.turns + 1;
    return common;
  }

  /** Saves what is not on the disk, once nothing has been written for a while. @param isIdle asked before each sequence */
  saveWhenIdle({ saved, cache }: ModelStates, isIdle: () => boolean): void {
    clearTimeout(this.#timer);
    if (saved === null || !isIdle()) return;
    this.#timer = setTimeout(() => void this.#saveAll(saved, cache, isIdle), this.#options.idleMs ?? 2_000);
    this.#timer.unref();
  }

  /** Saves what is not on the disk of a model that is about to be unloaded. */
  async close({ saved, cache }: ModelStates): Promise<void> {
    clearTimeout(this.#timer);
    const deadline = performance.now() + saveDeadlineMs;
    if (saved !== null) await this.#saveAll(saved, cache, () => performance.now() < deadline);
  }

  forget(isForgotten: IsForgotten): void {
    this.#eraseFiles(isForgotten);
    if (this.#moving > 0) this.#forgotten.push(isForgotten);
  }

  async #saveAll(
    saved: SavedStates,
    cache: SequenceCache<ModelSequence>,
    goesOn: () => boolean,
  ): Promise<void> {
    for (const sequence of cache.byRecency())
      await this.#move(cache, async () => {
        if (goesOn()) await saved.save(sequence);
      });
  }

  /** Neither cache nor disk has afterwards what was forgotten meanwhile. */
  async #move(cache: SequenceCache<ModelSequence>, move: () => Promise<void>): Promise<void> {
    this.#moving += 1;
    this.#work = this.#work.then(move);
    await this.#work;
    this.#moving -= 1;
    for (const isForgotten of this.#forgotten) {
      cache.forget(isForgotten);
      this.#eraseFiles(isForgotten);
    }
    if (this.#moving === 0) this.#forgotten = [];
  }

  #eraseFiles(isForgotten: IsForgotten): void {
    const { stateFolder: folder, log } = this.#options;
    try {
      if (folder !== undefined) forgetStates(folder, isForgotten);
    } catch (error) {
      log.warn("kv-states-not-forgotten", { error });
    }
  }
}
