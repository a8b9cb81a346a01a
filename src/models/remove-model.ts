/**
 * Removes a model's files, and all that belong to it. The note of a model of the hub stays, so that another file of the same name
 * is noticed when it is fetched again.
 */
import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { say } from "../texts/say.ts";
import { type Catalog, findEntry, requireEntry } from "./catalog.ts";
import { hubNotes, removeHubNote } from "./hub/hub-notes.ts";
import { partsOf } from "./model-parts.ts";
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
  const plain = wanted.replace(/\.gguf$/, "");
  if (own === undefined && findEntry(place.catalog, wanted) === undefined && removeUnfinished(plain, place))
    return join(place.modelsDir, `${plain}.gguf`);
  const path = own?.path ?? catalogueFile(wanted, place.catalog, place.modelsDir);
  const all = partsOf(path);
  const partial = removeAll(partialFiles(all));
  const removed = removeAll(all);
  for (const each of all) removeStamp(each);
  if (removed || partial) return path;
  throw new NotFoundError(
    say`The model ${{ verbatim: wanted }} is not in ${{ verbatim: place.modelsDir }}: there is nothing to remove.`,
  );
}

/** What a download of theirs has left. */
const partialFiles = (paths: readonly string[]) =>
  paths.flatMap((path) => [`${path}.part`, `${path}.part.ipull`]);

/**
 * Removes what a download left that has not come to its end; whole files stay.
 * @param id of the model @returns whether there was a note of it that is gone now
 */
export function removeUnfinished(id: string, place: ModelPlace): boolean {
  const entry = place.catalog.find((each) => each.id === id);
  if (entry !== undefined) return removeAll(partialFiles([join(place.modelsDir, entry.file)]));
  const note = hubNotes(place.modelsDir).find(({ files }) => files[0]?.name === `${id}.gguf`);
  const first = note?.files[0]?.name;
  if (note === undefined || first === undefined) return false;
  const parts = partialFiles(note.files.map(({ name }) => join(place.modelsDir, name)));
  for (const part of parts) removeStamp(part);
  removeAll(parts);
  if (!note.isVerified) removeHubNote(place.modelsDir, first);
  return !note.isVerified;
}

function catalogueFile(wanted: string, catalog: Catalog, modelsDir: string): string {
  if (
    findEntry(catalog, wanted)?.purpose === "embedding" ||
    catalog.some((entry) => entry.purpose === "embedding" && entry.file === wanted)
  )
    throw new InvalidRequestError(
      say`${{ verbatim: wanted }} is part of the program: recall needs it. It is not removed.`,
    );
  const byFile = catalog.find((entry) => entry.file === wanted);
  const path = join(modelsDir, (byFile ?? requireEntry(catalog, wanted)).file);
  if (relative(modelsDir, path).startsWith(".."))
    throw new InvalidRequestError(say`${{ verbatim: wanted }} is not a model's name.`);
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
