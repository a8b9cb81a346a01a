/** Everything of the owner who asks: how much it is, and erasing it. */
import { Elysia, t } from "elysia";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { wipeWords } from "../workspace/wipe.ts";

const count = t.Integer({ minimum: 0 });
const Counts = t.Object(
  {
    conversations: t.Integer({ minimum: 0, description: "Those of programs and those in the trash, too." }),
    in_trash: count,
    memories: count,
    files: count,
    documents: t.Integer({ minimum: 0, description: "Deleted ones, too." }),
    projects: t.Integer({ minimum: 0, description: "Deleted ones, too." }),
    facts: t.Integer({ minimum: 0, description: "Computed figures." }),
    series: t.Integer({ minimum: 0, description: "Series of prices." }),
    settings: t.Integer({ minimum: 0, description: "Settings and instruments that you have changed." }),
  },
  {
    title: "OwnData",
    examples: [
      {
        ...{ conversations: 12, in_trash: 2, memories: 30, files: 4, documents: 3 },
        ...{ projects: 2, facts: 18, series: 2, settings: 3 },
      },
    ],
  },
);

export const createDataRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "data", tags: ["settings"] })
    .get("/api/data", ({ request }) => workspaceOf(request).data.counts(), {
      detail: openApiDetail({
        summary: "How much of yours is stored",
        replies: { 200: jsonReply("In numbers.", Counts) },
      }),
    })
    .post("/api/data/wipe", ({ body, request }) => workspaceOf(request).data.wipe(body.confirm), {
      body: t.Object(
        { confirm: t.String({ maxLength: 100 }) },
        { title: "Wipe", examples: [{ confirm: "the words that the description names" }] },
      ),
      detail: openApiDetail({
        summary: "Delete everything that is yours, for good",
        description:
          "Conversations with the trash, memories, files, documents, projects, computed figures, settings and instruments. Logins and keys stay. " +
          `\`confirm\` must be the words "${wipeWords}".`,
        replies: { 200: jsonReply("How much there was.", Counts) },
        errors: { 422: "It is not confirmed; nothing was deleted." },
      }),
    });
