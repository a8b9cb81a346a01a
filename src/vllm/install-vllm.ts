/**
 * Brings a vLLM into a folder, once. Each build gets an environment of its own beside the others (one cannot be
 * renamed: its scripts name its path), and `bin/vllm` points at it only when it is whole. So what was interrupted
 * is never found as a vLLM, and a vLLM that works stays until a new one does.
 */
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { failedWith } from "../process/process-errors.ts";
import { RotatingLog } from "../process/rotating-log.ts";
import { type BuildOptions, buildEnvironment } from "./build-environment.ts";
import { findPython } from "./find-python.ts";
import { ownVllm } from "./find-vllm.ts";
import { VllmSetupError } from "./setup-errors.ts";
import { lockSetup } from "./setup-lock.ts";
import { installedVersion } from "./setup-recipe.ts";
import { vllmVersion } from "./vllm-version.ts";

export interface InstallOptions
  extends Pick<BuildOptions, "build" | "environment" | "signal" | "step" | "freeBytes"> {
  readonly folder: string;
  /** Builds anew what is there already. */
  readonly force: boolean;
  readonly which: (name: string) => string | null;
  /** Another setup works in the folder; this one waits. */
  readonly onWait: (pid: number) => void;
}

export interface Installed {
  readonly version: string;
  /** False: it was there. */
  readonly isNew: boolean;
}

/** @throws VllmSetupError with the next step; signal.reason when aborted */
export async function installVllm(options: InstallOptions): Promise<Installed> {
  const { folder, force, signal } = options;
  const before = currentEnvironment(folder);
  const there = whatIsThere(options);
  if (there !== null && !force) return { version: there, isNew: false };

  makeFolder(folder);
  using _lock = await lockSetup(folder, signal, options.onWait);
  // Whoever was waited for may have built what is wanted.
  const meanwhile = whatIsThere(options);
  const isOthers = currentEnvironment(folder) !== before;
  if (meanwhile !== null && (!force || isOthers)) return { version: meanwhile, isNew: false };

  removeLeftovers(folder);
  const environment = join(folder, `environment-${crypto.randomUUID().slice(0, 8)}`);
  using log = new RotatingLog(join(folder, "setup.log"), { tailLines: 1 });
  try {
    const python = findPython(options.which);
    const version = await buildEnvironment({ ...options, folder: environment, python, log });
    pointAt(folder, environment);
    return { version, isNew: true };
  } finally {
    removeLeftovers(folder);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new VllmSetupError(
      `The folder ${folder} cannot be used. Check its permissions, or set DATA_DIR to one that you may write to.`,
      {},
      { cause },
    );
  }
}

/** The version of a vLLM that is there and is the wanted one. */
function whatIsThere({ folder, build }: InstallOptions): string | null {
  const version = vllmVersion([ownVllm(folder)]);
  return version === installedVersion(build) ? version : null;
}

/** The environment that `bin/vllm` points at. */
function currentEnvironment(folder: string): string | null {
  try {
    return basename(dirname(dirname(readlinkSync(ownVllm(folder)))));
  } catch (cause) {
    if (failedWith(cause, "ENOENT") || failedWith(cause, "ENOTDIR")) return null;
    if (!failedWith(cause, "EINVAL")) throw cause;
    throw new VllmSetupError(
      `${ownVllm(folder)} was not put there by this setup. Choose another folder, or set VLLM_COMMAND to it.`,
      {},
      { cause },
    );
  }
}

/** In one step: nobody ever finds half of it, or nothing. */
function pointAt(folder: string, environment: string): void {
  const link = ownVllm(folder);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(`${link}.new`, { force: true });
  symlinkSync(join("..", basename(environment), "bin/vllm"), `${link}.new`);
  renameSync(`${link}.new`, link);
}

/** Everything that was built and is not used; only whoever holds the lock may. */
function removeLeftovers(folder: string): void {
  const used = currentEnvironment(folder);
  for (const name of readdirSync(folder))
    if (name.startsWith("environment-") && name !== used)
      rmSync(join(folder, name), { recursive: true, force: true });
}
