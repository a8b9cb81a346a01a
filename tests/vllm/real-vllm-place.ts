/**
 * Where the tests' own vLLM and its weights are: outside of the clone, so that another clone finds them. It brings
 * them by the project's own script, and says why where a machine cannot run them.
 */
import { existsSync, realpathSync, statfsSync } from "node:fs";
import { homedir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { findPython } from "../../src/vllm/find-python.ts";
import { ownVllm } from "../../src/vllm/find-vllm.ts";
import { VllmSetupError } from "../../src/vllm/setup-errors.ts";
import { installedVersion, neededBytes } from "../../src/vllm/setup-recipe.ts";
import { vllmVersion } from "../../src/vllm/vllm-version.ts";
import { runMerged } from "../run-merged.ts";

export interface RealVllmPlace {
  readonly environment: string;
  /** A folder of safetensors, made of the GGUF that the other tests run on. */
  readonly weights: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Other releases get other folders, so that clones of different ages do not fight over one. */
export function realVllmPlace(variables: Variables): RealVllmPlace {
  const caches = variables.XDG_CACHE_HOME || join(homedir(), ".cache");
  const cache = join(caches, "local-financial-assistant");
  return {
    environment: join(cache, `vllm-${installedVersion("cpu")}`),
    weights: join(cache, "smollm2-135m-instruct-b179c952"),
  };
}

const neededMemory = 8e9;
/** Where the registry offers the larger PyTorch; else half of it is enough, but that is known only later. */
const neededSpace = neededBytes("cpu", "");

/** @returns why a real vLLM cannot be tested on this machine, in a sentence; null: it can */
export function whyNoRealVllm(variables: Variables): string | null {
  if (variables.LFA_SKIP_REAL_VLLM === "1") return "LFA_SKIP_REAL_VLLM is 1.";
  if (process.platform !== "linux") return `vLLM runs on Linux, and this is ${process.platform}.`;
  if (totalmem() < neededMemory)
    return `It needs ${inGigabytes(neededMemory)} GB of memory, and this machine has ${inGigabytes(totalmem())}.`;
  const { environment } = realVllmPlace(variables);
  if (vllmVersion([ownVllm(environment)]) === installedVersion("cpu")) return null;
  const free = freeSpaceAt(environment);
  if (free < neededSpace)
    return `It needs up to ${inGigabytes(neededSpace)} GB for ${environment}, and ${inGigabytes(free)} are free.`;
  try {
    findPython(Bun.which);
    return null;
  } catch (cause) {
    if (cause instanceof VllmSetupError) return cause.message;
    throw cause;
  }
}

const inGigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);

/** The folder may not be there yet. */
function freeSpaceAt(folder: string): number {
  if (!existsSync(folder)) return freeSpaceAt(dirname(folder));
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * Brings both unless they are there.
 * @param print takes what is said of the progress
 * @returns null, or one sentence that says what to do
 */
export async function ensureRealVllm(
  projectRoot: string,
  print: (output: string | Uint8Array) => void,
): Promise<string | null> {
  const { environment, weights } = realVllmPlace(process.env);
  const setup = join(projectRoot, "src/cli/setup-vllm.ts");
  if (!(await succeeds([process.execPath, setup, "--cpu", "--folder", environment], print)))
    return "vLLM for the tests could not be set up; the lines above say why.";
  if (existsSync(weights)) return null;
  print("Making weights for vLLM …\n");
  const script = join(projectRoot, "tests/vllm/gguf-to-safetensors.py");
  const gguf = join(projectRoot, "models/SmolLM2-135M-Instruct.Q4_1.gguf");
  const python = join(dirname(realpathSync(ownVllm(environment))), "python");
  const made = await succeeds([python, script, gguf, weights], print);
  // Of two at once, one finds the folder made by the other.
  return made || existsSync(weights)
    ? null
    : "The weights for vLLM could not be made; the lines above say why.";
}

async function succeeds(
  words: readonly string[],
  print: (output: string | Uint8Array) => void,
): Promise<boolean> {
  // Progress bars would fill a log with lines.
  const env = { ...process.env, TQDM_DISABLE: "1", TRANSFORMERS_VERBOSITY: "error" };
  return (await runMerged(words, { env, print })) === 0;
}
