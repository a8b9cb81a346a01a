/** The seed's memory: store a fact, list what is stored. */
import { Elysia, t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { idempotencyKeyOf } from "./idempotency-key.ts";
import type { WorkspaceOf } from "./workspace-of.ts";

/** The most memories that one request lists. */
const mostListed = 1000;

const MemorizeRequest = t.Object({
  key: t.String({ minLength: 1, maxLength: 500, description: "What it is about." }),
  value: t.String({ minLength: 1, maxLength: 20_000 }),
  category: t.Optional(t.Union([t.String({ minLength: 1, maxLength: 100, default: "general" }), t.Null()])),
});

export const createMemoryRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "memories", tags: ["memory"] })
    .post(
      "/memorize",
      async ({ body, request }) => {
        const key = body.key.trim();
        const value = body.value.trim();
        if (key === "" || value === "") throw new InvalidRequestError("key and value must not be blank.");
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
        detail: {
          summary: "Remember a fact",
          description: "With an Idempotency-Key it is stored once, however often it is sent.",
        },
      },
    )
    .get(
      "/memories",
      ({ query, request }) =>
        workspaceOf(request)
          .memory.newest(countFrom(query.n))
          .map(({ key, value, category, createdAt }) => ({
            key,
            value,
            category,
            timestamp: new Date(createdAt).toISOString(),
          })),
      {
        query: t.Object({
          n: t.Optional(
            t.String({ description: `How many: a whole number from 1 to ${mostListed}; 10 unless told.` }),
          ),
        }),
        detail: { summary: "What is remembered, newest first" },
      },
    );

/** By hand: a check by schema would not say which of a query's fields is wrong. */
function countFrom(text = "10"): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= mostListed) return count;
  throw new InvalidRequestError(`n must be a whole number from 1 to ${mostListed}.`, { param: "n" });
}
