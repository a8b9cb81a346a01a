/** Makes the loader of models that requests name: what it asks for of files, of memory, and of the llama engine. */
import type { EnginePool } from "../engines/engine-pool.ts";
import { LlamaEngine, type LlamaEngineOptions } from "../engines/llama/llama-engine.ts";
import type { LlamaServerEngine } from "../engines/llama-server/llama-server-engine.ts";
import { ModelLoader } from "../engines/model-loader.ts";
import { EngineUnavailableError } from "../errors.ts";
import type { Log } from "../log.ts";
import { availableBytes } from "../models/machine-memory.ts";
import type { Settings } from "../settings/settings.ts";
import { engineOf } from "./engine-names.ts";
import type { LastModel } from "./last-model.ts";
import type { MemoryNeeds } from "./memory-needs.ts";
import type { ModelsHere } from "./models-here.ts";

/** What the engine of every model has. */
export type SharedLlamaOptions = Omit<LlamaEngineOptions, "resolveModel">;

interface CommonDeps {
  readonly settings: Settings;
  readonly pool: EnginePool;
  readonly here: ModelsHere;
  readonly lastModel: LastModel;
  readonly log: Log;
}

interface LoaderDeps extends CommonDeps {
  readonly llama: LlamaEngine;
  readonly llamaOptions: SharedLlamaOptions;
  readonly memory: MemoryNeeds;
}

/** What an answer, an import or another program may want beside the models. */
const reserveBytes = 256e6;

export function createLoader(deps: LoaderDeps): ModelLoader {
  const { settings, pool, llama, llamaOptions, here, memory } = deps;
  return new ModelLoader({
    ...commonOf(deps),
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
      const untouched = pool.engines.map((engine) =>
        engine instanceof LlamaEngine ? engine.untouchedBytes : 0,
      );
      // The system counts as available what loaded models have not taken yet, and their weights, because it can read them again.
      return [...needs.map((need) => need?.weights ?? 0), ...untouched].reduce(
        (sum, bytes) => sum - bytes,
        availableBytes() - reserveBytes,
      );
    },
    mayExceed: () => settings.llama.context === null || llama.status().details.gpu !== "none",
    maxModels: settings.onDemand.most,
  });
}

/** A llama-server that answers without the llama engine has one model, which is replaced in place. */
export const createServerLoader = (deps: CommonDeps, first: LlamaServerEngine): ModelLoader =>
  new ModelLoader({
    ...commonOf(deps),
    first,
    create: (id) => {
      throw new EngineUnavailableError(`llama-server has one model at a time: ${id} does not fit beside it.`);
    },
    // What fits it finds out itself.
    needs: async () => 0,
    room: async () => Number.POSITIVE_INFINITY,
    maxModels: 1,
  });

function commonOf({ settings, pool, here, lastModel, log }: CommonDeps) {
  const { onDemand, model } = settings;
  const pinned = new Set(onDemand.pinned.map((name) => here.idOf(name)));
  return {
    ...{ pool, log },
    keepAliveMs: onDemand.keepAliveMs,
    isPinned: (id: string) => pinned.has(id),
    preferred() {
      const id = here.idOf(model);
      return model.toLowerCase() !== "auto" && here.ids.includes(id) ? id : null;
    },
    onUsed: (id: string) => lastModel.note(id),
  };
}
