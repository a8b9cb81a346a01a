/**
 * One run of a supervised process: a child that leads its own process group, whose output goes to a log and
 * whose pid file lets the next start find it. It knows nothing of health or of restarts.
 */
import { setTimeout as delay } from "node:timers/promises";
import { RUN_MARKER, removePidFile, writePidFile } from "./pid-file.ts";
import { endGroup, signalGroup } from "./process-group.ts";
import { identifyProcess } from "./process-identity.ts";
import type { RotatingLog } from "./rotating-log.ts";

export interface ChildCommand {
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pidFile: string;
}

/** How a child ended: by itself with a code, or by a signal. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export class SupervisedChild {
  /** Resolves as soon as the child has ended, its group with it; never rejects. */
  readonly exited: Promise<ChildExit>;
  readonly pid: number;
  readonly #pidFile: string;
  readonly #stdin: Bun.FileSink;

  /**
   * Starts the child. Its standard input is a pipe that stays open while this process lives: a child that
   * is told ORCHESTRATED=1 reads it and ends at end of file, so nothing outlives an orchestrator killed with -9.
   * @param onLine gets each line of the child's output
   * @throws when the command cannot be started at all (no such program)
   */
  constructor(child: ChildCommand, log: RotatingLog, onLine: (line: string) => void) {
    const marker = crypto.randomUUID();
    const spawned = Bun.spawn([...child.command], {
      cwd: child.directory,
      env: { ...child.environment, ORCHESTRATED: "1", [RUN_MARKER]: marker },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
      detached: true,
    });
    this.pid = spawned.pid;
    this.#stdin = spawned.stdin;
    this.#pidFile = child.pidFile;
    const identity = identifyProcess(spawned.pid);
    if (identity !== null) writePidFile(child.pidFile, { ...identity, marker, since: Date.now(), url: null });

    const output = Promise.all([log.follow(spawned.stdout, onLine), log.follow(spawned.stderr, onLine)]);
    this.exited = spawned.exited.then(async () => {
      // Whatever the child started and left behind goes with it: vLLM's workers outlive their server.
      signalGroup(spawned.pid, "SIGKILL");
      removePidFile(child.pidFile);
      // The last words are still in the pipe; a descendant that left the group may hold it open for ever.
      await Promise.race([output, delay(500)]).catch(() => {});
      const signal = spawned.signalCode === null ? null : String(spawned.signalCode);
      return { code: signal === null ? spawned.exitCode : null, signal };
    });
  }

  /** Writes a line to its standard input. A child that is gone or does not read loses it. */
  send(line: string): void {
    try {
      this.#stdin.write(`${line}\n`);
      void Promise.resolve(this.#stdin.flush()).catch(() => {});
    } catch {
      // Its end is told by `exited`.
    }
  }

  /** Asks the whole group to end, waits up to `graceMs`, then ends it. */
  async stop(graceMs: number): Promise<ChildExit> {
    await endGroup(this.pid, graceMs);
    const exit = await this.exited;
    removePidFile(this.#pidFile);
    return exit;
  }
}
