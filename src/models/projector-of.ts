/**
 * The projector that lies beside a model, with which it sees pictures. Files name it in many ways ("mmproj-NAME-f16.gguf",
 * "NAME-mmproj.gguf"): what its name has besides the usual words must be in the model's. It knows nothing of engines.
 */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ggufKind } from "./gguf-kind.ts";

const usual = /^(?:mmproj|model|projector|vision|gguf|f16|bf16|f32|i?q\d.*|[kmsl]|\d)$/;

/** @returns null: there is none, or it is unclear whose they are */
export function projectorOf(model: string): string | null {
  const folder = dirname(model);
  const names = readdirSync(folder).filter((name) => name.endsWith(".gguf"));
  const projectors = names.filter((name) => ggufKind(join(folder, name)).architecture === "clip");
  const words = new Set(wordsOf(basename(model)));
  const named = projectors.filter((name) => {
    const own = wordsOf(name).filter((word) => !usual.test(word));
    return own.length > 0 && own.every((word) => words.has(word));
  });
  // The one that says most is meant: "mmproj-gemma-3-4b-it" before "mmproj-gemma".
  const [best] = named.toSorted((a, b) => wordsOf(b).length - wordsOf(a).length || a.localeCompare(b));
  if (best !== undefined) return join(folder, best);
  const [only] = projectors;
  const isAlone = projectors.length === 1 && names.length === 2 && only !== undefined;
  return isAlone && wordsOf(only).every((word) => usual.test(word)) ? join(folder, only) : null;
}

const wordsOf = (name: string) =>
  name
    .toLowerCase()
    .split(/[-._ ]+/)
    .filter((word) => word !== "");
