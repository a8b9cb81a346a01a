/** The seed's memory: store a fact, list what is stored. */
import { Elysia, t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { jsonReply, openApiDetail, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import { countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";

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
const Memories = t.Array(
  t.Object({ key: t.String(), value: t.String(), category: t.String(), timestamp: time() }),
  {
    title: "Memories",
    examples: [
      [
        {
          key: "savings goal",
          value: "A house in ten years",
          category: "goals",
          timestamp: "2026-03-01T09:30:00.000Z",
        },
      ],
    ],
  },
);

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
        workspaceOf(request)
          .memory.newest(countIn(query.n, listed))
          .map(({ key, value, category, createdAt }) => ({
            key,
            value,
            category,
            timestamp: new Date(createdAt).toISOString(),
          })),
      {
        query: t.Object({ n: countField(listed, "How many of them.") }),
        detail: openApiDetail({
          summary: "What is remembered, newest first",
          replies: { 200: jsonReply("The newest memories.", Memories) },
        }),
      },
    );
