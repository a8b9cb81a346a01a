/**
 * vLLM's command line and environment, from the settings and the machine. It knows nothing of processes.
 * @see https://docs.vllm.ai/en/stable/cli/serve.html
 */
import { existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";

export interface VllmLaunch {
  /** The words before `serve`. */
  readonly program: readonly string[];
  /** A folder or a hub id. */
  readonly model: string;
  /** The names that clients may use; answers carry the first. */
  readonly servedNames: readonly string[];
  readonly port: number;
  /** Tokens of prompt and answer together; null: the model's own limit. */
  readonly contextSize: number | null;
  /** The share of the graphics card's memory for vLLM, 0 to 1; null: vLLM's own default. */
  readonly gpuMemoryShare: number | null;
  readonly tensorParallel: number;
  /** Copied after all other arguments, so that these win. */
  readonly extraArguments: readonly string[];
  readonly hasCudaGpu: boolean;
  readonly cores: number;
}

/** It listens on loopback only: the key keeps out other users of this machine. */
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
    // Reports the prompt tokens found in the KV cache: the receipt of an answer shows them.
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

/** The key travels in the environment: every user of the machine can read arguments. */
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
    // Threads that spin while they wait take the cores from each other as soon as another program runs: 40 tokens took 5 to
    // 30 s beside two busy programs on two cores, and 0.9 s with threads that sleep.
    OMP_WAIT_POLICY: "PASSIVE",
    // The first request for log-probabilities would compile code: 15 s of silence, and a crash of the engine without a C++
    // compiler or with a space in its path.
    TORCHDYNAMO_DISABLE: "1",
  };
  return {
    VLLM_NO_USAGE_STATS: "1",
    ...(launch.hasCudaGpu ? {} : forProcessor),
    ...outer,
    // Kernel builds look up tools of the environment (ninja) by name.
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
