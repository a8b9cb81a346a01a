/** The model in the folder of models that says how well texts answer a question. It knows nothing of engines. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ggufKind } from "./gguf-kind.ts";

/** @returns the path of the first one by name; null: there is none */
export function rankingModelIn(modelsDir: string): string | null {
  if (!existsSync(modelsDir)) return null;
  const files = readdirSync(modelsDir).filter((name) => name.endsWith(".gguf"));
  const name = files.sort().find((file) => ggufKind(join(modelsDir, file)).ranks);
  return name === undefined ? null : join(modelsDir, name);
}
