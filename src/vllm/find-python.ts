/** Finds a Python that vLLM can be installed with, and says what is missing where there is none. */
import { VllmSetupError } from "./setup-errors.ts";
import { pythonMinors } from "./setup-recipe.ts";

export interface Python {
  readonly path: string;
  /** 3.11, 3.12, … */
  readonly version: string;
}

const { oldest, newest } = pythonMinors;
const range = `3.${oldest} to 3.${newest}`;
/** The usual one first; then by number, newest last, because its wheels are the rarest. */
const names = [
  "python3",
  "python",
  ...Array.from({ length: newest - oldest + 1 }, (_, index) => `python3.${oldest + index}`),
];

/**
 * @param which finds a program in the PATH
 * @throws VllmSetupError: no Python, none of a version that will do, or one without the module venv
 */
export function findPython(which: (name: string) => string | null): Python {
  const seen: Python[] = [];
  for (const name of names) {
    const path = which(name);
    const version = path === null ? null : versionOf(path);
    if (path === null || version === null) continue;
    const python = { path, version };
    if (isInRange(version) && hasVenv(path)) return python;
    seen.push(python);
  }
  throw new VllmSetupError(`${missing(seen)} Then run ./run.sh setup-vllm again.`);
}

function missing(seen: readonly Python[]): string {
  const [first] = seen;
  if (first === undefined)
    return `vLLM needs Python ${range}, and there is no Python. On Debian and Ubuntu: sudo apt-get install python3 python3-venv.`;
  const fitting = seen.find(({ version }) => isInRange(version));
  if (fitting === undefined)
    return `vLLM needs Python ${range}, but this is Python ${first.version}. Install one of them so that python3.${oldest}, for instance, is in the PATH.`;
  return `Python ${fitting.version} is here, but its module venv is not. On Debian and Ubuntu: sudo apt-get install python${fitting.version}-venv.`;
}

function isInRange(version: string): boolean {
  const [major, minor = 0] = version.split(".").map(Number);
  return major === 3 && minor >= oldest && minor <= newest;
}

function versionOf(path: string): string | null {
  const { exitCode, stdout } = ask(path, "import sys; print('%d.%d' % sys.version_info[:2])");
  const version = stdout.toString().trim();
  // A version manager may have put a name into the PATH behind which there is nothing.
  return exitCode === 0 && /^\d+\.\d+$/.test(version) ? version : null;
}

/** Debian ships venv without ensurepip, which it cannot work without. */
function hasVenv(path: string): boolean {
  return ask(path, "import venv, ensurepip").exitCode === 0;
}

function ask(path: string, program: string) {
  return Bun.spawnSync([path, "-I", "-c", program], { stdin: "ignore", stderr: "ignore", timeout: 20_000 });
}
