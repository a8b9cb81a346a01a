/**
 * Finds the vLLM version of a command without running vLLM: `vllm --version` loads PyTorch and takes 8 s, but Python knows
 * the version of an installed package in 50 ms.
 */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { EngineUnavailableError } from "../errors.ts";

/** The oldest version with the features that we use: token ids in streams, `continue_final_message`. */
const oldestVllm = "0.11.0";

/**
 * @param program the words before `serve`
 * @returns null when it cannot be found out (a wrapper script, a container)
 */
export function vllmVersion(program: readonly string[]): string | null {
  const python = pythonOf(program);
  if (python === null || !existsSync(python)) return null;
  const asked = Bun.spawnSync(
    [python, "-c", "import importlib.metadata as m; print(m.version('vllm'))"],
    // PyTorch is not loaded, but a cold disk may be slow.
    { stdin: "ignore", stderr: "ignore", timeout: 10_000 },
  );
  const version = asked.stdout.toString().trim();
  return asked.exitCode === 0 && version !== "" ? version : null;
}

/** True for a build that runs on the processor and supports no graphics card. */
export const isForProcessor = (version: string) => /\+.*cpu/.test(version);

/**
 * @returns the version; null when it cannot be found out
 * @throws EngineUnavailableError when it is too old, or its Python is missing
 */
export function refuseOldVllm(program: readonly string[]): string | null {
  const python = pythonOf(program);
  if (python !== null && !existsSync(python))
    throw new EngineUnavailableError(
      `${program.join(" ")} cannot run: its Python, ${python}, is gone. Run ./run.sh setup-vllm --force, or set VLLM_COMMAND to another vLLM.`,
    );
  const version = vllmVersion(program);
  if (version === null || !isOlder(version, oldestVllm)) return version;
  throw new EngineUnavailableError(
    `${program.join(" ")} is vLLM ${version}, but ${oldestVllm} or later is needed. Upgrade it, or run ./run.sh setup-vllm and remove VLLM_COMMAND.`,
    { version },
  );
}

/** Builds from a repository without tags call themselves 0.1.dev1: their age is unknown. */
function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[.+]/, 3).map((part) => Number.parseInt(part, 10) || 0);
  if (/\.dev\d/.test(version)) return false;
  const [found, wanted] = [numbers(version), numbers(than)];
  const place = wanted.findIndex((number, index) => number !== found[index]);
  return place >= 0 && (found[place] ?? 0) < (wanted[place] ?? 0);
}

/** The Python that a program is, or that the first lines of a script name. */
function pythonOf([program = ""]: readonly string[]): string | null {
  if (/^python[\d.]*$/.test(basename(program))) return existsSync(program) ? program : Bun.which(program);
  if (!existsSync(program)) return null;
  const [first = "", second = ""] = readStart(program).split("\n");
  const direct = /^#!\s*(\/\S*python[\d.]*)\s*$/.exec(first)?.[1];
  if (direct !== undefined) return direct;
  const byName = /^#!\s*\S*\/env (python[\d.]*)\s*$/.exec(first)?.[1];
  if (byName !== undefined) return Bun.which(byName);
  // A path that is long or has spaces cannot be in a first line: pip then writes a script for two languages.
  return /^'''exec' "?(\/.*?python[\d.]*)"? "\$0" "\$@"$/.exec(second)?.[1] ?? null;
}

/** Only the beginning: VLLM_COMMAND may name a large program. */
function readStart(path: string): string {
  const start = Buffer.alloc(1024);
  try {
    const file = openSync(path, "r");
    try {
      return start.subarray(0, readSync(file, start)).toString();
    } finally {
      closeSync(file);
    }
  } catch {
    // A folder, or not readable: starting it reports the problem.
    return "";
  }
}
