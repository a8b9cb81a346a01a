/** Makes the embedder of the catalogue's embedding model. */
import { join } from "node:path";
import { LlamaEmbedder } from "../engines/llama/llama-embedder.ts";
import type { LlamaEngine } from "../engines/llama/llama-engine.ts";
import type { Log } from "../log.ts";
import { fileOf, type ModelPlace } from "../models/model-store.ts";

/** Numbers in a vector of the catalogue's embedding model. */
const dimensions = 384;

/** @returns null when the model's file is missing: memories are then found by their words alone */
export function createEmbedder(
  { catalog, projectRoot }: ModelPlace,
  llama: LlamaEngine,
  log: Log,
): LlamaEmbedder | null {
  const entry = catalog.find(({ purpose }) => purpose === "embedding");
  const place = { catalog, projectRoot, modelsDir: join(projectRoot, "models") };
  const modelPath = entry === undefined ? null : fileOf(entry, place);
  if (entry === undefined || modelPath === null) {
    log.warn("embedding-model-missing", { model: entry?.id ?? null });
    return null;
  }
  return new LlamaEmbedder({
    model: entry.id,
    modelPath,
    dimensions,
    library: () => llama.library(),
    log,
  });
}
