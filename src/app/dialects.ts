/** The interfaces of other programs: one line a group of routes. A new dialect is a line here. */
import { type AnyElysia, Elysia } from "elysia";
import type { UsageLimits } from "../accounts/usage-limits.ts";
import { createAnthropicMessages } from "../anthropic/messages.ts";
import { anthropicModels } from "../anthropic/model-list.ts";
import type { DialectDeps } from "../dialects/answer.ts";
import type { EmbeddingsDeps } from "../dialects/embed-texts.ts";
import type { ModelsPort } from "../dialects/models-port.ts";
import type { RankerLookup } from "../dialects/rank-texts.ts";
import type { EngineLookup } from "../dialects/token-counts.ts";
import { createLlamaCppCompletions } from "../llama-cpp/completions.ts";
import { createLlamaCppEmbeddings } from "../llama-cpp/embeddings.ts";
import { createRanking } from "../llama-cpp/ranking.ts";
import { createLlamaCppState } from "../llama-cpp/server-state.ts";
import { createLlamaCppTokens } from "../llama-cpp/tokens.ts";
import { createOllamaAnswers } from "../ollama/answers.ts";
import { createOllamaEmbeddings } from "../ollama/embeddings.ts";
import { keptModels } from "../ollama/kept-models.ts";
import { createOllamaModels } from "../ollama/models.ts";
import { createOllamaPulls } from "../ollama/pulls.ts";
import { createAudio } from "../openai/audio.ts";
import { BatchRunner } from "../openai/batch-runner.ts";
import { createChatCompletions } from "../openai/chat-completions.ts";
import { createCompletions } from "../openai/completions.ts";
import { createEmbeddings } from "../openai/embeddings.ts";
import { createInputTokens } from "../openai/input-tokens.ts";
import { createKeptStreams } from "../openai/kept-streams.ts";
import { createModels } from "../openai/models.ts";
import { createRequestBatches } from "../openai/request-batches.ts";
import { createRequestFiles } from "../openai/request-files.ts";
import { createResponses } from "../openai/responses.ts";
import { createStoredCompletions } from "../openai/stored-completions.ts";
import type { ModelShelf } from "../status/model-shelf.ts";
import type { StatusPort } from "../status/status-report.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { batchRequests } from "./batch-requests.ts";

interface DialectParts extends DialectDeps {
  readonly models: ModelsPort;
  readonly engines: EngineLookup;
  readonly embeddings: EmbeddingsDeps;
  readonly ranker?: RankerLookup;
  readonly limits: UsageLimits;
  readonly shelf: ModelShelf;
  readonly version: string;
  readonly seesPictures: () => boolean;
  readonly ownerOf: (request: Request) => OwnerId;
  /** @throws ForbiddenError for an identity without access */
  readonly statusOf: (request: Request) => StatusPort;
  /** @throws ForbiddenError for an identity without access */
  readonly shelfOf: (request: Request) => ModelShelf;
  readonly store: Pick<Store, "requestBatches">;
  /** For what is done without a request. */
  readonly workspaceFor: (ownerId: OwnerId) => Workspace;
  readonly reportDefect: (error: unknown) => void;
}

/** Its type says nothing of its routes, as that of the app. */
export function createDialects(parts: DialectParts): AnyElysia {
  const { workspaceOf, slots, log, models, engines, limits, ownerOf, statusOf, shelfOf } = parts;
  const { resolve } = models;
  const asking = { workspaceOf, slots, log };
  const embedding = { ...parts.embeddings, limits, ownerOf };
  const batches = new BatchRunner({
    ...{ stored: parts.store.requestBatches, workspaceFor: parts.workspaceFor, slots, log },
    answer: batchRequests({ workspaceFor: parts.workspaceFor, slots, log, embedding }),
  });
  return new Elysia({ name: "dialects" })
    .onStart(() => batches.recover())
    .use(createRequestFiles(workspaceOf))
    .use(createAudio(workspaceOf))
    .use(createRequestBatches(workspaceOf, batches))
    .use(createChatCompletions(asking))
    .use(createKeptStreams(asking))
    .use(createStoredCompletions(asking))
    .use(createCompletions(asking))
    .use(createResponses(asking))
    .use(createInputTokens({ ...asking, engines, resolve }))
    .use(
      createModels(
        { models, shelved: () => parts.shelf.report().here, seesPictures: parts.seesPictures },
        anthropicModels,
      ),
    )
    .use(createEmbeddings(embedding))
    .use(createAnthropicMessages({ ...asking, engines, resolve }))
    .use(createOllamaAnswers({ ...asking, kept: keptModels({ ...asking, models, statusOf }) }))
    .use(
      createOllamaModels({
        ...{ models, seesPictures: parts.seesPictures },
        shelved: () => parts.shelf.report().here,
        digestOf: (id) => {
          const statuses = engines.ready().map((engine) => engine.status());
          return statuses.find(({ model }) => model === id)?.modelHash ?? null;
        },
      }),
    )
    .use(createOllamaPulls({ shelfOf, resolve, onDefect: parts.reportDefect }))
    .use(createOllamaEmbeddings(embedding))
    .use(createLlamaCppCompletions({ ...asking, engines, resolve }))
    .use(createLlamaCppTokens(engines))
    .use(createLlamaCppEmbeddings(embedding))
    .use(createRanking({ ranker: parts.ranker ?? (() => null), models, limits, ownerOf }))
    .use(
      createLlamaCppState({
        ...{ ...asking, engines, models, statusOf, version: parts.version },
        ...{ shelved: () => parts.shelf.report().here, seesPictures: parts.seesPictures },
      }),
    );
}
