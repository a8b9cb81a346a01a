/** The models that can be asked or loaded, and the change to another one, as the simple chat clients do it. */
import { Elysia, t } from "elysia";
import { EngineUnavailableError, UnknownModelError } from "../errors.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { EngineReport, StatusPort } from "../status/status-report.ts";

interface ModelRoutesDeps {
  readonly reports: () => readonly EngineReport[];
  /** @throws ForbiddenError for an identity without admin rights */
  readonly statusOf: (request: Request) => StatusPort;
  /** @returns the id that a name stands for @throws UnknownModelError or ModelNotRunningError */
  readonly resolve: (name: string) => string;
}

const ModelList = t.Object(
  {
    models: t.Array(t.String(), { description: "Their ids, the one that answers first." }),
    current: t.Union([t.String(), t.Null()], { description: "The one that answers." }),
  },
  { title: "ModelList", examples: [{ models: ["smollm2-135m-instruct"], current: "smollm2-135m-instruct" }] },
);
const Switched = t.Object(
  { success: t.Literal(true), model: t.String(), message: t.String() },
  {
    title: "ModelSwitched",
    examples: [
      { success: true, model: "smollm2-135m-instruct", message: "smollm2-135m-instruct is being loaded." },
    ],
  },
);

export const createModelRoutes = ({ reports, statusOf, resolve }: ModelRoutesDeps) =>
  new Elysia({ name: "models", tags: ["status"] })
    .get("/models", (): StaticReply<typeof ModelList> => modelList(reports()), {
      detail: openApiDetail({
        summary: "The models that can be asked or loaded, and the one that answers",
        replies: { 200: jsonReply("Their ids.", ModelList) },
      }),
    })
    .post(
      "/models/switch",
      async ({ body: { model }, request }): Promise<StaticReply<typeof Switched>> => {
        const status = statusOf(request);
        const engines = reports();
        const holder = engines.find(({ models }) => models.includes(model));
        if (holder !== undefined) {
          await status.load(holder.status.engine, model);
          return { success: true, model, message: `${model} is being loaded.` };
        }
        const running = runningAs(model, engines, resolve);
        return { success: true, model: running, message: `${running} answers.` };
      },
      {
        body: t.Object(
          {
            model: t.String({ minLength: 1, maxLength: 200, description: "A model's id or alias, or auto." }),
          },
          { examples: [{ model: "smollm2-135m-instruct" }] },
        ),
        detail: openApiDetail({
          summary: "Have another model answer",
          description:
            "Running answers finish first, new ones wait. Replies when that has begun. A name that the model which runs " +
            "answers to changes nothing.",
          replies: { 200: jsonReply("It answers, or is being loaded.", Switched) },
          errors: { 404: "There is no such model here.", 503: "It cannot be done at present." },
        }),
      },
    );

function modelList(engines: readonly EngineReport[]): StaticReply<typeof ModelList> {
  const answering = engines.flatMap(({ status: { model, state } }) =>
    model === null || state === "failed" || state === "stopped" ? [] : [model],
  );
  const models = [...new Set([...answering, ...engines.flatMap((engine) => engine.models)])];
  return { models, current: answering[0] ?? null };
}

/** @throws UnknownModelError when nothing that runs answers to the name */
function runningAs(
  name: string,
  engines: readonly EngineReport[],
  resolve: (name: string) => string,
): string {
  const { models, current } = modelList(engines);
  const meant = resolve(name);
  if (current === null)
    throw new EngineUnavailableError("No model runs. Start an engine on the status page.");
  if (engines.some(({ status }) => status.model === meant)) return meant;
  throw new UnknownModelError(name, models);
}
