/** Which models of the catalogue a machine is made for. It knows nothing of files. */
import type { CatalogEntry } from "./catalog.ts";
import type { MachineMemory } from "./machine-memory.ts";

/**
 * What a processor reads of the weights for a token, in bytes: with the 15 to 40 GB/s of today's memory the answer is about as fast as
 * one reads. A graphics card is ten times faster.
 */
const readableBytes = 4e9;

/** Whether it fits the memory, and answers at a usable speed there. */
export function suits(
  { sizeBytes, activeBytes = sizeBytes, minMemoryBytes }: CatalogEntry,
  { totalBytes, mayHaveGpu }: MachineMemory,
): boolean {
  return minMemoryBytes <= totalBytes && (mayHaveGpu || activeBytes <= readableBytes);
}
