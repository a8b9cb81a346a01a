/**
 * Installs vLLM into a folder, once. Each build gets its own environment beside the others (it cannot be renamed: its
 * scripts contain its path). `bin/vllm` points to it only when it is complete: an interrupted build is never used, and a
 * working vLLM stays until a new one works.
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
  /** Builds again even if it exists. */
  readonly force: boolean;
  readonly which: (name: string) => string | null;
  /** Another setup works in the folder; this one waits. */
  readonly onWait: (pid: number) => void;
}

interface Installed {
  readonly version: string;
  /** False: it existed already. */
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
  // The setup that it waited for may have built the wanted one.
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
      `The folder ${folder} cannot be used. Check its permissions, or set DATA_DIR to one that you can write to.`,
      {},
      { cause },
    );
  }
}

/** The version of an installed vLLM, if it is the wanted one. */
function whatIsThere({ folder, build }: InstallOptions): string | null {
  const version = vllmVersion([ownVllm(folder)]);
  return version === installedVersion(build) ? version : null;
}

/** The environment that `bin/vllm` points to. */
function currentEnvironment(folder: string): string | null {
  try {
    return basename(dirname(dirname(readlinkSync(ownVllm(folder)))));
  } catch (cause) {
    if (failedWith(cause, "ENOENT") || failedWith(cause, "ENOTDIR")) return null;
    if (!failedWith(cause, "EINVAL")) throw cause;
    throw new VllmSetupError(
      `${ownVllm(folder)} was not created by this setup. Choose another folder, or set VLLM_COMMAND to it.`,
      {},
      { cause },
    );
  }
}

/** In one step: the link always points to a complete environment. */
function pointAt(folder: string, environment: string): void {
  const link = ownVllm(folder);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(`${link}.new`, { force: true });
  symlinkSync(join("..", basename(environment), "bin/vllm"), `${link}.new`);
  renameSync(`${link}.new`, link);
}

/** Removes every unused build; only the owner of the lock may call it. */
function removeLeftovers(folder: string): void {
  const used = currentEnvironment(folder);
  for (const name of readdirSync(folder))
    if (name.startsWith("environment-") && name !== used)
      rmSync(join(folder, name), { recursive: true, force: true });
}
