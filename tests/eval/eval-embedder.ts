/** The embedding model that comes with the program, for what is measured with it. */
import { join } from "node:path";
import { LlamaEmbedder } from "../../src/engines/llama/llama-embedder.ts";
import { loadLlama } from "../../src/engines/llama/llama-runtime.ts";
import { silent } from "../store/temporary-store.ts";

/** With what it stands on: both go with it. */
export async function openEvalEmbedder(): Promise<AsyncDisposable & { readonly embedder: LlamaEmbedder }> {
  const llama = await loadLlama(2, false, silent);
  const embedder = new LlamaEmbedder({
    model: "all-minilm-l6-v2",
    modelPath: join(import.meta.dir, "../../models/all-MiniLM-L6-v2-q8_0.gguf"),
    dimensions: 384,
    library: async () => llama,
    log: silent,
  });
  return {
    embedder,
    async [Symbol.asyncDispose]() {
      await embedder[Symbol.asyncDispose]();
      await llama.dispose();
    },
  };
}
