/**
 * Remembers where a model of the hub came from, with the hash of each of its files: what was fetched once is pinned. A note lies
 * beside the models, and stays when its model is removed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const nullableText = t.Union([t.String(), t.Null()]);
const HubNote = t.Object({
  /** As it was asked for, with its quantisation: it resumes the download. */
  wanted: t.String(),
  repository: t.String(),
  revision: t.String(),
  licence: nullableText,
  quantisation: nullableText,
  /** Whether the files were here once, whole and verified: from then on their hashes are pinned. */
  isVerified: t.Boolean(),
  /** Of the model, in order. */
  files: t.Array(
    t.Object({
      /** In the folder of models. */
      name: t.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*\\.gguf$" }),
      /** In the repository. */
      path: t.String(),
      sizeBytes: t.Number(),
      sha256: nullableText,
    }),
    { minItems: 1 },
  ),
});
export type HubNote = Static<typeof HubNote>;

const folder = ".hub";

export const hubNotePath = (modelsDir: string, file: string) => join(modelsDir, folder, `${file}.json`);

/** @param file the name of the model's first file @returns null: it did not come from the hub */
export function readHubNote(modelsDir: string, file: string): HubNote | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(hubNotePath(modelsDir, file), "utf8"));
    return Value.Check(HubNote, parsed) ? parsed : null;
  } catch {
    // There is none, or it is damaged: the model is one of the user's own.
    return null;
  }
}

export function hubNotes(modelsDir: string): readonly HubNote[] {
  const path = join(modelsDir, folder);
  const names = existsSync(path) ? readdirSync(path).sort() : [];
  return names.flatMap((name) => readHubNote(modelsDir, name.replace(/\.json$/, "")) ?? []);
}

/**
 * @param wanted "hf:USER/REPO" or "hf:USER/REPO:QUANT", in small letters or capitals
 * @returns the first file of the model that was fetched by that name; null: none was, or it has been removed
 */
export function fetchedAs(wanted: string, modelsDir: string): string | null {
  const [, repository, quantisation] =
    /^hf:([^:#]+\/[^:#]+)(?::([^:#]+))?$/i.exec(wanted.toLowerCase()) ?? [];
  if (repository === undefined) return null;
  const found = hubNotes(modelsDir).find(
    (note) =>
      note.repository.toLowerCase() === repository &&
      (quantisation === undefined || note.quantisation?.toLowerCase() === quantisation) &&
      existsSync(join(modelsDir, note.files[0]?.name ?? "")),
  );
  return found?.files[0]?.name ?? null;
}

/** In one step: a killed process leaves the former note, or this one. */
export function writeHubNote(modelsDir: string, note: HubNote): void {
  const path = hubNotePath(modelsDir, note.files[0]?.name ?? "");
  mkdirSync(join(modelsDir, folder), { recursive: true });
  writeFileSync(join(modelsDir, folder, ".gitignore"), "*\n");
  writeFileSync(`${path}.new`, `${JSON.stringify(note, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

export const removeHubNote = (modelsDir: string, file: string) =>
  rmSync(hubNotePath(modelsDir, file), { force: true });
