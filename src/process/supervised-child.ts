/**
 * One run of a supervised process: a child that leads its own process group, a log of its output, and a pid file for the
 * next start. It knows nothing of health or restarts.
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

/** How a child ended: with an exit code, or by a signal. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export class SupervisedChild {
  /** Resolves when the child and its group have ended; never rejects. */
  readonly exited: Promise<ChildExit>;
  readonly pid: number;
  readonly #pidFile: string;
  readonly #stdin: Bun.FileSink;

  /**
   * Starts the child. Its standard input is a pipe that stays open while this process lives: a child with ORCHESTRATED=1
   * reads it and ends at end of file, so nothing outlives an orchestrator killed with -9.
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
      // Its descendants end with it: vLLM's workers outlive their server.
      signalGroup(spawned.pid, "SIGKILL");
      removePidFile(child.pidFile);
      // The pipe still has the last lines; a descendant that left the group may keep it open for ever.
      await Promise.race([output, delay(500)]).catch(() => {});
      const signal = spawned.signalCode === null ? null : String(spawned.signalCode);
      return { code: signal === null ? spawned.exitCode : null, signal };
    });
  }

  /** Writes a line to its standard input. The line is lost when the child has ended or does not read. */
  send(line: string): void {
    try {
      this.#stdin.write(`${line}\n`);
      void Promise.resolve(this.#stdin.flush()).catch(() => {});
    } catch {
      // `exited` reports its end.
    }
  }

  /** Sends TERM to the whole group, waits up to `graceMs`, then kills it. */
  async stop(graceMs: number): Promise<ChildExit> {
    await endGroup(this.pid, graceMs);
    const exit = await this.exited;
    removePidFile(this.#pidFile);
    return exit;
  }
}
