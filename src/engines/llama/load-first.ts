/** Loads the first model file that can be loaded, where any of several will do. */
import { NoBinaryFoundError } from "node-llama-cpp";
import { AppError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { ModelFile } from "./model-file.ts";

interface LoadFirstOptions<Runtime> {
  /** @param failed paths of files that could not be loaded; may return one of them when there is no other */
  readonly choose: (failed: ReadonlySet<string>) => Promise<ModelFile>;
  /** The file that is loaded from now on; at the end the first one, when none could be loaded. */
  readonly onChosen: (model: ModelFile) => void;
  readonly load: (model: ModelFile) => Promise<Runtime>;
  readonly closing: AbortSignal;
  readonly log: Log;
}

/** @throws what loading the first file threw, when no other can be loaded */
export async function loadFirst<Runtime>({
  choose,
  onChosen,
  load,
  closing,
  log,
}: LoadFirstOptions<Runtime>): Promise<{ readonly model: ModelFile; readonly runtime: Runtime }> {
  const failed = new Set<string>();
  let first: { readonly error: unknown; readonly model: ModelFile } | null = null;
  for (;;) {
    const model = await choose(failed).catch((cause: unknown) => {
      if (first === null) throw cause;
      return first.model;
    });
    if (first !== null && failed.has(model.path)) {
      onChosen(first.model);
      throw first.error;
    }
    onChosen(model);
    try {
      return { model, runtime: await load(model) };
    } catch (error) {
      closing.throwIfAborted();
      if (error instanceof AppError || error instanceof NoBinaryFoundError) throw error;
      first ??= { error, model };
      failed.add(model.path);
      log.warn("model-passed-over", { model: model.id, error });
    }
  }
}
