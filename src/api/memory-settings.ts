/** Whether finished answers are remembered: looked up and switched, for the owner who asks. */
import { Elysia, t } from "elysia";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";

const MemorySettings = t.Object(
  {
    remember_exchanges: t.Boolean({
      description: "Whether each finished answer is remembered with its question, for later conversations.",
    }),
  },
  { title: "MemorySettings", examples: [{ remember_exchanges: false }] },
);

export const createMemorySettingsRoutes = (workspaceOf: WorkspaceOf) => {
  const settingsOf = (request: Request): StaticReply<typeof MemorySettings> => ({
    remember_exchanges: workspaceOf(request).memory.remembersExchanges(),
  });
  return new Elysia({ name: "memory-settings", tags: ["memory"] })
    .get("/api/memory", ({ request }) => settingsOf(request), {
      detail: openApiDetail({
        summary: "Whether finished answers are remembered",
        replies: { 200: jsonReply("The choice.", MemorySettings) },
      }),
    })
    .patch(
      "/api/memory",
      async ({ body, request }) => {
        await workspaceOf(request).memory.rememberExchanges(body.remember_exchanges);
        return settingsOf(request);
      },
      {
        body: MemorySettings,
        detail: openApiDetail({
          summary: "Switch the remembering of finished answers on or off",
          description:
            "Off: finished answers are not remembered. What is remembered already stays, and so does what is sent to " +
            "POST /memorize.",
          replies: { 200: jsonReply("The choice as it is now.", MemorySettings) },
        }),
      },
    );
};
