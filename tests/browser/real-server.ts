/** The real server with the real small model, as a process that a test may kill. It runs under Node too, as Playwright does. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readServerLine } from "../../src/ipc/server-message.ts";

const projectRoot = join(import.meta.dirname, "../..");
const bun = process.versions.bun ? process.execPath : "bun";

export const modelIsThere = existsSync(join(projectRoot, "models/SmolLM2-135M-Instruct.Q4_1.gguf"));

export class RealServer implements AsyncDisposable {
  readonly #dataDir = mkdtempSync(join(tmpdir(), "browser-"));
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  url = "";

  /** @param settings variables of the environment beside those that all of the tests need */
  constructor(settings: Readonly<Record<string, string>> = {}) {
    this.#settings = settings;
  }

  /** On the port that it had before, if it ran before; resolves when it listens. */
  async start(): Promise<void> {
    const child = spawn(bun, ["src/server.ts"], {
      cwd: projectRoot,
      env: {
        ...process.env,
        PORT: this.url === "" ? "0" : new URL(this.url).port,
        DATA_DIR: this.#dataDir,
        MODEL: "smollm2-135m-instruct",
        LLAMA_THREADS: "1",
        LLAMA_PARALLEL: "2",
        // A stop in mid-answer is what some of the tests are about.
        DRAIN_SECONDS: "0",
        // It ends when its standard input does, so that it cannot outlive a test run that was cut off.
        ORCHESTRATED: "1",
        ...this.#settings,
      },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child = child;
    for await (const text of createInterface({ input: child.stdout })) {
      const line = readServerLine(text);
      if (line?.event === "start-refused") throw new Error(line.message);
      if (line?.event !== "listening") continue;
      this.url = line.url;
      // What it writes later is read away, or it would wait for a reader.
      child.stdout.resume();
      return;
    }
    throw new Error("The server ended before it listened.");
  }

  /** Waits until the model is loaded. */
  async healthy(): Promise<void> {
    const deadline = AbortSignal.timeout(60_000);
    for (;;) {
      const reply = await fetch(`${this.url}/health`, { signal: deadline });
      const { status }: { status?: unknown } = await reply.json();
      if (status === "healthy") return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** As a crash would, with nothing put away; or with SIGTERM as a restart does. */
  async kill(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}
