/**
 * The command line and the environment with which vLLM is launched, from the settings and the machine. It knows
 * nothing of processes.
 * @see https://docs.vllm.ai/en/stable/cli/serve.html
 */

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
    ...argument("--tensor-parallel-size", launch.tensorParallel > 1 ? launch.tensorParallel : null),
    ...(launch.hasCudaGpu
      ? argument("--gpu-memory-utilization", launch.gpuMemoryShare)
      : ["--dtype", "bfloat16", "--enforce-eager"]),
    ...launch.extraArguments,
  ];
}

/** The key travels in the environment: arguments can be read by every user of the machine. */
export function vllmEnvironment(
  launch: Pick<VllmLaunch, "hasCudaGpu" | "cores">,
  apiKey: string,
  outer: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const forProcessor = {
    VLLM_CPU_KVCACHE_SPACE: "1",
    VLLM_CPU_OMP_THREADS_BIND: "nobind",
    OMP_NUM_THREADS: String(launch.cores),
  };
  return {
    VLLM_NO_USAGE_STATS: "1",
    ...(launch.hasCudaGpu ? {} : forProcessor),
    ...outer,
    VLLM_API_KEY: apiKey,
    PYTHONUNBUFFERED: "1",
  };
}

export const vllmUrl = (port: number) => `http://${host}:${port}`;
