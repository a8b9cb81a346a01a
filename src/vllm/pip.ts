/** Runs pip in one environment, with this machine's configuration, and turns its failures into sentences. */
import { join } from "node:path";
import { type LoggedRun, runLogged } from "./run-logged.ts";
import { VllmSetupError } from "./setup-errors.ts";

/** Nothing is compiled: a compiler's failure deep in a package helps nobody. */
const always = ["--no-input", "--disable-pip-version-check", "--only-binary", ":all:"];
/** They would install packages outside of the environment. */
const misleading = ["PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH"] as const;

export class Pip {
  constructor(
    readonly python: string,
    private readonly run: LoggedRun,
  ) {}

  /**
   * @param onDetail gets the name of what is fetched
   * @throws VllmSetupError with the next step; signal.reason when aborted
   */
  async install(words: readonly string[], onDetail: (text: string) => void): Promise<void> {
    await this.#pip(["install", "--progress-bar", "off", ...words], onDetail);
  }

  /** The version that would be installed; it may be more specific than the requested one: 2.13.0+cpu. */
  async resolve(requirement: string): Promise<string> {
    const words = ["install", "--dry-run", "--no-deps", "--ignore-installed", "--progress-bar", "off"];
    const lines = await this.#pip([...words, requirement], () => {});
    const found = lines.map((line) => /^Would install \S+?-(\d\S*)$/.exec(line.trim())?.[1]);
    return found.findLast((version) => version !== undefined) ?? "";
  }

  async #pip(words: readonly string[], onDetail: (text: string) => void): Promise<readonly string[]> {
    const [action = "", ...rest] = words;
    const { environment } = this.run;
    const { code, lines } = await runLogged([this.python, "-m", "pip", action, ...always, ...rest], {
      ...this.run,
      environment: { ...environment, ...Object.fromEntries(misleading.map((name) => [name, undefined])) },
      onLine: (line) => {
        const detail = detailIn(line);
        if (detail !== null) onDetail(detail);
      },
    });
    if (code === 0) return lines;
    throw this.#failure(lines);
  }

  /** pip has no error codes: only its output tells failures apart. */
  #failure(lines: readonly string[]): VllmSetupError {
    const output = lines.join("\n");
    if (/No space left on device|\[Errno 28\]/.test(output))
      return new VllmSetupError("The disk is full. Free some space and run ./run.sh setup-vllm again.");
    const reason = lines.findLast((line) => line.startsWith("ERROR:"))?.replace(/^ERROR:\s*/, "");
    const said = reason === undefined ? "pip failed" : `pip says: ${reason.slice(0, 200)}`;
    return new VllmSetupError(
      `A package could not be installed (${said}). Check the network and pip's own settings, and run ./run.sh setup-vllm again; the whole output is in ${this.run.log.path}.`,
    );
  }
}

/** The message of a line of pip; null: nothing new. */
export function detailIn(line: string): string | null {
  const [, name, size] = /^\s*Downloading (\S+?)-\d\S* \((.+)\)/.exec(line) ?? [];
  if (name !== undefined) return `downloading ${name.replaceAll("_", "-")} (${size})`;
  const packages = /^Installing collected packages: (.+)/.exec(line)?.[1];
  return packages === undefined ? null : `unpacking ${packages.split(",").length} packages`;
}

/** The Python of a virtual environment. */
export const pythonIn = (environment: string) => join(environment, "bin/python");
