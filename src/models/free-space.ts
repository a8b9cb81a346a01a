/** Checks before a download begins whether the disk has room for it. */
import { statfsSync } from "node:fs";
import { DiskFullError } from "./model-errors.ts";

/** Bytes to leave free, for the database and for other programs. */
const marginBytes = 500_000_000;

/**
 * @param folder an existing folder on the disk in question
 * @throws DiskFullError with the missing amount
 */
export function requireFreeSpace(
  folder: string,
  neededBytes: number,
  what: string,
  available = freeBytes(folder),
): void {
  const missing = neededBytes + marginBytes - available;
  if (missing <= 0) return;
  throw new DiskFullError(
    `${what} needs ${megabytes(neededBytes)} MB, and ${megabytes(available)} MB are free in ${folder}. Free at least ${megabytes(missing)} MB, or set MODELS_DIR to a folder on a larger disk.`,
    { needed_bytes: neededBytes, free_bytes: available },
  );
}

export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
