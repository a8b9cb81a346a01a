/** A program of src/terminal in a real pseudo terminal: keys go in, and everything that it draws is kept. */
import { join } from "node:path";

const projectRoot = join(import.meta.dir, "../..");
const patienceMs = 20_000;

export class TypedProgram implements AsyncDisposable {
  /** Every byte that the terminal got, as text. */
  all = "";
  #seen = 0;
  readonly #child: Bun.Subprocess;
  #onData = () => {};

  constructor(script: string, words: readonly string[], environment: Readonly<Record<string, string>>) {
    const decoder = new TextDecoder();
    this.#child = Bun.spawn([process.execPath, join(projectRoot, script), ...words], {
      cwd: projectRoot,
      env: { ...environment },
      terminal: {
        cols: 80,
        rows: 24,
        data: (_terminal, bytes) => {
          this.all += decoder.decode(bytes, { stream: true });
          this.#onData();
        },
      },
    });
  }

  type(keys: string): void {
    this.#child.terminal?.write(keys);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits for text that was drawn after what was waited for last. @returns what came until then, the text included */
  async see(text: string): Promise<string> {
    const from = this.#seen;
    await this.#until(() => this.all.indexOf(text, from) >= 0, `It never showed ${JSON.stringify(text)}`);
    this.#seen = this.all.indexOf(text, from) + text.length;
    return this.all.slice(from, this.#seen);
  }

  async ended(): Promise<number> {
    await within(this.#child.exited, () => `It did not end. It showed: ${JSON.stringify(this.all)}`);
    return this.#child.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.exited;
    this.#child.terminal?.close();
  }

  #until(isSo: () => boolean, complaint: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onData = () => {
      if (isSo()) resolve();
    };
    this.#onData();
    return within(promise, () => `${complaint}. It showed: ${JSON.stringify(this.all)}`);
  }
}

async function within<T>(promise: Promise<T>, complaint: () => string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(complaint())), patienceMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
