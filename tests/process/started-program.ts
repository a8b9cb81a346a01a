/** A program of this project, run in a process of its own: what it says is read line by line. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLines } from "../read-lines.ts";

const projectRoot = join(import.meta.dir, "../..");
const patienceMs = 25_000;

export interface Ended {
  readonly code: number | null;
  readonly lines: readonly string[];
}

export class StartedProgram {
  readonly lines: string[] = [];
  readonly #child: Bun.Subprocess<"ignore", "pipe", "pipe">;
  readonly #ended: Promise<Ended>;
  #onLine = () => {};

  /** @param script relative to the project */
  constructor(script: string, words: readonly string[], environment: Readonly<Record<string, string>>) {
    this.#child = Bun.spawn([process.execPath, join(projectRoot, script), ...words], {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = Promise.all([this.#read(this.#child.stdout), this.#read(this.#child.stderr)]);
    this.#ended = this.#child.exited.then(async (code) => {
      await said;
      return { code, lines: this.lines };
    });
  }

  get pid(): number {
    return this.#child.pid;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when the program has ended and said its last words. */
  ended(): Promise<Ended> {
    return within(this.#ended, () => `It did not end. It said: ${this.lines.join("\n")}`);
  }

  /** The first line that fits, said already or still to come. */
  line(fits: (line: string) => boolean): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const look = () => {
      const line = this.lines.find(fits);
      if (line !== undefined) resolve(line);
    };
    this.#onLine = look;
    look();
    void this.#ended.then(() => reject(new Error(`It ended. It said: ${this.lines.join("\n")}`)));
    return within(promise, () => `It never said so. It said: ${this.lines.join("\n")}`);
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    await readLines(stream, (line) => {
      this.lines.push(line);
      this.#onLine();
    });
  }
}

/** A data folder of its own and an environment in which the program starts without a model. */
export class TestFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "program-"));

  environment(change: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      DATA_DIR: join(this.path, "data"),
      // Nothing is there: every setting has its default.
      CONFIG_FILE: join(this.path, "config.json"),
      PORT: "0",
      // Asks for no model of this machine's own, so that nothing is downloaded.
      ENGINE: "vllm",
      ...change,
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Asks again until the answer fits: for facts that nobody announces, such as the end of somebody else's child. */
export async function until<T>(
  ask: () => T | Promise<T>,
  fits: (answer: T) => boolean,
  patience = patienceMs,
): Promise<T> {
  const deadline = performance.now() + patience;
  for (let answer = await ask(); ; answer = await ask()) {
    if (fits(answer)) return answer;
    if (performance.now() > deadline)
      throw new Error(`It never became so; at last: ${JSON.stringify(answer)}`);
    await Bun.sleep(20);
  }
}

async function within<T>(promise: Promise<T>, complaint: () => string): Promise<T> {
  let timer: Timer | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint())), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
