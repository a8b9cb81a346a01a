import { describe, expect, test } from "bun:test";
import { findVllm } from "../../src/vllm/find-vllm.ts";
import { notLoading, problemIn, progressAfter } from "../../src/vllm/loading-progress.ts";
import { type VllmLaunch, vllmArguments, vllmEnvironment } from "../../src/vllm/vllm-command.ts";

const launch: VllmLaunch = {
  program: ["/opt/vllm/bin/vllm"],
  model: "org/model",
  servedNames: ["model", "phi3"],
  port: 8001,
  contextSize: 4096,
  gpuMemoryShare: 0.8,
  tensorParallel: 2,
  extraArguments: ["--quantization", "awq"],
  hasCudaGpu: true,
  cores: 2,
};

describe("The command that launches vLLM", () => {
  test("on a graphics card", () => {
    expect(vllmArguments(launch).join(" ")).toBe(
      "/opt/vllm/bin/vllm serve org/model --served-model-name model phi3 --host 127.0.0.1 --port 8001 --max-model-len 4096 --tensor-parallel-size 2 --gpu-memory-utilization 0.8 --quantization awq",
    );
  });

  test("on the processor", () => {
    const words = vllmArguments({ ...launch, hasCudaGpu: false, contextSize: null, tensorParallel: 1 });
    expect(words).toContain("--enforce-eager");
    expect(words).not.toContain("--gpu-memory-utilization");
    expect(words).not.toContain("--max-model-len");
  });

  test("the key is in the environment, never among the arguments; the user's own variables win", () => {
    const environment = vllmEnvironment({ hasCudaGpu: false, cores: 2 }, "secret", {
      OMP_NUM_THREADS: "1",
      HOME: "/h",
    });
    expect(environment).toMatchObject({
      VLLM_API_KEY: "secret",
      OMP_NUM_THREADS: "1",
      HOME: "/h",
      VLLM_NO_USAGE_STATS: "1",
    });
    expect(vllmArguments(launch).join(" ")).not.toContain("key");
  });
});

describe("vLLM is looked for", () => {
  const ownFolder = "/nowhere";
  test("where the setting says, as a command line", () => {
    const which = (name: string) => (name === "python3" ? "/usr/bin/python3" : null);
    expect(findVllm({ command: "python3 -m vllm", ownFolder, which })).toEqual([
      "/usr/bin/python3",
      "-m",
      "vllm",
    ]);
    expect(() => findVllm({ command: "/no/vllm", ownFolder, which })).toThrow("there is no program /no/vllm");
  });

  test("in the PATH; when it is nowhere, the next step is said", () => {
    expect(findVllm({ command: null, ownFolder, which: () => "/usr/bin/vllm" })).toEqual(["/usr/bin/vllm"]);
    expect(() => findVllm({ command: null, ownFolder, which: () => null })).toThrow("./run.sh setup-vllm");
  });
});

describe("The progress of loading", () => {
  test("rises from line to line, by what vLLM logs, and never falls", () => {
    const lines = [
      "INFO something else",
      "INFO 11-24 09:00:00 [gpu_model_runner.py:2000] Starting to load model fake...",
      "Loading safetensors checkpoint shards:  50% Completed | 1/2 [00:01<00:01,  1.00s/it]",
      "Loading safetensors checkpoint shards:   0% Completed | 0/2 [00:00<?, ?it/s]",
      "Loading safetensors checkpoint shards: 100% Completed | 2/2 [00:02<00:00,  1.00s/it]",
      "Capturing CUDA graphs (mixed prefill-decode, PIECEWISE):  50%|#####     | 34/67 [00:02<00:02, 15.00it/s]",
      "INFO 11-24 09:00:09 [core.py:200] init engine (profile, create kv cache, warmup model) took 9.00 seconds",
    ];
    let at = notLoading;
    const seen = lines.map((line) => {
      at = progressAfter(at, line);
      return at.progress;
    });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(0.95);
    expect(progressAfter(notLoading, lines[2] ?? "")).toMatchObject({ phase: "loading weights" });
  });

  test("what keeps it from starting is said with the next step", () => {
    expect(problemIn("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB")).toContain(
      "VLLM_CONTEXT",
    );
    expect(problemIn("RuntimeError: Failed to infer device type")).toContain("setup-vllm");
    expect(problemIn("INFO all is well")).toBeNull();
  });
});
