/** Removes a model's file, and all files that belong to it. */
import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { type Catalog, findEntry, requireEntry } from "./catalog.ts";
import { type ModelPlace, presentModels } from "./model-store.ts";
import { removeStamp } from "./verification-stamp.ts";

/**
 * @param wanted an id or alias of the catalogue, or the name of another .gguf file in the folder of models
 * @returns the path that was removed
 * @throws UnknownModelError, NotFoundError, or InvalidRequestError for the embedding model, which is part of the program
 */
export function removeModel(wanted: string, place: ModelPlace): string {
  const own = presentModels(place).find(
    (model) => model.entry === null && model.id === wanted.replace(/\.gguf$/, ""),
  );
  const path = own?.path ?? catalogueFile(wanted, place.catalog, place.modelsDir);
  const partial = removeAll([`${path}.part`, `${path}.part.ipull`]);
  const removed = removeAll([path]);
  removeStamp(path);
  if (removed || partial) return path;
  throw new NotFoundError(`The model ${wanted} is not in ${place.modelsDir}: there is nothing to remove.`);
}

function catalogueFile(wanted: string, catalog: Catalog, modelsDir: string): string {
  if (
    findEntry(catalog, wanted)?.purpose === "embedding" ||
    catalog.some((entry) => entry.purpose === "embedding" && entry.file === wanted)
  )
    throw new InvalidRequestError(`${wanted} is part of the program: recall needs it. It is not removed.`);
  const byFile = catalog.find((entry) => entry.file === wanted);
  const path = join(modelsDir, (byFile ?? requireEntry(catalog, wanted)).file);
  if (relative(modelsDir, path).startsWith(".."))
    throw new InvalidRequestError(`${wanted} is not a model's name.`);
  return path;
}

function removeAll(paths: readonly string[]): boolean {
  let removed = false;
  for (const path of paths) {
    try {
      rmSync(path);
      removed = true;
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) throw cause;
    }
  }
  return removed;
}
