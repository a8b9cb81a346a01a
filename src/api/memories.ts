/** The original memory API: store a fact, list facts; and correct, forget and restore one. */
import { Elysia, t } from "elysia";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { momentIn } from "../finance/data/moment.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import {
  jsonReply,
  nullable,
  openApiDetail,
  type StaticReply,
  time,
} from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn, countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { Memory as StoredMemory } from "../store/schema.ts";
import type { OwnMemory } from "../workspace/memory.ts";
import type { MemoryChange } from "../workspace/workspace.ts";

import { instantField } from "./dataset-json.ts";

const listed = { name: "n", minimum: 1, maximum: 1000, otherwise: 10 };

const MemorizeRequest = t.Object(
  {
    key: t.String({
      minLength: 1,
      maxLength: 500,
      description: "What it is about.",
      "x-takes": { type: "string", minLength: 1, maxLength: 500, pattern: seenSign },
    }),
    value: t.String({
      minLength: 1,
      maxLength: 20_000,
      "x-takes": { type: "string", minLength: 1, maxLength: 20_000, pattern: seenSign },
    }),
    category: t.Optional(t.Union([t.String({ minLength: 1, maxLength: 100, default: "general" }), t.Null()])),
  },
  {
    title: "MemorizeRequest",
    examples: [{ key: "savings goal", value: "A house in ten years", category: "goals" }],
  },
);
const MemorizeReply = t.Object(
  { success: t.Literal(true), message: t.String(), timestamp: time() },
  {
    title: "Memorized",
    examples: [
      { success: true, message: 'Remembered "savings goal".', timestamp: "2026-03-01T09:30:00.000Z" },
    ],
  },
);
const exampleId = "019a5f3c-7c1e-7000-8000-3f6e2b7c9d10";
const Memory = t.Object(
  { id: t.String(), key: t.String(), value: t.String(), category: t.String(), timestamp: time() },
  {
    title: "Memory",
    examples: [
      {
        id: exampleId,
        key: "savings goal",
        value: "A house in ten years",
        category: "goals",
        timestamp: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const MemoryDetail = t.Object(
  {
    ...Memory.properties,
    conversation_id: nullable(t.String({ description: "The conversation it was taken from." })),
  },
  {
    title: "MemoryDetail",
    examples: Memory.examples?.map((example: object) => ({ ...example, conversation_id: null })),
  },
);
const Memories = t.Array(Memory, { title: "Memories", examples: [Memory.examples ?? []] });
const MemoryPatch = t.Object(
  {
    key: t.Optional(MemorizeRequest.properties.key),
    value: t.Optional(MemorizeRequest.properties.value),
    category: t.Optional(
      t.String({
        minLength: 1,
        maxLength: 100,
        "x-takes": { type: "string", minLength: 1, maxLength: 100, pattern: seenSign },
      }),
    ),
  },
  { title: "MemoryPatch", minProperties: 1, examples: [{ value: "A flat in five years" }] },
);
const FoundMemory = t.Object(
  {
    ...Memory.properties,
    score: t.Number({ description: "0 to 1; comparable within one search." }),
    kind: t.Union([t.Literal("fact"), t.Literal("exchange")], {
      description: "A fact was stated by the user; an exchange is a question with its answer.",
    }),
    source: nullable(
      t.Object(
        { conversation_id: nullable(t.String()), message_id: nullable(t.String()) },
        { title: "MemorySource", description: "Where it was taken from; null: it was stated by itself." },
      ),
    ),
  },
  {
    title: "FoundMemory",
    examples: Memory.examples?.map((example: object) => ({
      ...example,
      ...{ score: 0.71, kind: "fact", source: null },
    })),
  },
);
const FoundMemories = t.Array(FoundMemory, {
  title: "FoundMemories",
  examples: [FoundMemory.examples ?? []],
});
/** In characters: an address that is longer is refused before anything reads it. */
const longestSearch = 1_000;
const found = { name: "n", minimum: 1, maximum: 32, otherwise: 5 };
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const Forgotten = t.Object(
  { id: t.String(), deleted: t.Literal(true) },
  { title: "ForgottenMemory", examples: [{ id: exampleId, deleted: true }] },
);
const notThere = { 404: "There is no such memory." };

const memoryJson = ({ id, key, value, category, createdAt }: StoredMemory) => ({
  id,
  key,
  value,
  category,
  timestamp: new Date(createdAt).toISOString(),
});
type SearchHit = Awaited<ReturnType<OwnMemory["search"]>>[number];
const foundJson = ({ memory, score }: SearchHit): StaticReply<typeof FoundMemory> => {
  const { conversationId, messageId } = memory;
  return {
    ...memoryJson(memory),
    score,
    kind: messageId === null ? "fact" : "exchange",
    source: conversationId === null ? null : { conversation_id: conversationId, message_id: messageId },
  };
};
const detailJson = (memory: StoredMemory): StaticReply<typeof MemoryDetail> => ({
  ...memoryJson(memory),
  conversation_id: memory.conversationId,
});

export const createMemoryRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "memories", tags: ["memory"] })
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
        const options = { signal: request.signal, ...(asOf === undefined ? {} : { asOf }) };
        const memories = await workspaceOf(request).memory.search(question, countIn(query.n, found), options);
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
        }),
        detail: openApiDetail({
          summary: "What is remembered that bears on a question",
          description:
            "Found by meaning and by words, best first, as an answer would recall it: nothing when nothing bears on it. Of several memories of one category and key only the newest is found.",
          replies: { 200: jsonReply("The memories that were found.", FoundMemories) },
        }),
      },
    )
    .get(
      "/memories/:id",
      ({ params, request }): StaticReply<typeof MemoryDetail> => {
        const found = workspaceOf(request).memory.get(params.id);
        if (found === undefined) throw new NotFoundError("There is no such memory.");
        return detailJson(found);
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
      async ({ params, body, request }): Promise<StaticReply<typeof MemoryDetail>> =>
        detailJson(await workspaceOf(request).memory.change(params.id, changeOf(body))),
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
      async ({ params, request }): Promise<StaticReply<typeof MemoryDetail>> =>
        detailJson(await workspaceOf(request).memory.bringBack(params.id)),
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
  const { key, value, category } = body;
  const change = {
    ...(key === undefined ? {} : { key: key.trim() }),
    ...(value === undefined ? {} : { value: value.trim() }),
    ...(category === undefined ? {} : { category: category.trim() }),
  };
  const texts = Object.entries(change);
  if (texts.length === 0) throw new InvalidRequestError("Send key, value or category.");
  for (const [name, text] of texts)
    if (isBlank(text)) throw new InvalidRequestError(`${name} must not be blank.`, { param: name });
  return change;
}
