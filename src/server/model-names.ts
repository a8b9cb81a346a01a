/** Which model a name of a request stands for, and which names there are. */
import type { Embedder, EngineStatus } from "../chat/engine.ts";
import type { Catalog } from "../models/catalog.ts";
import { isChatName, isEmbeddingName, resolveModelName } from "../models/model-name.ts";
import type { Settings } from "../settings/settings.ts";

interface ModelNamesOptions {
  readonly catalog: Catalog;
  readonly engines: () => readonly EngineStatus[];
  readonly embedder: Embedder | null;
  /** What an unknown name stands for. */
  readonly fallback: Settings["modelFallback"];
}

export class ModelNames {
  readonly #options: ModelNamesOptions;

  constructor(options: ModelNamesOptions) {
    this.#options = options;
  }

  /** @returns the id of a chat model @throws UnknownModelError */
  resolveChat(name: string): string {
    const { catalog, fallback } = this.#options;
    return resolveModelName(catalog, name, this.#answering, fallback).id;
  }

  /** @returns the id of a chat model, or of the embedder @throws UnknownModelError */
  resolve(name: string): string {
    const { catalog, embedder } = this.#options;
    return embedder !== null && isEmbeddingName(catalog, name) ? embedder.model : this.resolveChat(name);
  }

  /** Whether a name stands for the embedder; answers: it is a chat model's. */
  meansEmbedder(name: string): "yes" | "answers" | "unknown" {
    const { catalog, fallback } = this.#options;
    if (isEmbeddingName(catalog, name) || fallback === "running") return "yes";
    return isChatName(catalog, name, this.#answering) ? "answers" : "unknown";
  }

  /** The models that can be asked now. */
  listed() {
    const { embedder, engines } = this.#options;
    const lengths = new Map(engines().map(({ model, contextSize }) => [model, contextSize]));
    return [
      ...[...new Set(this.#answering)].map((id) => ({
        id,
        purpose: "chat" as const,
        contextLength: lengths.get(id) ?? null,
      })),
      ...(embedder === null
        ? []
        : [{ id: embedder.model, purpose: "embeddings" as const, contextLength: embedder.longestText }]),
    ];
  }

  /** The ids of the models that run, or will when they are loaded. */
  get #answering(): readonly string[] {
    return this.#options
      .engines()
      .flatMap(({ state, model }) => (state === "failed" || model === null ? [] : [model]));
  }
}
