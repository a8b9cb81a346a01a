/**
 * `GET /v1/models`: what can be asked for now, as OpenAI's. Aliases name models, too, when one is asked for by its name.
 * @see https://platform.openai.com/docs/api-reference/models
 */
import { Elysia } from "elysia";

export interface ModelsPort {
  /** The ids of the models that can answer now, and of the one that embeds. */
  ids(): readonly string[];
  /** @returns the id that a name stands for @throws UnknownModelError or ModelNotRunningError */
  resolve(name: string): string;
  /** Since when they are there: the server's start, in milliseconds since 1970. */
  readonly since: number;
}

export const createModels = (models: ModelsPort) => {
  const facts = (id: string) => ({
    id,
    object: "model",
    created: Math.floor(models.since / 1000),
    owned_by: "local",
  });
  return new Elysia({ name: "v1-models", tags: ["openai"] })
    .get("/v1/models", () => ({ object: "list", data: models.ids().map(facts) }), {
      detail: { summary: "The models that can be asked, as OpenAI's" },
    })
    .get(
      // Ids of a vLLM's models may hold slashes.
      "/v1/models/*",
      ({ params }) => {
        const name = params["*"];
        return facts(models.ids().includes(name) ? name : models.resolve(name));
      },
      { detail: { summary: "One model by its id or alias" } },
    );
};
