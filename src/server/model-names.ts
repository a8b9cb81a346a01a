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
  /** The ids of the models that are loaded when a request names them. */
  readonly loadable: () => readonly string[];
  /** The file of a model that was fetched by a name of the hub; null: none was. */
  readonly fetched?: (name: string) => string | null;
}

/** As llama-server's router tells it. */
type LoadState = "loaded" | "loading" | "unloaded";

export class ModelNames {
  readonly #options: ModelNamesOptions;

  constructor(options: ModelNamesOptions) {
    this.#options = options;
  }

  /** @returns the id of a chat model @throws UnknownModelError */
  resolveChat(name: string): string {
    return this.#resolved(name).id;
  }

  /** Whether a name means its own model and no other, which is loaded for it. @throws UnknownModelError */
  namesModel(name: string): boolean {
    return this.#resolved(name).isNamed;
  }

  #resolved(name: string) {
    const { catalog, fallback, loadable, fetched } = this.#options;
    const wanted = fetched?.(name) ?? name;
    return resolveModelName(catalog, wanted, this.#answering, { fallback, loadable: loadable() });
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

  /** The models that can be asked, those that run first. */
  listed() {
    const { embedder, engines, loadable } = this.#options;
    const running = new Map(engines().map((status) => [status.model, status]));
    const loadOf = (id: string): LoadState => {
      const state = running.get(id)?.state;
      return state === "ready" ? "loaded" : state === "starting" ? "loading" : "unloaded";
    };
    return [
      ...[...new Set([...this.#answering, ...loadable()])].map((id) => ({
        ...{ id, load: loadOf(id), purpose: "chat" as const },
        contextLength: running.get(id)?.contextSize ?? null,
      })),
      ...(embedder === null
        ? []
        : [
            {
              ...{ id: embedder.model, load: "loaded" as const, purpose: "embeddings" as const },
              contextLength: embedder.longestText,
            },
          ]),
    ];
  }

  /** The ids of the models that run, or will when they are loaded. */
  get #answering(): readonly string[] {
    return this.#options
      .engines()
      .flatMap(({ state, model }) => (state === "failed" || model === null ? [] : [model]));
  }
}
