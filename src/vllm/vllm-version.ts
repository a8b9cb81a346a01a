/**
 * Tells which vLLM a command would launch, without launching it: `vllm --version` loads PyTorch and takes 8 s, but
 * Python knows the version of an installed package in 50 ms.
 */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { EngineUnavailableError } from "../errors.ts";

/** The oldest that has what is used: token ids in streams, `continue_final_message`. */
export const oldestVllm = "0.11.0";

/**
 * @param program the words that stand before `serve`
 * @returns null when it cannot be known (a wrapper script, a container)
 */
export function vllmVersion(program: readonly string[]): string | null {
  const python = pythonOf(program);
  if (python === null || !existsSync(python)) return null;
  const asked = Bun.spawnSync(
    [python, "-c", "import importlib.metadata as m; print(m.version('vllm'))"],
    // PyTorch is not loaded, but a cold disk may take its time.
    { stdin: "ignore", stderr: "ignore", timeout: 10_000 },
  );
  const version = asked.stdout.toString().trim();
  return asked.exitCode === 0 && version !== "" ? version : null;
}

/** True for a build that runs on the processor and knows no graphics card. */
export const isForProcessor = (version: string) => /\+.*cpu/.test(version);

/**
 * @returns the version; null when it cannot be known
 * @throws EngineUnavailableError when it is too old, or what it runs on is gone
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
    `${program.join(" ")} is vLLM ${version}, but ${oldestVllm} or later is needed. Upgrade it, or run ./run.sh setup-vllm and leave VLLM_COMMAND out.`,
    { version },
  );
}

/** Builds from a repository without tags call themselves 0.1.dev1: how old they are is not known. */
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
  // A path that is long or has spaces cannot stand in a first line: pip then writes a script for two languages.
  return /^'''exec' "?(\/.*?python[\d.]*)"? "\$0" "\$@"$/.exec(second)?.[1] ?? null;
}

/** Only the beginning: what VLLM_COMMAND names may be a large program. */
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
    // A folder, or not readable: whoever starts it will hear about it.
    return "";
  }
}
