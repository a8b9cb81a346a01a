/**
 * Downloads a file from a model hub with node-llama-cpp's own downloader: several connections, and an interrupted download
 * is resumed. It knows nothing of the expected content.
 */
import { basename, dirname } from "node:path";
import { type Environment, type OnProgress, StallTimer } from "./download.ts";
import { DiskFullError, SourceUnavailableError, systemCode } from "./model-errors.ts";

interface HubOptions {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  /** Has MODEL_ENDPOINT and HF_ENDPOINT. */
  readonly environment: Environment;
  /** Milliseconds without data after which the hub counts as unreachable. */
  readonly patienceMs?: number;
}

/**
 * @param uri as node-llama-cpp takes it: `hf:user/repository/file#revision` or an address
 * @param target the path of the file; a partial one lies beside it until it is complete
 * @throws SourceUnavailableError or DiskFullError; signal.reason when aborted
 * @see https://node-llama-cpp.withcat.ai/guide/downloading-models
 */
export async function downloadFromHub(uri: string, target: string, options: HubOptions): Promise<void> {
  await requireAnswer(addressOf(uri, options.environment), options.signal);
  const { createModelDownloader } = await import("node-llama-cpp");
  using stall = new StallTimer(options.patienceMs ?? 20_000);
  const signal = AbortSignal.any([options.signal, stall.signal]);
  const aborted = rejectOnAbort(signal);
  try {
    const downloader = await Promise.race([
      createModelDownloader({
        modelUri: uri,
        dirPath: dirname(target),
        fileName: basename(target),
        skipExisting: false,
        deleteTempFileOnCancel: false,
        onProgress: ({ downloadedSize, totalSize }) => {
          stall.progress(downloadedSize);
          options.onProgress({
            step: "downloading",
            doneBytes: downloadedSize,
            totalBytes: totalSize || null,
          });
        },
      }),
      aborted.promise,
    ]);
    await Promise.race([downloader.download({ signal }), aborted.promise]);
  } catch (cause) {
    options.signal.throwIfAborted();
    if (systemCode(cause) === "ENOSPC")
      throw new DiskFullError(
        `The disk of ${dirname(target)} is full. Free some space and try again: the download is resumed.`,
        {},
        { cause },
      );
    const reason = stall.signal.aborted ? "it does not answer" : explain(cause);
    throw new SourceUnavailableError(
      `the model hub cannot be reached (${reason})`,
      { source: "hub" },
      { cause },
    );
  } finally {
    aborted.dispose();
  }
}

/** The downloader repeats a failed request for minutes; one plain request finds out within seconds. */
async function requireAnswer(address: string, signal: AbortSignal): Promise<void> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  const refuse = (reason: string, cause?: unknown) =>
    new SourceUnavailableError(`the model hub cannot be used (${reason})`, { source: "hub" }, { cause });
  const response = await fetch(address, { method: "HEAD", signal: within }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw refuse(within.aborted ? "it does not answer" : explain(cause), cause);
  });
  if (!response.ok) throw refuse(`it answers ${response.status}`);
}

/** The hub's own layout of addresses; MODEL_ENDPOINT and HF_ENDPOINT name a mirror, as they do for the downloader. */
function addressOf(uri: string, environment: Environment): string {
  const { user, repository, file, revision } =
    /^hf:(?<user>[^/]+)\/(?<repository>[^/]+)\/(?<file>[^#]+)(#(?<revision>.+))?$/.exec(uri)?.groups ?? {};
  if (user === undefined) return uri;
  const hub = environment.MODEL_ENDPOINT || environment.HF_ENDPOINT || "https://huggingface.co";
  return `${hub.replace(/\/$/, "")}/${user}/${repository}/resolve/${revision ?? "main"}/${file}`;
}

function explain(cause: unknown): string {
  return (
    systemCode(cause) ??
    (cause instanceof Error ? (cause.message.split("\n")[0] ?? cause.name) : String(cause))
  );
}

/** The downloader's set-up takes no signal, so it runs in a race with one. */
function rejectOnAbort(signal: AbortSignal): { promise: Promise<never>; dispose(): void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return { promise, dispose: () => signal.removeEventListener("abort", onAbort) };
}
