/** What a request without a question asks for: that a model is loaded, or unloaded. */
import { type KeptModelsDeps, loadModel, unloadModel } from "../dialects/kept-models.ts";
import { plainName } from "./model-name.ts";

interface Kept {
  readonly model: string;
  readonly reason: "load" | "unload";
}

export type KeptModels = (
  request: Request,
  name: string,
  keepAlive: number | string | null | undefined,
) => Promise<Kept>;

/** @throws AppError: an unknown model, one that cannot be loaded or unloaded */
export const keptModels =
  (deps: KeptModelsDeps): KeptModels =>
  async (request, name, keepAlive) => {
    const model = deps.models.resolve(plainName(name));
    const isOver = isNow(keepAlive);
    await (isOver ? unloadModel : loadModel)(deps, request, model);
    return { model, reason: isOver ? "unload" : "load" };
  };

const isNow = (keepAlive: number | string | null | undefined) =>
  keepAlive === 0 || (typeof keepAlive === "string" && /^0(?:ns|us|ms|s|m|h)?$/.test(keepAlive));
