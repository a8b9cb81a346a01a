/** Whether a model fits the memory of this machine, with the numbers that say so. */
import { type MachineMemory, machineMemory } from "./machine-memory.ts";
import { bytesOf } from "./model-parts.ts";
import { type ModelPlace, presentModels } from "./model-store.ts";

/** tight: it can be loaded, and leaves little memory to other programs; too-big: its weights alone are larger than the memory. */
export type Fit = "fits" | "tight" | "too-big";

/** Bytes, all of them. */
export interface ModelSize {
  /** null: the catalogue does not know the model. */
  readonly name: string | null;
  readonly sizeBytes: number;
  /** The memory of the machine. */
  readonly memoryBytes: number;
  readonly fit: Fit;
}

interface Needs {
  readonly sizeBytes: number;
  /** The catalogue's; null: it follows from the size of the file. */
  readonly minMemoryBytes: number | null;
  /** What it will take while it is loaded, where that is known. */
  readonly predictedBytes?: number | null;
}

/** KV cache and buffers grow with the weights; other programs need the rest. */
const shareForCache = 1.25;
const forOtherPrograms = 2e9;

/** What it takes while it is loaded, in bytes; where that is not known, what a machine should have for it and other programs. */
export const memoryFor = ({ sizeBytes, minMemoryBytes, predictedBytes = null }: Needs): number =>
  predictedBytes ?? minMemoryBytes ?? Math.round(sizeBytes * shareForCache + forOtherPrograms);

/** With a graphics card the weights may lie in its memory, whose size only its driver knows: such a model is never too big. */
export function modelFit(needs: Needs, { totalBytes, mayHaveGpu }: MachineMemory): Fit {
  const { sizeBytes, predictedBytes = null } = needs;
  if (sizeBytes > totalBytes) return mayHaveGpu ? "tight" : "too-big";
  const others = predictedBytes === null ? 0 : forOtherPrograms;
  return memoryFor(needs) + others <= totalBytes ? "fits" : "tight";
}

/** @returns the models whose files are on this machine, by their ids; read anew each time */
export function modelSizes(
  place: ModelPlace,
  memory: MachineMemory = machineMemory(),
): ReadonlyMap<string, ModelSize> {
  return new Map(
    presentModels(place).flatMap(({ id, entry, path }) => {
      // A file may go between the listing and this.
      const sizeBytes = bytesOf(path);
      if (sizeBytes === null) return [];
      const fit = modelFit({ sizeBytes, minMemoryBytes: entry?.minMemoryBytes ?? null }, memory);
      return [[id, { name: entry?.name ?? null, sizeBytes, memoryBytes: memory.totalBytes, fit }] as const];
    }),
  );
}
