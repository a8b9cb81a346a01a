/** Ollama's fetching and removing of models, by our own shelf; what has no meaning here refuses in words. */
import { type Static, Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { EngineUnavailableError, UnsupportedRequestError } from "../errors.ts";
import { OllamaErrorReply } from "../http/ollama-error.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import { liveLinesResponse } from "../sse/live-lines.ts";
import type { ModelShelf } from "../status/model-shelf.ts";
import { inLanguage } from "../texts/say.ts";
import { namedModel } from "./model-name.ts";
import { NamedModel } from "./shapes.ts";

interface OllamaPullsDeps {
  /** @throws ForbiddenError for an identity without access */
  readonly shelfOf: (request: Request) => ModelShelf;
  /** @returns the id that a name stands for @throws UnknownModelError */
  readonly resolve: (name: string) => string;
  readonly onDefect: (error: unknown) => void;
}

const Progress = t.Object(
  {
    status: t.String(),
    digest: t.Optional(t.String({ description: "The model that is fetched." })),
    total: t.Optional(t.Integer({ description: "Bytes." })),
    completed: t.Optional(t.Integer()),
  },
  { title: "OllamaProgress", examples: [{ status: "success" }] },
);
type Progress = Static<typeof Progress>;

/** How often it is looked at, in milliseconds. */
const lookEveryMs = 300;

export const createOllamaPulls = ({ shelfOf, resolve, onDefect }: OllamaPullsDeps) =>
  new Elysia({ name: "ollama-pulls", tags: ["ollama"] })
    .post(
      "/api/pull",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const shelf = shelfOf(request);
        const wanted = hubName(namedModel(body));
        const isHere = shelf.report().here.some(({ id }) => id === wanted);
        const pull = isHere ? null : await shelf.pull(wanted, { signal: request.signal });
        const steps = progressOf(shelf, pull?.id ?? null, request.signal);
        if (body.stream !== false) return liveLinesResponse(linesOf(steps), request, { onDefect });
        for await (const step of steps) if ("error" in step) throw new EngineUnavailableError(step.error);
        return Response.json({ status: "success" });
      },
      {
        body: NamedModel,
        detail: openApiDetail({
          summary: "Fetch a model of the catalogue or the hub, as Ollama's",
          description:
            "Names are those of the catalogue, or hf.co/USER/REPO:QUANT. It is fetched to its end, also when the reader leaves.",
          replies: {
            200: {
              description: "A line a step; with `stream: false` the last one alone.",
              content: {
                "application/json": { schema: Progress },
                "application/x-ndjson": {
                  example: '{"status":"success"}\n',
                  "x-item-schema": t.Union([Progress, OllamaErrorReply]),
                },
              },
            },
          },
          errors: {
            404: "There is no such model.",
            409: "The hub has another file now than when it was first fetched.",
            502: "The hub refuses it: a token is missing, or its terms are not accepted.",
            503: "The hub cannot be reached, or what is there cannot be used.",
          },
        }),
      },
    )
    .delete(
      "/api/delete",
      ({ body, request }) => {
        const shelf = shelfOf(request);
        const name = namedModel(body);
        shelf.remove(shelf.report().here.some(({ id }) => id === name) ? name : resolve(name));
        return { status: "success" };
      },
      {
        body: NamedModel,
        detail: openApiDetail({
          summary: "Remove the files of a model, as Ollama's",
          replies: { 200: jsonReply("They are gone.", Progress) },
          errors: { 404: "It is not here.", 409: "It is in use." },
        }),
      },
    )
    .post(
      "/api/copy",
      refused("A model has one name here. Ask for it by that, or by an alias of the catalogue."),
      {
        detail: refusal("Give a model a second name"),
      },
    )
    .post(
      "/api/create",
      refused("Models are not made here. Put a GGUF file into the folder models/, or pull one."),
      {
        detail: refusal("Make a model"),
      },
    )
    .post("/api/push", refused("Nothing leaves this machine: models are not uploaded."), {
      detail: refusal("Upload a model"),
    })
    .post(
      "/api/blobs/:digest",
      refused("Models are not made here. Put a GGUF file into the folder models/."),
      {
        detail: refusal("Upload a file of a model"),
        parse: "none",
      },
    );

/** `hf.co/USER/REPO:QUANT` is Ollama's name for a model of the hub. */
const hubName = (name: string) => name.replace(/^(?:https?:\/\/)?(?:hf\.co|huggingface\.co)\//, "hf:");

const refused = (words: string) => () => {
  throw new UnsupportedRequestError(words);
};

const refusal = (what: string) =>
  openApiDetail({
    summary: `${what}, as Ollama's: refused in words`,
    replies: { 200: { description: "Never." } },
    errors: { 400: "It has no meaning here." },
  });

type Step = Progress | { readonly error: string };

async function* linesOf(steps: AsyncIterable<Step>): AsyncGenerator<string, void, undefined> {
  for await (const step of steps) yield `${JSON.stringify(step)}\n`;
}

/** @param id of the pull; null: the model is here */
async function* progressOf(
  shelf: ModelShelf,
  id: string | null,
  reader: AbortSignal,
): AsyncGenerator<Step, void, undefined> {
  yield { status: "pulling manifest" };
  let told = "";
  while (id !== null && !reader.aborted) {
    const pull = shelf.report().pulls.find((each) => each.id === id);
    if (pull === undefined || pull.state === "paused") {
      yield { error: "The download was paused or cancelled. Pull it again to go on." };
      return;
    }
    if (pull.state === "failed") {
      yield {
        error: pull.problem === null ? "The download failed. Try again." : inLanguage(pull.problem, "en"),
      };
      return;
    }
    if (pull.state === "done") break;
    const step: Progress =
      pull.state === "verifying"
        ? { status: "verifying sha256 digest" }
        : {
            status: `pulling ${id}`,
            digest: id,
            ...(pull.totalBytes === null ? {} : { total: pull.totalBytes }),
            completed: pull.doneBytes,
          };
    const now = JSON.stringify(step);
    if (now !== told) yield step;
    told = now;
    await Bun.sleep(lookEveryMs);
  }
  yield { status: "verifying sha256 digest" };
  yield { status: "writing manifest" };
  yield { status: "success" };
}
