/**
 * Runs a program and writes down every connection that it, or any program that it starts, asks the system for: by strace,
 * which nothing of ours can hide from. Names that are looked up are connections to a name server.
 */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Connection {
  readonly address: string;
  readonly port: number;
}

/** @returns why connections cannot be recorded on this machine; null: they can */
export function whyNotRecorded(): string | null {
  if (Bun.which("strace") === null) return "strace is not installed";
  const tried = Bun.spawnSync(["strace", "-f", "-qq", "-e", "trace=connect", "true"]);
  return tried.exitCode === 0 ? null : `strace may not be used: ${tried.stderr.toString().trim()}`;
}

export class RecordedProgram implements Disposable {
  readonly #strace: Bun.Subprocess<"ignore", "pipe", "pipe">;
  readonly #file = join(mkdtempSync(join(tmpdir(), "connections-")), "trace");

  constructor(words: readonly string[], environment: Readonly<Record<string, string | undefined>>) {
    const calls = "trace=connect,sendto,sendmsg,sendmmsg";
    this.#strace = Bun.spawn(
      ["strace", "-f", "-qq", "--seccomp-bpf", "-e", calls, "-o", this.#file, ...words],
      {
        env: { ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  }

  get output(): ReadableStream<Uint8Array> {
    return this.#strace.stdout;
  }

  /** Sends a signal to the program itself; strace ends when it and all that it started have ended. */
  kill(signal: NodeJS.Signals): void {
    const children = readFileSync(`/proc/${this.#strace.pid}/task/${this.#strace.pid}/children`, "utf8");
    process.kill(Number(children.trim().split(" ")[0]), signal);
  }

  [Symbol.dispose](): void {
    if (this.#strace.exitCode === null) this.kill("SIGTERM");
  }

  /** @returns the exit code, and every connection over a network that was asked for, whether or not it came about */
  async ended(): Promise<{ readonly code: number; readonly connections: readonly Connection[] }> {
    const code = await this.#strace.exited;
    return { code, connections: connectionsIn(readFileSync(this.#file, "utf8")) };
  }
}

/** @param trace as strace writes it */
function connectionsIn(trace: string): Connection[] {
  const v4 = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/g;
  const v6 = /sa_family=AF_INET6, sin6_port=htons\((\d+)\)[^}]*?inet_pton\(AF_INET6, "([^"]+)"/g;
  return [...trace.matchAll(v4), ...trace.matchAll(v6)].map(([, port, address = ""]) => ({
    address,
    port: Number(port),
  }));
}

export const isLoopback = ({ address }: Connection) =>
  address.startsWith("127.") || address === "::1" || address.startsWith("::ffff:127.");
