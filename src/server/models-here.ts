/** The models whose files are on this machine, as the loader of models asks for them. */
import { existsSync } from "node:fs";
import type { ModelFile } from "../engines/llama/model-file.ts";
import { findEntry } from "../models/catalog.ts";
import { ggufKind } from "../models/gguf-kind.ts";
import { chooseModel, type ModelPlace, presentModels } from "../models/model-store.ts";

/** Every request asks for the names, and each look reads the folder. */
const lookAgainMs = 1_000;

export class ModelsHere {
  readonly #place: ModelPlace;
  /** Where models lie that were chosen by a path. */
  readonly #paths = new Map<string, string>();
  #ids: readonly string[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(place: ModelPlace) {
    this.#place = place;
  }

  /** At most a second old. */
  get ids(): readonly string[] {
    const now = performance.now();
    if (now - this.#lookedAt >= lookAgainMs) {
      const elsewhere = [...this.#paths].flatMap(([id, path]) => (existsSync(path) ? [id] : []));
      this.#ids = [...new Set([...presentModels(this.#place).map(({ id }) => id), ...elsewhere])];
      this.#lookedAt = now;
    }
    return this.#ids;
  }

  /** Finds and verifies a model's file. @throws ModelUnusableError, UnknownModelError */
  async choose(
    wanted: string,
    options: { readonly signal?: AbortSignal; readonly failed?: ReadonlySet<string> } = {},
  ): Promise<ModelFile> {
    const chosen = await chooseModel(this.#paths.get(wanted) ?? wanted, this.#place, options);
    if (!this.ids.includes(chosen.id)) this.#paths.set(chosen.id, chosen.path);
    return { ...chosen, isOwn: chosen.entry === null, architecture: ggufKind(chosen.path).architecture };
  }

  /** The id that a name of the settings means. */
  idOf(name: string): string {
    return findEntry(this.#place.catalog, name)?.id ?? name.replace(/^.*\//, "").replace(/\.gguf$/, "");
  }
}
