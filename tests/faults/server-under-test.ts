/**
 * The real server as a process of its own: started on a free port, asked over HTTP, killed without warning,
 * started again over the same data. It ends with the process that started it, whatever becomes of that one.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readServerLine } from "../../src/ipc/server-message.ts";
import { readLines } from "../read-lines.ts";

const projectRoot = join(import.meta.dir, "../..");

export interface ServerOptions {
  readonly dataDir: string;
  /** Settings besides those that keep the server away from the user's own data. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The file to run; src/server.ts unless told. */
  readonly file?: string;
  readonly deadlineMs?: number;
  /** Gets each line that it writes. */
  readonly onLine?: (line: string) => void;
}

export class ServerUnderTest implements AsyncDisposable {
  readonly #child: Bun.Subprocess<"pipe", "pipe", "pipe">;
  readonly #said: string[] = [];

  private constructor(
    readonly url: string,
    child: Bun.Subprocess<"pipe", "pipe", "pipe">,
    said: string[],
  ) {
    this.#child = child;
    this.#said = said;
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Resolves when it listens. @throws with its last words when it ends, or does not listen in time */
  static async start(options: ServerOptions): Promise<ServerUnderTest> {
    const child = Bun.spawn([process.execPath, options.file ?? join(projectRoot, "src/server.ts")], {
      cwd: projectRoot,
      env: {
        ...process.env,
        PORT: "0",
        HOST: "127.0.0.1",
        DATA_DIR: options.dataDir,
        CONFIG_FILE: join(options.dataDir, "config.json"),
        ENGINE: "llama",
        MODEL: "smollm2-135m-instruct",
        LLAMA_THREADS: "1",
        // It reads its standard input and ends at end of file.
        ORCHESTRATED: "1",
        ...options.environment,
      },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
    });
    const said: string[] = [];
    const { promise: listening, resolve, reject } = Promise.withResolvers<string>();
    const onLine = (text: string) => {
      said.push(text);
      if (said.length > 200) said.shift();
      options.onLine?.(text);
      const line = readServerLine(text);
      if (line?.event === "listening") resolve(line.url);
      if (line?.event === "start-refused") reject(new Error(line.message));
    };
    const output = Promise.all([readLines(child.stdout, onLine), readLines(child.stderr, onLine)]);
    const lastWords = () => said.slice(-15).join("\n");
    void child.exited.then(async (code) => {
      await output;
      reject(new Error(`The server ended (exit code ${code}). Its last words:\n${lastWords()}`));
    });
    const deadline = setTimeout(
      () => reject(new Error(`The server does not listen. Its last words:\n${lastWords()}`)),
      options.deadlineMs ?? 60_000,
    );
    try {
      return new ServerUnderTest(await listening, child, said);
    } catch (cause) {
      child.kill("SIGKILL");
      throw cause;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** The last lines that it wrote. */
  lastWords(): string {
    return this.#said.slice(-15).join("\n");
  }

  /** Without warning, as a native crash or the system's memory guard does it. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.exited;
  }

  /** Asks it to end, and waits until it has drained. @returns null, or how else it ended */
  async stop(graceMs = 20_000): Promise<string | null> {
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), graceMs);
    await this.#child.exited;
    clearTimeout(timer);
    const { exitCode, signalCode } = this.#child;
    return exitCode === 0 ? null : `${signalCode ?? `exit code ${exitCode}`}\n${this.lastWords()}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

/** A folder for the server's data that is nobody else's. */
export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), "assistant-data-"));
}
