/** The ranking model that lies in the folder of models now: it may be put there, and taken away, while the program runs. */
import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Ranker } from "../chat/engine.ts";
import { rankingModelIn } from "../models/ranking-model.ts";

export class RankerHere implements AsyncDisposable {
  /** When a file was last put into the folder, or taken away: each question asks. */
  #changed: number | null = null;
  #ranker: { readonly path: string; readonly made: Ranker } | null = null;
  /** Those whose file is gone, or another one now. */
  #ending: Promise<unknown> = Promise.resolve();

  /** @param make loads nothing yet */
  constructor(
    private readonly modelsDir: string,
    private readonly make: (model: { readonly model: string; readonly modelPath: string }) => Ranker,
  ) {}

  /** @returns null: none is here */
  current(): Ranker | null {
    const changed = statSync(this.modelsDir, { throwIfNoEntry: false })?.mtimeMs ?? null;
    if (changed === this.#changed) return this.#ranker?.made ?? null;
    this.#changed = changed;
    const path = rankingModelIn(this.modelsDir);
    if (path === this.#ranker?.path) return this.#ranker?.made ?? null;
    this.#end();
    if (path === null) return null;
    const made = this.make({ model: basename(path, ".gguf"), modelPath: path });
    this.#ranker = { path, made };
    return made;
  }

  #end(): void {
    const ended = this.#ranker?.made[Symbol.asyncDispose]();
    this.#ending = Promise.all([this.#ending, ended]);
    this.#ranker = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    await this.#ending;
  }
}
