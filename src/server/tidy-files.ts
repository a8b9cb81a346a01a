/**
 * Keeps the database's files in order in the background: what was erased leaves them within seconds, the logs of answers that
 * ended an hour ago are packed, and a file that is mostly empty becomes smaller while nobody is answered. All in small steps, as
 * everybody waits for each.
 */
import { StorageError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";

interface TidyFilesDeps {
  readonly store: Pick<Store, "space" | "tokenLog" | "usage">;
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
    clearInterval(this.#timer);
  }

  #look(): void {
    const isDue = (looks: number) => this.#looks % looks === 0;
    try {
      this.#emptyLog(isDue(looksBetweenEmptying));
      if (isDue(looksBetweenPacking)) this.#packing ??= "";
      if (this.#packing !== null) this.#packing = this.#pack(this.#packing);
      if (this.#deps.unfinished() === 0) this.#deps.store.space.shrink(pagesAtOnce);
    } catch (error) {
      // While nothing can be written the page says so; it is tried again.
      if (!(error instanceof StorageError)) this.#deps.log.error("defect", { error });
    }
    this.#looks++;
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
