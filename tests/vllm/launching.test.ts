import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notLoading } from "../../src/launch/loading-progress.ts";
import { findVllm } from "../../src/vllm/find-vllm.ts";
import { problemIn, progressAfter } from "../../src/vllm/loading-progress.ts";
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
      "/opt/vllm/bin/vllm serve org/model --served-model-name model phi3 --host 127.0.0.1 --port 8001 --max-model-len 4096 --enable-prompt-tokens-details --enable-auto-tool-choice --tool-call-parser hermes --tensor-parallel-size 2 --gpu-memory-utilization 0.8 --quantization awq",
    );
  });

  test("on the processor", () => {
    const words = vllmArguments({ ...launch, hasCudaGpu: false, contextSize: null, tensorParallel: 1 });
    expect(words).toContain("--enforce-eager");
    expect(words).not.toContain("--gpu-memory-utilization");
    expect(words).not.toContain("--max-model-len");
  });

  test("the key is in the environment, never among the arguments; the user's own variables win", () => {
    const environment = vllmEnvironment({ ...launch, hasCudaGpu: false }, "secret", {
      OMP_NUM_THREADS: "1",
      HOME: "/h",
      PATH: "/usr/bin",
    });
    expect(environment).toMatchObject({
      VLLM_API_KEY: "secret",
      OMP_NUM_THREADS: "1",
      HOME: "/h",
      PATH: "/opt/vllm/bin:/usr/bin",
      VLLM_NO_USAGE_STATS: "1",
    });
    expect(vllmArguments(launch).join(" ")).not.toContain("key");
  });

  test("nothing is compiled on the processor (a machine without a compiler lost the engine to log-probabilities), and no thread spins", () => {
    expect(vllmEnvironment({ ...launch, hasCudaGpu: false }, "", {})).toMatchObject({
      TORCHDYNAMO_DISABLE: "1",
      OMP_WAIT_POLICY: "PASSIVE",
    });
    expect(vllmEnvironment(launch, "", {})).not.toHaveProperty("TORCHDYNAMO_DISABLE");
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
    const withSpaces = mkdtempSync(join(tmpdir(), "a vllm "));
    expect(findVllm({ command: withSpaces, ownFolder, which })).toEqual([withSpaces]);
    rmSync(withSpaces, { recursive: true });
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

  test("fits what a vLLM of version 0.32 logs on the processor, and takes nothing of it for a problem", async () => {
    const log = await Bun.file(join(import.meta.dir, "fixtures/vllm-0.32-cpu-start.txt")).text();
    let at = notLoading;
    const seen = log.split("\n").map((line) => {
      expect(problemIn(line)).toBeNull();
      at = progressAfter(at, line);
      return at;
    });
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual([
      "starting",
      "loading weights",
      "warming up",
    ]);
    expect(new Set(seen.map(({ progress }) => progress)).size).toBeGreaterThan(6);
    expect(at.progress).toBe(0.98);
  });

  test("shows a download, which begins after it says that it loads the model", () => {
    const loads = progressAfter(
      notLoading,
      "INFO 11-24 09:00:00 [x.py:1] Starting to load model org/model...",
    );
    const half = "model-00001-of-00002.safetensors:  50%|#####     | 1.2G/2.4G [00:10<00:10, 120MB/s]";
    expect(progressAfter(loads, half)).toEqual({ phase: "downloading", progress: expect.closeTo(0.3) });
  });

  test("what keeps it from starting is said with the next step", () => {
    expect(problemIn("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB")).toContain(
      "VLLM_CONTEXT",
    );
    expect(problemIn("RuntimeError: Failed to infer device type")).toContain("setup-vllm");
    expect(
      problemIn("ValueError: Available memory on node 0 (1.0/4.0 GiB) on kv cache allocation"),
    ).toContain("memory");
    expect(problemIn("INFO all is well")).toBeNull();
    expect(problemIn("WARNING VLLM_CPU_KVCACHE_SPACE is 1")).toBeNull();
  });
});
