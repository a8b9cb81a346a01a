/**
 * The model for a requested name. It knows nothing of files or engines: its caller passes the models that can answer now, and
 * those that can be loaded.
 *
 * The rule: an id is exact; an alias is a preference. Simple clients always send `phi3`, whatever runs, so an alias whose
 * model cannot answer now means the running model, like "auto". Answers carry the name of the model that really ran. A name of
 * a model that can be loaded means that model.
 */
import { AppError, ModelPurposeError, UnknownModelError } from "../errors.ts";
import { type Catalog, findEntry, knownNames } from "./catalog.ts";
import { isClientChatName, isClientEmbeddingName } from "./client-names.ts";

/** The meaning of an unknown name: none, or the running model (MODEL_FALLBACK). */
type ModelFallback = "none" | "running";

/** The name is in the catalogue, but another model runs. */
export class ModelNotRunningError extends AppError {
  readonly status = 404;
  readonly code = "model_not_running";
}

/** Whether a name means the embedding model: its own names, and those that clients send by default. */
export const isEmbeddingName = (catalog: Catalog, name: string) =>
  findEntry(catalog, name)?.purpose === "embedding" || isClientEmbeddingName(name);

/** Whether a name is that of a model which answers, whether or not it runs. */
export const isChatName = (catalog: Catalog, name: string, answering: readonly string[]) =>
  answering.includes(name) || findEntry(catalog, name)?.purpose === "chat" || isClientChatName(name);

/** The model that a name stands for. */
interface NamedModel {
  readonly id: string;
  /** It can be loaded, and no other one may answer. */
  readonly isNamed: boolean;
}

interface ResolveOptions {
  readonly fallback?: ModelFallback;
  /** Ids of the models that are loaded when a request names them. */
  readonly loadable?: readonly string[];
}

/**
 * @param wanted the name in the request
 * @param answering ids of the models that can answer now, the default one first; empty while none can
 * @returns the id of the model that answers
 * @throws UnknownModelError or ModelNotRunningError
 */
export function resolveModelName(
  catalog: Catalog,
  wanted: string,
  answering: readonly string[],
  { fallback = "none", loadable = [] }: ResolveOptions = {},
): NamedModel {
  const entry = findEntry(catalog, wanted);
  const here = loadable.find((id) => [id, `${id}.gguf`].includes(wanted) || id === entry?.id);
  if (here !== undefined) return { id: here, isNamed: true };
  return { id: resolveRunning(catalog, wanted, answering, fallback), isNamed: false };
}

/** @returns the id of the running model that answers to the name */
function resolveRunning(
  catalog: Catalog,
  wanted: string,
  answering: readonly string[],
  fallback: ModelFallback,
): string {
  const exact = answering.find((id) => id === wanted);
  if (exact !== undefined) return exact;
  const entry = findEntry(catalog, wanted);
  const running = answering[0];
  const auto = running ?? "auto";

  if (wanted === "" || wanted.toLowerCase() === "auto") return auto;
  if (fallback === "running" && (entry === undefined || !answering.includes(entry.id))) return auto;
  if (isEmbeddingName(catalog, wanted))
    throw new ModelPurposeError(
      `The model "${wanted}" is an embedding model and cannot answer. Use "${running ?? "auto"}".`,
    );
  if (entry === undefined) {
    if (isClientChatName(wanted)) return auto;
    throw new UnknownModelError(wanted, [...new Set([...knownNames(catalog), ...answering])]);
  }
  if (running === undefined || answering.includes(entry.id)) return entry.id;
  if (entry.id !== wanted.toLowerCase()) return running;
  throw new ModelNotRunningError(
    `The model "${entry.id}" is not running; "${running}" is. Use "${running}" or "auto", or start the program with MODEL=${entry.id}.`,
    { param: "model" },
  );
}
