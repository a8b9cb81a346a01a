/** Finds a Python for vLLM, and says what is missing when there is none. */
import { VllmSetupError } from "./setup-errors.ts";
import { pythonMinors } from "./setup-recipe.ts";

export interface Python {
  readonly path: string;
  /** 3.11, 3.12, … */
  readonly version: string;
}

const { oldest, newest } = pythonMinors;
const range = `3.${oldest} to 3.${newest}`;
/** The default one first; then by number, the newest last, because its wheels are the rarest. */
const names = [
  "python3",
  "python",
  ...Array.from({ length: newest - oldest + 1 }, (_, index) => `python3.${oldest + index}`),
];

/**
 * @param which looks a program up in the PATH
 * @throws VllmSetupError: no Python, no suitable version, or no module venv
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
    return `vLLM needs Python ${range}, but no Python is installed. On Debian and Ubuntu: sudo apt-get install python3 python3-venv.`;
  const fitting = seen.find(({ version }) => isInRange(version));
  if (fitting === undefined)
    return `vLLM needs Python ${range}, but this is Python ${first.version}. Install one of these versions, so that for example python3.${oldest} is in the PATH.`;
  return `Python ${fitting.version} is installed, but its module venv is missing. On Debian and Ubuntu: sudo apt-get install python${fitting.version}-venv.`;
}

function isInRange(version: string): boolean {
  const [major, minor = 0] = version.split(".").map(Number);
  return major === 3 && minor >= oldest && minor <= newest;
}

function versionOf(path: string): string | null {
  const { exitCode, stdout } = ask(path, "import sys; print('%d.%d' % sys.version_info[:2])");
  const version = stdout.toString().trim();
  // A version manager may have put a name into the PATH that leads to nothing.
  return exitCode === 0 && /^\d+\.\d+$/.test(version) ? version : null;
}

/** Debian ships venv without ensurepip, which venv needs. */
function hasVenv(path: string): boolean {
  return ask(path, "import venv, ensurepip").exitCode === 0;
}

function ask(path: string, program: string) {
  return Bun.spawnSync([path, "-I", "-c", program], { stdin: "ignore", stderr: "ignore", timeout: 20_000 });
}
