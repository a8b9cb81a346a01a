/**
 * The usage of each NVIDIA card, read from nvidia-smi now and then in the background. Other cards do not report it.
 * @see https://docs.nvidia.com/deploy/nvidia-smi (--query-gpu)
 */
interface GpuUsage {
  readonly name: string;
  readonly usedBytes: number;
  readonly totalBytes: number;
  /** 0 to 1; null when the driver does not report it. */
  readonly utilisation: number | null;
}

const question = "--query-gpu=name,memory.used,memory.total,utilization.gpu";
const mebibyte = 2 ** 20;

/** @param text one line a card: name, MiB used, MiB in all, per cent */
function readGpuUsage(text: string): GpuUsage[] {
  return text.split("\n").flatMap((line) => {
    const [name, used, total, busy] = line.split(",").map((field) => field.trim());
    if (name === undefined || used === undefined || !Number(total)) return [];
    const share = Number(busy);
    return [
      {
        name,
        usedBytes: Number(used) * mebibyte,
        totalBytes: Number(total) * mebibyte,
        utilisation: Number.isFinite(share) ? share / 100 : null,
      },
    ];
  });
}

export class GpuWatch implements Disposable {
  readonly #program = Bun.which("nvidia-smi");
  readonly #timer: ReturnType<typeof setInterval> | null = null;
  #usage: readonly GpuUsage[] = [];

  constructor(intervalMs = 5_000) {
    if (this.#program === null) return;
    this.#timer = setInterval(() => void this.#look(), intervalMs);
    void this.#look();
  }

  /** As it was last seen; empty without a card. */
  get usage(): readonly GpuUsage[] {
    return this.#usage;
  }

  async #look(): Promise<void> {
    const child = Bun.spawn([this.#program ?? "nvidia-smi", question, "--format=csv,noheader,nounits"], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 4_000,
    });
    const text = await new Response(child.stdout).text();
    this.#usage = (await child.exited) === 0 ? readGpuUsage(text) : [];
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }
}
