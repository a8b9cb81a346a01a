/** What a request without a question asks for: that a model is loaded, or unloaded. */
import { begunAnswer, type DialectDeps, endOfAnswer } from "../dialects/answer.ts";
import type { ModelsPort } from "../dialects/models-port.ts";
import { InvalidRequestError } from "../errors.ts";
import { defaultSampling } from "../generations/question.ts";
import type { StatusPort } from "../status/status-report.ts";
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

interface KeptModelsDeps extends DialectDeps {
  readonly models: ModelsPort;
  /** @throws ForbiddenError for an identity without access */
  readonly statusOf: (request: Request) => StatusPort;
}

/** @throws AppError: an unknown model, one that cannot be loaded or unloaded */
export const keptModels =
  ({ models, statusOf, workspaceOf }: KeptModelsDeps): KeptModels =>
  async (request, name, keepAlive) => {
    const model = models.resolve(plainName(name));
    if (isNow(keepAlive)) {
      await unload(statusOf(request), model);
      return { model, reason: "unload" };
    }
    const { load = "loaded" } = models.listed().find(({ id }) => id === model) ?? {};
    // Loading one is a part of asking it.
    if (load !== "loaded") {
      const workspace = workspaceOf(request);
      const question = {
        ...{ message: "", model, memoryContext: 0, isKept: false },
        sampling: { ...defaultSampling, maxTokens: 1 },
        request: { messages: [{ role: "user", content: "." }] },
      } as const;
      await endOfAnswer(workspace, await begunAnswer(workspace, question, request), request.signal);
    }
    return { model, reason: "load" };
  };

const isNow = (keepAlive: number | string | null | undefined) =>
  keepAlive === 0 || (typeof keepAlive === "string" && /^0(?:ns|us|ms|s|m|h)?$/.test(keepAlive));

async function unload(status: StatusPort, model: string): Promise<void> {
  const engine = status.report().engines.find((each) => each.status.model === model);
  if (engine === undefined) return;
  if (!engine.actions.includes("unload"))
    throw new InvalidRequestError(
      `${model} is what answers by default and stays loaded. Load another one in its place, or stop its engine on the status page.`,
    );
  await status.act(engine.status.engine, "unload");
}
