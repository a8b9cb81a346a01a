/** The memory that a model may use on this machine. It knows nothing of models. */
import { existsSync, readdirSync } from "node:fs";
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

/** On Linux every graphics card with a driver has a render device. */
export function hasRenderDevice(folder = "/dev/dri"): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("renderD"));
}
