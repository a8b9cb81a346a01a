/** The app over a scripted engine as a process of its own: started, asked what it takes of the machine, and ended. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { linesOf } from "../read-lines.ts";

interface Listening {
  readonly url: string;
  readonly pid: number;
  readonly key: string | null;
}

export interface Ended {
  readonly code: number;
  readonly defects: number;
  readonly first: readonly unknown[];
}

export class ScriptedServer implements AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly key: string | null;
  readonly #child: Bun.Subprocess<"pipe", "pipe", "inherit">;
  readonly #lines: AsyncGenerator<string, void, undefined>;

  private constructor(
    { url, pid, key }: Listening,
    child: Bun.Subprocess<"pipe", "pipe", "inherit">,
    lines: AsyncGenerator<string, void, undefined>,
  ) {
    this.url = url;
    this.pid = pid;
    this.key = key;
    this.#child = child;
    this.#lines = lines;
  }

  static async start(environment: Readonly<Record<string, string>>): Promise<ScriptedServer> {
    const child = Bun.spawn([process.execPath, join(import.meta.dir, "fixtures/scripted-server.ts")], {
      env: { ...process.env, ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = linesOf(child.stdout);
    const { value } = await lines.next();
    if (typeof value !== "string") throw new Error("The server ended before it listened.");
    return new ScriptedServer(JSON.parse(value), child, lines);
  }

  /** In bytes. */
  residentBytes(): number {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) * 1024;
  }

  openDescriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<Ended> {
    this.#child.kill("SIGTERM");
    const { value } = await this.#lines.next();
    const code = await this.#child.exited;
    return typeof value === "string" ? { code, ...JSON.parse(value) } : { code, defects: 0, first: [] };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.exited;
  }
}
