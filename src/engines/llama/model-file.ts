/** The file of a model, and the sentence for each way in which it cannot be loaded. */
import { InsufficientMemoryError, NoBinaryFoundError } from "node-llama-cpp";
import { AppError, EngineUnavailableError, ModelUnusableError } from "../../errors.ts";

/** A verified model file, ready to be loaded. */
export interface ModelFile {
  /** The catalogue id, or the file's name when it is not in the catalogue. */
  readonly id: string;
  readonly path: string;
  readonly sha256: string | null;
  /** It is no file of the catalogue: nothing can fetch it again. */
  readonly isOwn?: boolean;
  /** What its header says that it is. */
  readonly architecture?: string | null;
}

/** @param model the file that was loaded; null: none was chosen yet */
export function loadProblem(error: unknown, model: ModelFile | null): AppError {
  if (error instanceof AppError) return error;
  const name = model?.id ?? "The model";
  if (error instanceof InsufficientMemoryError) {
    return new ModelUnusableError(
      `${name} does not fit into this machine's memory. Choose a smaller model (bun run models list), or set LLAMA_CONTEXT or LLAMA_PARALLEL lower.`,
      {},
      { cause: error },
    );
  }
  if (error instanceof NoBinaryFoundError) {
    return new EngineUnavailableError(
      "The model runner for this machine is not installed. Run ./run.sh start, which installs it.",
      {},
      { cause: error },
    );
  }
  if (model?.isOwn === true)
    return new ModelUnusableError(
      `${name} could not be loaded: ${
        model.architecture == null ? "its file" : `its architecture, ${model.architecture}, or its file`
      } is of a kind that this version does not know, or the file is damaged. Choose another ("./run.sh models list" shows the names).`,
      {},
      { cause: error },
    );
  return new ModelUnusableError(
    `${name} could not be loaded: its file may be damaged or of a kind that this version does not know. Fetch it again (bun run models pull NAME) or choose another.`,
    {},
    { cause: error },
  );
}
