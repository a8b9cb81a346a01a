/** The memory that the models on this machine take while they are loaded. A file is measured once; another may take its place. */
import type { LlamaEngine } from "../engines/llama/llama-engine.ts";
import { type MemoryNeed, memoryNeed } from "../engines/llama/memory-need.ts";
import type { Settings } from "../settings/settings.ts";
import type { ModelsHere } from "./models-here.ts";

interface MemoryNeedsDeps {
  readonly settings: Pick<Settings, "llama">;
  readonly llama: Pick<LlamaEngine, "library">;
  readonly here: Pick<ModelsHere, "choose">;
}

/** While an answer waits for its model, the others' needs are asked for ten times a second. */
const lookAgainMs = 5_000;

export class MemoryNeeds {
  readonly #deps: MemoryNeedsDeps;
  /** By the file's hash and path. */
  readonly #measured = new Map<string, Promise<MemoryNeed>>();
  readonly #looked = new Map<string, { readonly need: Promise<MemoryNeed>; readonly at: number }>();
  /** What was found last, by the model's id. */
  readonly #known = new Map<string, MemoryNeed>();

  constructor(deps: MemoryNeedsDeps) {
    this.#deps = deps;
  }

  /** @param id of the model @throws ModelUnusableError, UnknownModelError */
  of(id: string, signal: AbortSignal): Promise<MemoryNeed> {
    const now = performance.now();
    const last = this.#looked.get(id);
    if (last !== undefined && now - last.at < lookAgainMs) return last.need;
    const need = this.#look(id, signal);
    this.#looked.set(id, { need, at: now });
    need.then(
      (found) => this.#known.set(id, found),
      () => this.#looked.delete(id),
    );
    return need;
  }

  /** In bytes, without waiting; null: it is not known yet, or cannot be. */
  known(id: string): number | null {
    void this.of(id, new AbortController().signal).catch(() => {});
    const found = this.#known.get(id);
    return found === undefined ? null : found.weights + found.buffers;
  }

  async #look(id: string, signal: AbortSignal): Promise<MemoryNeed> {
    const { settings, llama, here } = this.#deps;
    const { parallel: sequences, context: contextSize, kvType } = settings.llama;
    const { path, sha256 } = await here.choose(id, { signal });
    const key = `${sha256} ${path}`;
    const need =
      this.#measured.get(key) ?? memoryNeed(await llama.library(), path, { sequences, contextSize, kvType });
    this.#measured.set(key, need);
    need.catch(() => this.#measured.delete(key));
    return need;
  }
}
