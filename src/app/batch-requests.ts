/**
 * Answers the requests of a batch by the routes that programs ask, behind no door: whose they are is known. Nothing of this
 * has an address.
 */
import { Elysia } from "elysia";
import type { DialectDeps } from "../dialects/answer.ts";
import type { EmbedTextsDeps } from "../dialects/embed-texts.ts";
import { createApiErrors } from "../http/api-errors.ts";
import { createChatCompletions } from "../openai/chat-completions.ts";
import { createCompletions } from "../openai/completions.ts";
import { createEmbeddings } from "../openai/embeddings.ts";
import { createResponses } from "../openai/responses.ts";
import type { OwnerId } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";

interface BatchRequestsDeps extends Pick<DialectDeps, "slots" | "log"> {
  readonly workspaceFor: (ownerId: OwnerId) => Workspace;
  readonly embedding: Omit<EmbedTextsDeps, "ownerOf">;
}

export function batchRequests({ workspaceFor, slots, log, embedding }: BatchRequestsDeps) {
  const owners = new WeakMap<Request, OwnerId>();
  const ownerOf = (request: Request): OwnerId => {
    const owner = owners.get(request);
    if (owner === undefined) throw new Error("A request of a batch has an owner.");
    return owner;
  };
  const asking = { workspaceOf: (request: Request) => workspaceFor(ownerOf(request)), slots, log };
  const routes = new Elysia({ normalize: "typebox" })
    .use(createApiErrors(log))
    .use(createChatCompletions(asking))
    .use(createCompletions(asking))
    .use(createResponses(asking))
    .use(createEmbeddings({ ...embedding, ownerOf }));
  return (request: Request, ownerId: OwnerId): Promise<Response> => {
    owners.set(request, ownerId);
    return Promise.resolve(routes.handle(request));
  };
}
