/**
 * Asks /health again and again, and remembers how long each reply took. In a process of its own: whoever makes the trouble
 * meanwhile would measure how late it is itself.
 */
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds between a reply and the next question. */
const pauseMs = 20;

export class HealthWatch {
  readonly #child: Bun.Subprocess<"ignore", "pipe", "inherit">;
  readonly #took: number[] = [];
  readonly #problems: string[] = [];
  readonly #reading: Promise<void>;

  constructor(url: string) {
    this.#child = Bun.spawn([process.execPath, import.meta.path, url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#reading = this.#read();
  }

  /** @returns what is measured from now on */
  mark(): { p95(): number; readonly count: number } {
    const from = this.#took.length;
    const since = () => this.#took.slice(from).toSorted((one, other) => one - other);
    return {
      p95: () => {
        const took = since();
        return took[Math.floor(took.length * 0.95)] ?? Number.POSITIVE_INFINITY;
      },
      get count() {
        return since().length;
      },
    };
  }

  /** @returns what went wrong meanwhile */
  async stop(): Promise<readonly string[]> {
    this.#child.kill();
    await this.#reading;
    return this.#problems.slice(0, 5);
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    const reader = this.#child.stdout.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [took, problem] = line.split(" ", 2);
        this.#took.push(Number(took));
        if (problem !== "200") this.#problems.push(`/health: ${line}`);
      }
    }
  }
}

/** Writes a line for each reply: milliseconds, and its status or what went wrong. */
async function watch(url: string): Promise<never> {
  for (;;) {
    const askedAt = performance.now();
    let status = "";
    try {
      const response = await fetch(`${url}/health`, {
        keepalive: false,
        signal: AbortSignal.timeout(10_000),
      });
      await response.text();
      status = String(response.status);
    } catch (error) {
      status = error instanceof Error ? error.name : String(error);
    }
    process.stdout.write(`${(performance.now() - askedAt).toFixed(1)} ${status}\n`);
    await delay(pauseMs);
  }
}

if (import.meta.main) await watch(Bun.argv[2] ?? "");
