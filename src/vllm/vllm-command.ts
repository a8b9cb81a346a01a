/**
 * The command line and the environment with which vLLM is launched, from the settings and the machine. It knows
 * nothing of processes.
 * @see https://docs.vllm.ai/en/stable/cli/serve.html
 */
import { existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";

export interface VllmLaunch {
  /** What stands before `serve`. */
  readonly program: readonly string[];
  /** A folder or a hub id. */
  readonly model: string;
  /** What clients may call it; the first is the name in its answers. */
  readonly servedNames: readonly string[];
  readonly port: number;
  /** Tokens of prompt and answer together; null: what the model was made for. */
  readonly contextSize: number | null;
  /** The share of the graphics card's memory that it may take, 0 to 1; null: vLLM's own default. */
  readonly gpuMemoryShare: number | null;
  readonly tensorParallel: number;
  /** As given, after all others, so that they win. */
  readonly extraArguments: readonly string[];
  readonly hasCudaGpu: boolean;
  readonly cores: number;
}

/** It listens on loopback only: the key is for other users of this machine. */
const host = "127.0.0.1";

export function vllmArguments(launch: VllmLaunch): [string, ...string[]] {
  const [program = "vllm", ...rest] = launch.program;
  const argument = (name: string, value: string | number | null) =>
    value === null ? [] : [name, String(value)];
  return [
    program,
    ...rest,
    "serve",
    launch.model,
    "--served-model-name",
    ...launch.servedNames,
    ...argument("--host", host),
    ...argument("--port", launch.port),
    ...argument("--max-model-len", launch.contextSize),
    // How much of the prompt was found in the KV cache: the receipt of an answer tells it.
    "--enable-prompt-tokens-details",
    // Without a parser vLLM refuses every tool; this one reads the form that Qwen, Hermes and SmolLM models were trained on.
    "--enable-auto-tool-choice",
    ...argument("--tool-call-parser", "hermes"),
    ...argument("--tensor-parallel-size", launch.tensorParallel > 1 ? launch.tensorParallel : null),
    ...(launch.hasCudaGpu
      ? argument("--gpu-memory-utilization", launch.gpuMemoryShare)
      : ["--dtype", "bfloat16", "--enforce-eager"]),
    ...launch.extraArguments,
  ];
}

/** The key travels in the environment: arguments can be read by every user of the machine. */
export function vllmEnvironment(
  launch: Pick<VllmLaunch, "program" | "hasCudaGpu" | "cores">,
  apiKey: string,
  outer: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const [program = ""] = launch.program;
  const forProcessor = {
    VLLM_CPU_KVCACHE_SPACE: "1",
    VLLM_CPU_OMP_THREADS_BIND: "nobind",
    OMP_NUM_THREADS: String(launch.cores),
    // Threads that spin while they wait for each other take the cores from one another as soon as anything else runs:
    // 40 tokens took 5 to 30 s beside two busy programs on two cores, and 0.9 s with threads that sleep.
    OMP_WAIT_POLICY: "PASSIVE",
    // It would compile what counts log-probabilities when they are first asked for: 15 s of silence, and where there
    // is no C++ compiler, or its path has a space, the end of the whole engine.
    TORCHDYNAMO_DISABLE: "1",
  };
  return {
    VLLM_NO_USAGE_STATS: "1",
    ...(launch.hasCudaGpu ? {} : forProcessor),
    ...outer,
    // What is installed beside it (ninja) is looked for by name while kernels are built.
    ...(program.includes("/") ? { PATH: `${folderOf(program)}:${outer.PATH ?? ""}` } : {}),
    VLLM_API_KEY: apiKey,
    PYTHONUNBUFFERED: "1",
  };
}

/** Our own is a link into its environment. */
function folderOf(program: string): string {
  return dirname(existsSync(program) ? realpathSync(program) : program);
}

export const vllmUrl = (port: number) => `http://${host}:${port}`;
