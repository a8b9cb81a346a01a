/** Makes the loader of models that requests name: what it asks for of files, of memory, and of the llama engine. */
import type { EnginePool } from "../engines/engine-pool.ts";
import { LlamaEngine, type LlamaEngineOptions } from "../engines/llama/llama-engine.ts";
import { ModelLoader } from "../engines/model-loader.ts";
import type { Log } from "../log.ts";
import { availableBytes } from "../models/machine-memory.ts";
import type { Settings } from "../settings/settings.ts";
import { engineOf } from "./engine-names.ts";
import type { LastModel } from "./last-model.ts";
import type { MemoryNeeds } from "./memory-needs.ts";
import type { ModelsHere } from "./models-here.ts";

/** What the engine of every model has. */
export type SharedLlamaOptions = Omit<LlamaEngineOptions, "resolveModel">;

interface LoaderDeps {
  readonly settings: Settings;
  readonly pool: EnginePool;
  readonly llama: LlamaEngine;
  readonly llamaOptions: SharedLlamaOptions;
  readonly here: ModelsHere;
  readonly memory: MemoryNeeds;
  readonly lastModel: LastModel;
  readonly log: Log;
}

/** What an answer, an import or another program may want beside the models. */
const reserveBytes = 256e6;

export function createLoader(deps: LoaderDeps): ModelLoader {
  const { settings, pool, llama, llamaOptions, here, memory, lastModel, log } = deps;
  const { onDemand, model } = settings;
  const pinned = new Set(onDemand.pinned.map((name) => here.idOf(name)));
  return new ModelLoader({
    pool,
    first: llama,
    create(id) {
      const engine = new LlamaEngine({
        ...llamaOptions,
        name: engineOf(id),
        model: id,
        library: () => llama.library(),
        resolveModel: (_, signal, failed) =>
          here.choose(id, failed === undefined ? { signal } : { signal, failed }),
      });
      engine.start();
      return engine;
    },
    async needs(id, signal) {
      const { weights, buffers } = await memory.of(id, signal);
      return weights + buffers;
    },
    async room(loaded) {
      const library = await llama.library();
      if (library.gpu !== false) return (await library.getVramState()).free - reserveBytes;
      const signal = new AbortController().signal;
      const needs = await Promise.all(loaded.map((id) => memory.of(id, signal).catch(() => null)));
      // The system counts the weights of loaded models as available, because it can read them again.
      return needs.reduce((sum, need) => sum - (need?.weights ?? 0), availableBytes() - reserveBytes);
    },
    mayExceed: () => settings.llama.context === null || llama.status().details.gpu !== "none",
    maxModels: onDemand.most,
    keepAliveMs: onDemand.keepAliveMs,
    isPinned: (id) => pinned.has(id),
    preferred() {
      const id = here.idOf(model);
      return model.toLowerCase() !== "auto" && here.ids.includes(id) ? id : null;
    },
    onUsed: (id) => lastModel.note(id),
    log,
  });
}
