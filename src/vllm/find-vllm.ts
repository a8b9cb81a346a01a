/**
 * Finds the command that launches vLLM, and says precisely what is missing. It runs nothing but `--version`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { EngineUnavailableError } from "../errors.ts";

export interface VllmSearch {
  /** VLLM_COMMAND: a path or a command line; null: not set. */
  readonly command: string | null;
  /** The environment folder of `./run.sh setup-vllm`. */
  readonly ownFolder: string;
  readonly which?: (name: string) => string | null;
}

/** The environment that `./run.sh setup-vllm` makes. */
export const ownVllm = (folder: string) => join(folder, "bin/vllm");

/**
 * Looks at the setting, then in the PATH, then in our own environment.
 * @returns the words before `serve`
 * @throws EngineUnavailableError with the next step
 */
export function findVllm({ command, ownFolder, which = Bun.which }: VllmSearch): string[] {
  if (command !== null) {
    // A path may contain spaces.
    if (existsSync(command)) return [command];
    const [program = "", ...rest] = command.split(/\s+/);
    const found = existsSync(program) ? program : which(program);
    if (found !== null) return [found, ...rest];
    throw new EngineUnavailableError(
      `VLLM_COMMAND is "${command}", but there is no program ${program}. Correct it, or remove it and run ./run.sh setup-vllm.`,
    );
  }
  const found = which("vllm") ?? (existsSync(ownVllm(ownFolder)) ? ownVllm(ownFolder) : null);
  if (found !== null) return [found];
  throw new EngineUnavailableError(
    "vLLM is not installed. Run ./run.sh setup-vllm, set VLLM_COMMAND to its path, or start with ENGINE=llama.",
  );
}

/** Whether vLLM is installed at all, for ENGINE=auto. */
export function hasVllm(search: VllmSearch): boolean {
  try {
    return findVllm(search).length > 0;
  } catch (error) {
    if (error instanceof EngineUnavailableError) return false;
    throw error;
  }
}
