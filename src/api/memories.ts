/** The original memory API: store a fact, list facts; and correct, forget and restore one. */
import { Elysia, t } from "elysia";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { momentIn } from "../finance/data/moment.ts";
import { scopeOfProject } from "../generations/project-receipts.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn, countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { MemoryChange } from "../workspace/workspace.ts";

import { instantField } from "./dataset-json.ts";
import { createMemoryFileRoutes } from "./memory-files.ts";
import {
  detailJson,
  exampleId,
  FoundMemories,
  foundJson,
  Memories,
  MemorizeReply,
  MemorizeRequest,
  MemoryDetail,
  MemoryPatch,
  memoryJson,
} from "./memory-json.ts";
import { createMemorySettingsRoutes } from "./memory-settings.ts";
import { createProposalRoutes } from "./proposals.ts";

const listed = { name: "n", minimum: 1, maximum: 1000, otherwise: 10 };

/** In characters: an address that is longer is refused before anything reads it. */
const longestSearch = 1_000;
const found = { name: "n", minimum: 1, maximum: 32, otherwise: 5 };
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const Forgotten = t.Object(
  { id: t.String(), deleted: t.Literal(true) },
  { title: "ForgottenMemory", examples: [{ id: exampleId, deleted: true }] },
);
const notThere = { 404: "There is no such memory." };

export const createMemoryRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "memories", tags: ["memory"] })
    .use(createMemoryFileRoutes(workspaceOf))
    .use(createMemorySettingsRoutes(workspaceOf))
    .use(createProposalRoutes(workspaceOf))
    .post(
      "/memorize",
      async ({ body, request }): Promise<StaticReply<typeof MemorizeReply>> => {
        const key = body.key.trim();
        const value = body.value.trim();
        if (isBlank(key) || isBlank(value)) throw new InvalidRequestError("key and value must not be blank.");
        const fact = { key, value, category: body.category ?? "general" };
        const stored = await workspaceOf(request).memory.memorize(fact, idempotencyKeyOf(request));
        return {
          success: true,
          message: `Remembered "${stored.key}".`,
          timestamp: new Date(stored.createdAt).toISOString(),
        };
      },
      {
        body: MemorizeRequest,
        detail: openApiDetail({
          summary: "Remember a fact",
          description: "With an Idempotency-Key it is stored once, however often it is sent.",
          requestHeaders: ["Idempotency-Key"],
          replies: { 200: jsonReply("It is remembered.", MemorizeReply) },
        }),
      },
    )
    .get(
      "/memories",
      ({ query, request }): StaticReply<typeof Memories> =>
        workspaceOf(request).memory.newest(countIn(query.n, listed)).map(memoryJson),
      {
        query: t.Object({ n: countField(listed, "How many of them.") }),
        detail: openApiDetail({
          summary: "What is remembered, newest first",
          replies: { 200: jsonReply("The newest memories.", Memories) },
        }),
      },
    )
    .get(
      "/memories/search",
      async ({ query, request }): Promise<StaticReply<typeof FoundMemories>> => {
        const question = query.q.trim();
        if (isBlank(question))
          throw new InvalidRequestError("q must say what is looked for.", { param: "q" });
        const asOf = momentIn("as_of", query.as_of);
        const { memory, projects } = workspaceOf(request);
        const project = query.project_id === undefined ? undefined : projects.require(query.project_id);
        const options = {
          signal: request.signal,
          ...(asOf === undefined ? {} : { asOf }),
          ...(project === undefined ? {} : { scope: scopeOfProject(project) }),
        };
        const memories = await memory.search(question, countIn(query.n, found), options);
        return memories.map(foundJson);
      },
      {
        query: t.Object({
          q: t.String({
            minLength: 1,
            maxLength: longestSearch,
            description: "A question, or words.",
            "x-takes": { type: "string", minLength: 1, maxLength: longestSearch, pattern: seenSign },
          }),
          n: countField(found, "How many at most."),
          as_of: instantField("The moment by which it was remembered"),
          project_id: t.Optional(
            t.String({
              maxLength: 100,
              description: "As in this project; left out: as outside of all of them.",
            }),
          ),
        }),
        detail: openApiDetail({
          summary: "What is remembered that bears on a question",
          description:
            "Found by meaning and by words, best first, as an answer would recall it: nothing when nothing bears on it. Of several memories of one category and key only the newest is found.",
          replies: { 200: jsonReply("The memories that were found.", FoundMemories) },
          errors: { 404: "There is no such project." },
        }),
      },
    )
    .get(
      "/memories/:id",
      ({ params, request }): StaticReply<typeof MemoryDetail> => {
        const { memory } = workspaceOf(request);
        const found = memory.get(params.id);
        if (found === undefined) throw new NotFoundError("There is no such memory.");
        return detailJson(memory, found);
      },
      {
        params,
        detail: openApiDetail({
          summary: "One memory",
          replies: { 200: jsonReply("The memory.", MemoryDetail) },
          errors: notThere,
        }),
      },
    )
    .patch(
      "/memories/:id",
      async ({ params, body, request }): Promise<StaticReply<typeof MemoryDetail>> => {
        const { memory } = workspaceOf(request);
        return detailJson(memory, await memory.change(params.id, changeOf(body)));
      },
      {
        params,
        body: MemoryPatch,
        detail: openApiDetail({
          summary: "Correct a memory",
          replies: { 200: jsonReply("The memory as it is now.", MemoryDetail) },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/memories/:id",
      async ({ params, query, request }): Promise<StaticReply<typeof Forgotten>> => {
        const { memory } = workspaceOf(request);
        if (choiceIn(query.permanent, "permanent", ["false", "true"]) === "true")
          await memory.erase(params.id);
        else await memory.forget(params.id);
        return { id: params.id, deleted: true };
      },
      {
        params,
        query: t.Object({
          permanent: choiceField(["false", "true"], "true: erase it now; it cannot be restored."),
        }),
        detail: openApiDetail({
          summary: "Forget a memory",
          description:
            "It is recalled no more, and leaves the receipts that quote it. It can be restored for `trash_days` days (30 unless set).",
          replies: { 200: jsonReply("It is forgotten.", Forgotten) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/memories/:id/restore",
      async ({ params, request }): Promise<StaticReply<typeof MemoryDetail>> => {
        const { memory } = workspaceOf(request);
        return detailJson(memory, await memory.bringBack(params.id));
      },
      {
        params,
        detail: openApiDetail({
          summary: "Restore a forgotten memory",
          replies: { 200: jsonReply("The memory.", MemoryDetail) },
          errors: notThere,
        }),
      },
    );

/** @throws InvalidRequestError when a text is blank, or nothing is to be changed */
function changeOf(body: typeof MemoryPatch.static): MemoryChange {
  const { key, value, category, valid_from, valid_to, confidence } = body;
  const texts = {
    ...(key === undefined ? {} : { key: key.trim() }),
    ...(value === undefined ? {} : { value: value.trim() }),
    ...(category === undefined ? {} : { category: category.trim() }),
  };
  for (const [name, text] of Object.entries(texts))
    if (isBlank(text)) throw new InvalidRequestError(`${name} must not be blank.`, { param: name });
  const change = {
    ...texts,
    ...(valid_from === undefined
      ? {}
      : { validFrom: momentIn("valid_from", valid_from ?? undefined) ?? null }),
    ...(valid_to === undefined ? {} : { validTo: momentIn("valid_to", valid_to ?? undefined) ?? null }),
    ...(confidence === undefined ? {} : { confidence }),
  };
  if (Object.keys(change).length === 0)
    throw new InvalidRequestError("Send key, value, category, valid_from, valid_to or confidence.");
  return change;
}
