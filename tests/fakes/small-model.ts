/** The real small model on the llama engine, on one thread, for tests that run beside others. */
import { join } from "node:path";
import { LlamaEngine } from "../../src/engines/llama/llama-engine.ts";
import { createLog } from "../../src/log.ts";

export const smallModelPath = join(import.meta.dir, "../../models/SmolLM2-135M-Instruct.Q4_1.gguf");

export const openSmallModel = ({ parallel, contextSize }: { parallel: number; contextSize: number }) =>
  new LlamaEngine({
    threads: 1,
    parallel,
    contextSize,
    gpu: false,
    resolveModel: async () => ({ id: "small", path: smallModelPath, sha256: null }),
    log: createLog("error", () => {}),
  });
