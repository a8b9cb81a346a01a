/** The memory that a model may use on this machine. It knows nothing of models. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { totalmem } from "node:os";

export interface MachineMemory {
  /** Of the machine, or of the container it runs in when that has less. */
  readonly totalBytes: number;
  /** The machine may have a graphics card with its own memory. */
  readonly mayHaveGpu: boolean;
}

export function machineMemory(): MachineMemory {
  const machine = totalmem();
  const container = process.constrainedMemory();
  return {
    totalBytes: container > 0 ? Math.min(machine, container) : machine,
    mayHaveGpu:
      process.platform === "darwin" || existsSync("/proc/driver/nvidia/version") || hasRenderDevice(),
  };
}

/** Where Linux tells of its memory. */
interface MemoryFiles {
  readonly machine: string;
  readonly container: string;
}

const linux: MemoryFiles = { machine: "/proc/meminfo", container: "/sys/fs/cgroup" };
/** Other systems count as used what they can free at once: this share of all memory is for programs. */
const shareForPrograms = 0.75;

/**
 * The bytes that may be taken now without others being moved to the disk: what is free, and what the system holds of files that
 * it can read again.
 * @see https://docs.kernel.org/filesystems/proc.html (MemAvailable), https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
export function availableBytes({ machine, container }: MemoryFiles = linux): number {
  const kilobytes = numberAfter("MemAvailable:", machine);
  const ofMachine =
    kilobytes === null ? totalmem() * shareForPrograms - process.memoryUsage.rss() : kilobytes * 1024;
  const limit = numberAfter("", `${container}/memory.max`);
  const used = numberAfter("", `${container}/memory.current`);
  if (limit === null || used === null) return ofMachine;
  const files = ["active_file", "inactive_file"].map(
    (name) => numberAfter(`${name} `, `${container}/memory.stat`) ?? 0,
  );
  return Math.min(
    ofMachine,
    files.reduce((sum, bytes) => sum + bytes, limit - used),
  );
}

/** The number with which a line goes on that begins so; null: there is no such line, or no such file. */
function numberAfter(beginning: string, path: string): number | null {
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, "utf8").split("\n");
  const line = lines.find((each) => each.startsWith(beginning))?.slice(beginning.length);
  const digits = /^\s*(\d+)/.exec(line ?? "")?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * The memory of the largest NVIDIA card in bytes, as its driver says; null: there is none.
 * @see https://docs.nvidia.com/deploy/nvidia-smi (--query-gpu)
 */
export function cardBytes(program = Bun.which("nvidia-smi")): number | null {
  if (program === null) return null;
  const asked = Bun.spawnSync([program, "--query-gpu=memory.total", "--format=csv,noheader,nounits"], {
    stderr: "ignore",
    timeout: 5_000,
  });
  const mebibytes = asked.stdout.toString().split("\n").map(Number).filter(Number.isFinite);
  return asked.success && mebibytes.length > 0 ? Math.max(...mebibytes) * 2 ** 20 : null;
}

/** On Linux every graphics card with a driver has a render device. */
export function hasRenderDevice(folder = "/dev/dri"): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("renderD"));
}
