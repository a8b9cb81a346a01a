/** Whether a tiny demo model wrote an answer. It knows only the catalogue: a model that is not in it counts as capable. */
import type { Catalog } from "./catalog.ts";

/** The facts of a model that wrote, or will write: its name, and its file's sha256 if it has one. */
interface WritingModel {
  readonly model: string;
  readonly modelHash?: string | null;
}

/** @returns whether a model is one of the catalogue's tiny ones, by id, alias, vLLM name, file name or file hash */
export function tinyModels(catalog: Catalog): (writing: WritingModel) => boolean {
  const tiny = catalog.filter((entry) => entry.tiny);
  const names = new Set(
    tiny.flatMap(({ id, aliases, file, vllm }) =>
      [id, ...aliases, file, vllm ?? id].map((name) => name.toLowerCase()),
    ),
  );
  const hashes = new Set(tiny.map(({ sha256 }) => sha256));
  return ({ model, modelHash }) => {
    const name = model.toLowerCase();
    return (
      names.has(name) ||
      names.has(name.slice(name.lastIndexOf("/") + 1)) ||
      (typeof modelHash === "string" && hashes.has(modelHash))
    );
  };
}
