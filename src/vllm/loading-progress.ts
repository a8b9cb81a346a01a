/** Reads vLLM's loading progress, which takes minutes, and its problems from its log. */
import { type LoadingProgress, type Phase, progressIn } from "../launch/loading-progress.ts";

/** vLLM fetches missing weights after it says that it loads them. */
export const phases: readonly Phase[] = [
  { name: "starting", line: /Resolved architecture()/, from: 0.05, to: 0.05 },
  { name: "starting", line: /Initializing a V\d+ LLM engine()/, from: 0.1, to: 0.1 },
  { name: "loading weights", line: /Starting to load model()/, from: 0.15, to: 0.15 },
  { name: "downloading", line: /(?:Downloading|Fetching|\.safetensors:).*?(\d+)%/, from: 0.15, to: 0.45 },
  { name: "loading weights", line: /Loading .*checkpoint shards:\s*(\d+)%/, from: 0.45, to: 0.7 },
  { name: "warming up", line: /Loading weights took()/, from: 0.7, to: 0.7 },
  { name: "warming up", line: /KV cache size: ()/, from: 0.75, to: 0.75 },
  { name: "capturing graphs", line: /Capturing CUDA graphs?.*?(\d+)%/, from: 0.75, to: 0.95 },
  { name: "warming up", line: /init engine .* took()/, from: 0.95, to: 0.95 },
  { name: "warming up", line: /Starting vLLM server on()/, from: 0.98, to: 0.98 },
];

export const progressAfter = (before: LoadingProgress, line: string): LoadingProgress =>
  progressIn(phases, before, line);

/** The reason why vLLM cannot start, from a line of its log, with the next step; null: none. */
export function problemIn(line: string): string | null {
  return problems.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}

const problems: readonly (readonly [RegExp, string])[] = [
  [
    /CUDA out of memory|No available memory for the cache blocks|larger than the (?:available|maximum).*KV cache|not enough.*KV cache/i,
    "The graphics card's memory is too small for this model and context. Set VLLM_CONTEXT lower, or choose a smaller VLLM_MODEL.",
  ],
  [
    /Decrease .*VLLM_CPU_KVCACHE_SPACE|Available memory on node|Cannot allocate memory|std::bad_alloc/i,
    "The machine's memory is too small for this model and context. Set VLLM_CONTEXT lower, or choose a smaller VLLM_MODEL.",
  ],
  [
    /Failed to infer device type|No CUDA GPUs are available|Found no NVIDIA driver/i,
    "This vLLM was built for a graphics card, and none was found. Check the driver (nvidia-smi), or run ./run.sh setup-vllm for the build that runs on the processor.",
  ],
  [
    /is not a local folder and is not a valid model identifier|Repository Not Found|outgoing traffic has been disabled|We couldn't connect to/i,
    "The model cannot be downloaded. Check VLLM_MODEL and the network, or set VLLM_MODEL to a folder with the model.",
  ],
  [/Address already in use|address already in use/, "Another program uses its port. Start again."],
];
