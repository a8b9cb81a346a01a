/** A model that is loaded before it is asked, or unloaded. */
import { InvalidRequestError } from "../errors.ts";
import { defaultSampling } from "../generations/question.ts";
import type { StatusPort } from "../status/status-report.ts";
import { begunAnswer, type DialectDeps, endOfAnswer } from "./answer.ts";
import type { ModelsPort } from "./models-port.ts";

export interface KeptModelsDeps extends DialectDeps {
  readonly models: ModelsPort;
  /** @throws ForbiddenError for an identity without access */
  readonly statusOf: (request: Request) => StatusPort;
}

/**
 * Resolves when it is loaded. Loading one is a part of asking it: one token is asked for.
 * @throws AppError
 */
export async function loadModel(
  { models, workspaceOf }: KeptModelsDeps,
  request: Request,
  model: string,
): Promise<void> {
  const { load = "loaded" } = models.listed().find(({ id }) => id === model) ?? {};
  if (load === "loaded") return;
  const workspace = workspaceOf(request);
  const question = {
    ...{ message: "", model, memoryContext: 0, isKept: false },
    sampling: { ...defaultSampling, maxTokens: 1 },
    request: { messages: [{ role: "user", content: "." }] },
  } as const;
  await endOfAnswer(workspace, await begunAnswer(workspace, question, request), request.signal);
}

/** @throws ForbiddenError; InvalidRequestError for a model that stays loaded */
export async function unloadModel(
  { statusOf }: Pick<KeptModelsDeps, "statusOf">,
  request: Request,
  model: string,
): Promise<void> {
  const status = statusOf(request);
  const engine = status.report().engines.find((each) => each.status.model === model);
  if (engine === undefined) return;
  if (!engine.actions.includes("unload"))
    throw new InvalidRequestError(
      `${model} is what answers by default and stays loaded. Load another one in its place, or stop its engine on the status page.`,
    );
  await status.act(engine.status.engine, "unload");
}
