/** How many parameters a model has: by the catalogue, otherwise by its name, as models are usually named. */
import type { Catalog } from "./catalog.ts";

/** @returns by a model's name: its parameters in billions; null: nothing says it */
export function modelSizesBy(catalog: Catalog): (model: string) => number | null {
  const known = new Map(
    catalog.flatMap(({ id, aliases, file, vllm, parameters }) =>
      [id, ...aliases, file, ...(vllm == null ? [] : [vllm])].map(
        (name) => [name.toLowerCase(), billionsIn(parameters)] as const,
      ),
    ),
  );
  return (model) => {
    const name = model.toLowerCase();
    return known.get(name) ?? known.get(name.slice(name.lastIndexOf("/") + 1)) ?? billionsIn(name);
  };
}

/** Of "Qwen2.5-1.5B-Instruct" 1.5, of "SmolLM2-135M" 0.135; of several sizes ("Mixtral-8x7B") what is written last. */
function billionsIn(text: string): number | null {
  const sizes = [...text.matchAll(/(?<![\p{L}\d.])(?:\d+x)?(\d+(?:\.\d+)?)([bm])(?![\p{L}\d])/giu)];
  const [, number, letter] = sizes.at(-1) ?? [];
  if (number === undefined) return null;
  return Number(number) / (letter?.toLowerCase() === "m" ? 1000 : 1);
}
