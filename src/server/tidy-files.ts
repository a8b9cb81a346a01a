/**
 * Keeps the database's files in order in the background: what was erased leaves them within seconds, the logs of answers that
 * ended an hour ago are packed, and a file that is mostly empty becomes smaller while nobody is answered. All in small steps, as
 * everybody waits for each.
 */
import { StorageError } from "../errors.ts";
import type { Log } from "../log.ts";
import { inSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";

interface TidyFilesDeps {
  readonly store: Pick<Store, "space" | "tokenLog" | "erasedPieces" | "usage">;
  /** How many answers are unfinished. */
  readonly unfinished: () => number;
  /** Called after something was erased. */
  readonly onErased?: () => void;
  readonly log: Log;
  /** For tests, in milliseconds. */
  readonly everyMs?: number;
  readonly packAfterMs?: number;
}

const defaultEveryMs = 1_000;
/** Who looks at an answer does so at its beginning, mostly. */
const defaultPackAfterMs = 3_600_000;
/** Another process may have erased something: the log is emptied once in so many looks, when nothing was written since. */
const looksBetweenEmptying = 60;
const looksBetweenPacking = 120;
const answersAtOnce = 30;
const pagesAtOnce = 128;

export class TidyFiles implements Disposable {
  readonly #deps: TidyFilesDeps;
  readonly #timer: NodeJS.Timeout;
  #looks = 0;
  #isErasing = false;
  #isDisposed = false;
  #erasuresSeen = 0;
  #writesSeen = -1;
  /** After which answer packing resumes; null: not at present. */
  #packing: string | null = null;

  constructor(deps: TidyFilesDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.#look(), deps.everyMs ?? defaultEveryMs);
    this.#timer.unref();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearInterval(this.#timer);
  }

  #look(): void {
    const isDue = (looks: number) => this.#looks % looks === 0;
    if (!this.#isErasing) void this.#erase();
    try {
      this.#emptyLog(isDue(looksBetweenEmptying));
      if (isDue(looksBetweenPacking)) this.#packing ??= "";
      if (this.#packing !== null) this.#packing = this.#pack(this.#packing);
      if (this.#deps.unfinished() === 0) this.#deps.store.space.shrink(pagesAtOnce);
    } catch (error) {
      this.#note(error);
    }
    this.#looks++;
  }

  /** While nothing can be written the page says so; it is tried again. */
  #note(error: unknown): void {
    if (!(error instanceof StorageError)) this.#deps.log.error("defect", { error });
  }

  async #erase(): Promise<void> {
    this.#isErasing = true;
    try {
      await inSlices(this.#erasing());
    } catch (error) {
      this.#note(error);
    } finally {
      this.#isErasing = false;
    }
  }

  *#erasing(): Generator<void, void, undefined> {
    const { erasedPieces } = this.#deps.store;
    while (!this.#isDisposed && erasedPieces.eraseSome() > 0) yield;
  }

  #emptyLog(isDue: boolean): void {
    const { space, usage } = this.#deps.store;
    const erasures = space.erasures();
    if (erasures > this.#erasuresSeen) {
      this.#deps.onErased?.();
      if (space.emptyLog()) this.#erasuresSeen = erasures;
      return;
    }
    if (!isDue) return;
    const { writes, walBytes } = usage();
    if (walBytes > 0 && writes === this.#writesSeen) space.emptyLog();
    this.#writesSeen = writes;
  }

  #pack(after: string): string | null {
    const { tokenLog } = this.#deps.store;
    const before = Date.now() - (this.#deps.packAfterMs ?? defaultPackAfterMs);
    const { last, ids } = tokenLog.waiting(before, after, answersAtOnce);
    tokenLog.pack(ids);
    return last;
  }
}
