/** A program of src/terminal between pipes, as a shell or another program runs it. */
import { join } from "node:path";

const projectRoot = join(import.meta.dir, "../..");

export interface PipedResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export class PipedProgram implements AsyncDisposable {
  readonly #child: Bun.Subprocess<Uint8Array<ArrayBuffer>, "pipe", "pipe">;
  #output = "";
  #onOutput = () => {};
  readonly #read: Promise<void>;

  constructor(
    script: string,
    words: readonly string[],
    environment: Readonly<Record<string, string>>,
    input = "",
  ) {
    this.#child = Bun.spawn([process.execPath, join(projectRoot, script), ...words], {
      cwd: projectRoot,
      env: { ...environment },
      stdin: new TextEncoder().encode(input),
      stdout: "pipe",
      stderr: "pipe",
    });
    this.#read = this.#readOutput();
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until so much was written to standard output. */
  async see(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onOutput = () => {
      if (this.#output.includes(text)) resolve();
    };
    this.#onOutput();
    await promise;
  }

  async result(): Promise<PipedResult> {
    const errors = await new Response(this.#child.stderr).text();
    await this.#read;
    return { code: await this.#child.exited, output: this.#output, errors };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.exited;
  }

  async #readOutput(): Promise<void> {
    const decoder = new TextDecoder();
    const reader = this.#child.stdout.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      this.#output += decoder.decode(chunk.value, { stream: true });
      this.#onOutput();
    }
  }
}
