/** The files of a model: one, or the parts of one that was split. It looks only at their names. */
import { existsSync, statSync } from "node:fs";
import { splitOf } from "./hub/file-kinds.ts";

/** @param path of the file that is loaded @returns the paths of all that are here, in order */
export function partsOf(path: string): readonly string[] {
  const split = splitOf(path);
  if (split === null) return [path];
  const number = (part: number) => String(part).padStart(5, "0");
  return Array.from(
    { length: split.parts },
    (_, index) => `${split.whole}-${number(index + 1)}-of-${number(split.parts)}.gguf`,
  ).filter((each) => each === path || existsSync(each));
}

/** @returns null: the file has gone */
export function bytesOf(path: string): number | null {
  const sizes = partsOf(path).map((part) => statSync(part, { throwIfNoEntry: false })?.size);
  return sizes[0] === undefined ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
