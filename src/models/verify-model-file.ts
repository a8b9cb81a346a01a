/**
 * Decides whether a model file may be loaded. Native code trusts what it maps, so every doubtful file is refused here, with a
 * sentence. It knows nothing of where files come from.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { ModelUnusableError } from "../errors.ts";
import type { CatalogEntry } from "./catalog.ts";
import { hasGgufMagic, readGgufExtent } from "./gguf-extent.ts";
import { type MachineMemory, machineMemory } from "./machine-memory.ts";
import { systemCode } from "./model-errors.ts";
import { readStamp, writeStamp } from "./verification-stamp.ts";

/** As the catalogue has it, or as the hub lists it. */
type ExpectedFile = Pick<CatalogEntry, "id" | "sha256" | "sizeBytes"> & { readonly source?: "hub" };

export interface VerifyOptions {
  /** The expected file; without it only the file's own consistency is checked. */
  readonly entry?: ExpectedFile;
  readonly memory?: MachineMemory;
  /** Gets hashed bytes and all bytes. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface VerifiedModel {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Checks that the file exists, is complete, is a GGUF, is the catalogue's, and fits the memory. A file that passed before and
 * has not changed is not hashed again.
 * @throws ModelUnusableError with the reason and what to do; signal.reason when aborted
 */
export async function verifyModelFile(path: string, options: VerifyOptions = {}): Promise<VerifiedModel> {
  const { entry, signal, onProgress } = options;
  const name = basename(path);
  const again =
    entry === undefined || entry.source === "hub"
      ? "Download it again."
      : `Remove it with "./run.sh models rm ${entry.id}" and download it again with "./run.sh models pull ${entry.id}".`;
  const refuse = (reason: string, facts: { reason: string }, cause?: unknown) =>
    new ModelUnusableError(reason, { file: name, ...facts }, { cause });

  const sizeBytes = await sizeOf(path, name);
  if (sizeBytes === 0) throw refuse(`The model file ${name} is empty. ${again}`, { reason: "empty" });
  refuseIfTooBig(name, sizeBytes, options.memory ?? machineMemory());

  const stamped = await readStamp(path);
  if (stamped !== null && (entry?.sha256 === undefined || entry.sha256 === stamped))
    return { path, sizeBytes, sha256: stamped };

  if (!(await hasGgufMagic(path)))
    throw refuse(`${name} is not a GGUF model file. ${again}`, { reason: "not_gguf" });
  if (entry?.sha256 !== undefined && sizeBytes < entry.sizeBytes)
    throw refuse(
      `The model file ${name} is incomplete: it has ${sizeBytes} of ${entry.sizeBytes} bytes. ${again}`,
      { reason: "truncated" },
    );
  const whole = await readGgufExtent(path, signal).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw refuse(
      `The header of the model file ${name} is damaged or cut off. ${again}`,
      { reason: "damaged" },
      cause,
    );
  });
  if (sizeBytes < whole)
    throw refuse(`The model file ${name} is incomplete: it has ${sizeBytes} of ${whole} bytes. ${again}`, {
      reason: "truncated",
    });

  const sha256 = await hashFile(path, (done) => onProgress?.(done, sizeBytes), signal);
  if (entry?.sha256 !== undefined && entry.sha256 !== sha256)
    throw refuse(
      `The model file ${name} is not the one ${entry.source === "hub" ? "that the hub lists" : "in the catalogue"}: its sha256 is ${sha256}. ${again}`,
      { reason: "wrong_hash" },
    );
  await writeStamp(path, sha256);
  return { path, sizeBytes, sha256 };
}

/** Conservative: with a graphics card the weights may live there, and only its driver knows how much fits. */
function refuseIfTooBig(name: string, sizeBytes: number, memory: MachineMemory): void {
  if (memory.mayHaveGpu || sizeBytes <= memory.totalBytes) return;
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  throw new ModelUnusableError(
    `The model ${name} needs more than ${gigabytes(sizeBytes)} GB of memory and this machine has ${gigabytes(memory.totalBytes)} GB. Choose a smaller one: "./run.sh models list" shows them.`,
    { file: name, reason: "too_big" },
  );
}

async function sizeOf(path: string, name: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (cause) {
    const code = systemCode(cause);
    if (code !== "ENOENT" && code !== "ENOTDIR")
      throw new ModelUnusableError(
        `The model file ${name} cannot be read (${code}). Check its permissions.`,
        { file: name, reason: "unreadable" },
        { cause },
      );
  }
  throw new ModelUnusableError(
    `There is no model file ${path}. "./run.sh models list" shows the models, "./run.sh models pull NAME" downloads one.`,
    { file: name, reason: "missing" },
  );
}

/** Reads the file in pieces: a model is larger than the memory for it. */
async function hashFile(
  path: string,
  onProgress: (done: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash("sha256");
  let done = 0;
  const pieces = createReadStream(path, {
    highWaterMark: 4 * 1024 * 1024,
    ...(signal === undefined ? {} : { signal }),
  });
  for await (const piece of pieces) {
    hash.update(piece);
    done += piece.length;
    onProgress(done);
  }
  return hash.digest("hex");
}
