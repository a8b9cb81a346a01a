/** Takes a snapshot of the database once a day while the program runs, in a process of its own. */
import { join } from "node:path";
import type { Log } from "../log.ts";

const hourMs = 60 * 60 * 1000;
/** The first minutes after a start belong to the user. */
const firstAfterMs = 2 * 60 * 1000;
/** How backup-cli.ts ends when it has found the database damaged (EX_DATAERR of sysexits.h). */
const damaged = 65;

export class DailySnapshot implements Disposable {
  readonly #log: Log;
  readonly #dataDir: string;
  readonly #onDamage: (problem: string) => void;
  readonly #first: ReturnType<typeof setTimeout>;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param onDamage called when the copying, which reads the whole database, has found it damaged */
  constructor(dataDir: string, log: Log, onDamage: (problem: string) => void) {
    this.#dataDir = dataDir;
    this.#log = log;
    this.#onDamage = onDamage;
    this.#first = setTimeout(() => void this.take(), firstAfterMs);
    this.#timer = setInterval(() => void this.take(), hourMs);
  }

  /** Takes it if it is due. It never throws: the next hour tries again. */
  async take(): Promise<void> {
    const child = Bun.spawn([process.execPath, join(import.meta.dir, "../cli/backup.ts"), "daily"], {
      env: { ...process.env, DATA_DIR: this.#dataDir },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [code, output, errors] = await Promise.all([
      child.exited,
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    const problem = errors.trim();
    if (code === damaged) this.#onDamage(problem);
    if (code !== 0) this.#log.warn("snapshot-not-taken", { problem });
    else if (output.trim() !== "") this.#log.info("snapshot-taken", { file: output.trim() });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#first);
    clearInterval(this.#timer);
  }
}
