/**
 * Downloads a file from a model hub in pieces, each asked for by its range, into a file that grows: an interrupted download goes
 * on where that file ends. It knows nothing of the expected content.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { type OnProgress, StallTimer } from "./download.ts";
import { requireFreeSpace } from "./free-space.ts";
import {
  askHub,
  BrokenOffError,
  type HubAccess,
  type Patience,
  reasonOf,
  requireSuccess,
  retried,
} from "./hub/hub-client.ts";
import { DiskFullError, SourceUnavailableError, systemCode } from "./model-errors.ts";

interface HubOptions extends Patience {
  readonly access: HubAccess;
  /** In messages: "USER/REPO/file.gguf". */
  readonly about: string;
  /** null: the hub says it. */
  readonly sizeBytes: number | null;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  /** Milliseconds without data after which the hub counts as unreachable. */
  readonly patienceMs?: number;
  /** Called once, when the header of a model is there; an error that it throws ends the download. */
  readonly onBeginning?: () => void;
  /** Of a piece; for tests. */
  readonly pieceBytes?: number;
}

/** Signed addresses expire, so a file of many gigabytes is asked for anew now and then. */
const defaultPieceBytes = 256 * 1024 * 1024;
const beginningBytes = 64 * 1024;

/**
 * @param address of the file
 * @param part where it grows; what lies there already is the file's beginning
 * @throws NotFoundError, HubRefusedError, SourceUnavailableError or DiskFullError; signal.reason when aborted
 */
export async function downloadFromHub(address: string, part: string, options: HubOptions): Promise<void> {
  const file = await open(part, "a");
  try {
    await new Download(address, part, file, options).run();
  } catch (cause) {
    options.signal.throwIfAborted();
    if (systemCode(cause) !== "ENOSPC") throw cause;
    throw new DiskFullError(
      `The disk of ${dirname(part)} is full. Free some space and try again: the download is resumed.`,
      {},
      { cause },
    );
  } finally {
    await file.close();
  }
}

class Download {
  #done = 0;
  #total: number | null;
  #hasAnswered = false;
  #isChecked = false;

  constructor(
    private readonly address: string,
    private readonly part: string,
    private readonly file: FileHandle,
    private readonly options: HubOptions,
  ) {
    this.#total = options.sizeBytes;
  }

  async run(): Promise<void> {
    this.#done = (await this.file.stat()).size;
    if (this.#total !== null && this.#done > this.#total) await this.#beginAnew();
    if (this.#total !== null) this.#requireSpace(this.#total);
    this.#report();
    let seen = this.#done;
    const hasProgress = () => {
      const went = this.#done > seen;
      seen = this.#done;
      return went;
    };
    while (this.#total === null || this.#done < this.#total)
      await retried(() => this.#piece(), { ...this.options, hasProgress });
  }

  async #piece(): Promise<void> {
    const { pieceBytes = defaultPieceBytes } = this.options;
    const first = this.#done;
    const last = Math.min(first + pieceBytes, this.#total ?? Number.POSITIVE_INFINITY) - 1;
    const response = await this.#ask({ range: `bytes=${first}-${last}`, "accept-encoding": "identity" });
    if (response.status === 416) return this.#endedBefore(response);
    const { body } = await requireSuccess(response, this.options.about, this.options.access);
    const range = rangeOf(response);
    if (range !== null && (range.first !== first || !this.#isTotal(range.total))) {
      await body?.cancel();
      throw new BrokenOffError("it answers with other bytes than were asked for");
    }
    if (this.#total === null) {
      this.#total = range?.total ?? lengthOf(response);
      if (this.#total !== null) this.#requireSpace(this.#total);
    }
    // A server that knows no ranges sends the whole file: what is here already is passed over.
    const until = range === null ? (this.#total ?? Number.POSITIVE_INFINITY) : range.last + 1;
    if (body !== null) await this.#write(body, range === null ? first : 0, until);
    if (range === null && this.#total === null) this.#total = this.#done;
    if (this.#done < Math.min(until, this.#total ?? until)) throw new BrokenOffError("it breaks off");
  }

  /** A hub that has answered once, and then does not, may come back. */
  async #ask(headers: Readonly<Record<string, string>>): Promise<Response> {
    try {
      const response = await askHub(this.address, { ...this.options, headers });
      this.#hasAnswered = true;
      return response;
    } catch (cause) {
      if (!this.#hasAnswered || !(cause instanceof SourceUnavailableError)) throw cause;
      throw new BrokenOffError(reasonOf(cause.cause), { cause });
    }
  }

  /** @param skip bytes that are here already @param until where it ends, however much is sent */
  async #write(body: ReadableStream<Uint8Array>, skip: number, until: number): Promise<void> {
    const reader = body.getReader();
    using stall = new StallTimer(this.options.patienceMs ?? 20_000);
    const { promise: ended, reject } = Promise.withResolvers<never>();
    ended.catch(() => {});
    const onStall = () => reject(new BrokenOffError("it does not answer"));
    const onAbort = () => reject(this.options.signal.reason);
    stall.signal.addEventListener("abort", onStall);
    this.options.signal.addEventListener("abort", onAbort);
    let received = 0;
    try {
      while (this.#done < until) {
        const { done, value } = await Promise.race([reader.read().catch(brokenOff), ended]);
        if (done) return;
        received += value.length;
        stall.progress(received);
        const fresh = value.subarray(Math.max(0, value.length - Math.max(0, received - skip)));
        await this.#append(fresh.subarray(0, until - this.#done));
      }
    } finally {
      stall.signal.removeEventListener("abort", onStall);
      this.options.signal.removeEventListener("abort", onAbort);
      reader.cancel().catch(() => {});
    }
  }

  async #append(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; )
      at += (await this.file.write(bytes, at, bytes.length - at, null)).bytesWritten;
    this.#done += bytes.length;
    this.#report();
  }

  #report(): void {
    const { onProgress, onBeginning } = this.options;
    onProgress({ step: "downloading", doneBytes: this.#done, totalBytes: this.#total });
    if (this.#isChecked || this.#done < Math.min(beginningBytes, this.#total ?? beginningBytes)) return;
    this.#isChecked = true;
    onBeginning?.();
  }

  /** The hub has fewer bytes than are here, or as many. */
  async #endedBefore(response: Response): Promise<void> {
    await response.body?.cancel();
    const total = Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1] ?? Number.NaN);
    if (total === this.#done && this.#isTotal(total)) this.#total = total;
    else await this.#beginAnew();
    if (this.#done === 0) throw new BrokenOffError("it has fewer bytes than were asked for");
  }

  async #beginAnew(): Promise<void> {
    await this.file.truncate(0);
    this.#done = 0;
  }

  #isTotal(total: number | null): boolean {
    return this.#total === null || total === null || total === this.#total;
  }

  #requireSpace(total: number): void {
    requireFreeSpace(dirname(this.part), total - this.#done, this.options.about);
  }
}

function brokenOff(cause: unknown): never {
  throw new BrokenOffError(reasonOf(cause), { cause });
}

/** @returns null: the whole file is sent */
function rangeOf(response: Response): { first: number; last: number; total: number | null } | null {
  if (response.status !== 206) return null;
  const [, first, last, total] =
    /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "") ?? [];
  if (first === undefined) throw new BrokenOffError("it does not say which bytes it sends");
  return { first: Number(first), last: Number(last), total: total === "*" ? null : Number(total) };
}

/** null: of a body that is packed the length says nothing. */
function lengthOf(response: Response): number | null {
  const length = response.headers.get("content-length");
  return length === null || response.headers.has("content-encoding") ? null : Number(length);
}
