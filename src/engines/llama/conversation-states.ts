/**
 * Loads and saves the states of conversations as a model comes and goes, and forgets those of conversations that are
 * deleted, at any moment: also while states are being loaded or saved. It knows nothing of answers.
 */
import type { Log } from "../../log.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";
import type { ModelFile } from "./model-file.ts";
import type { ModelSequence } from "./model-sequence.ts";
import { forgetStates, SavedStates } from "./saved-states.ts";
import type { SequenceCache } from "./sequence-cache.ts";

type IsForgotten = (conversationId: string) => boolean;

export class ConversationStates {
  readonly #folder: string | undefined;
  readonly #log: Log;
  /** How many loads and saves are under way, and what was forgotten since the first of them began. */
  #moving = 0;
  #forgotten: IsForgotten[] = [];

  /** @param folder where they are kept while no model is loaded; undefined: nowhere */
  constructor(folder: string | undefined, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /** Fills the sequences of a model that has just been loaded. */
  async load(model: ModelFile, runtime: LlamaRuntime, cache: SequenceCache<ModelSequence>): Promise<void> {
    await this.#moved(this.#of(model, runtime)?.load(runtime.sequences), (isForgotten) =>
      cache.forget(isForgotten),
    );
  }

  /** Keeps the sequences of a model that is about to be unloaded. */
  async save(model: ModelFile, runtime: LlamaRuntime, cache: SequenceCache<ModelSequence>): Promise<void> {
    await this.#moved(this.#of(model, runtime)?.save(cache.byRecency()), (isForgotten) =>
      this.#eraseFiles(isForgotten),
    );
  }

  forget(isForgotten: IsForgotten): void {
    this.#eraseFiles(isForgotten);
    if (this.#moving > 0) this.#forgotten.push(isForgotten);
  }

  /** @param forget called afterwards with each that was forgotten meanwhile */
  async #moved(moving: Promise<void> | undefined, forget: (isForgotten: IsForgotten) => void): Promise<void> {
    this.#moving += 1;
    await moving;
    this.#moving -= 1;
    for (const isForgotten of this.#forgotten) forget(isForgotten);
    if (this.#moving === 0) this.#forgotten = [];
  }

  #eraseFiles(isForgotten: IsForgotten): void {
    try {
      if (this.#folder !== undefined) forgetStates(this.#folder, isForgotten);
    } catch (error) {
      this.#log.warn("kv-states-not-forgotten", { error });
    }
  }

  #of({ sha256 }: ModelFile, { llama, model, contextSize }: LlamaRuntime): SavedStates | null {
    if (this.#folder === undefined || sha256 === null) return null;
    const dependsOn = {
      model: sha256,
      contextSize,
      gpu: llama.gpu,
      gpuLayers: model.gpuLayers,
      library: llama.llamaCppRelease.release,
    };
    return new SavedStates({ folder: this.#folder, dependsOn, log: this.#log });
  }
}
