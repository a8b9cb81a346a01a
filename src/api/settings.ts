/** The personal settings: read and changed, for the owner who asks. */

import { Elysia, t } from "elysia";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { exampleValues, PersonalChangesSchema, PersonalValuesSchema } from "../preferences/schemas.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { createDataRoutes } from "./data.ts";

const Settings = t.Object(
  {
    settings: PersonalValuesSchema,
    chosen: t.Array(t.String(), { description: "Those that you have set. The others have their defaults." }),
    fixed: t.Array(t.String(), {
      description: "Those that config.json or the environment decides. They cannot be changed here.",
    }),
  },
  { title: "Settings", examples: [{ settings: exampleValues, chosen: [], fixed: [] }] },
);

export const createSettingsRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "settings", tags: ["settings"] })
    .use(createDataRoutes(workspaceOf))
    .get("/api/settings", ({ request }) => settingsOf(workspaceOf(request)), {
      detail: openApiDetail({
        summary: "Your settings",
        replies: { 200: jsonReply("The values that apply.", Settings) },
      }),
    })
    .patch(
      "/api/settings",
      async ({ body, request }) => {
        const workspace = workspaceOf(request);
        await workspace.personal.change(body);
        return settingsOf(workspace);
      },
      {
        body: t.Object(PersonalChangesSchema.properties, {
          title: "SettingsChange",
          minProperties: 1,
          examples: [{ language: "de", temperature: 0.2 }],
        }),
        detail: openApiDetail({
          summary: "Change some settings; null: back to the default",
          description: "All of them are changed, or none.",
          replies: { 200: jsonReply("The values as they are now.", Settings) },
        }),
      },
    );

function settingsOf({ personal }: Workspace): StaticReply<typeof Settings> {
  const states = personal.states();
  return {
    settings: personal.values(),
    chosen: states.filter(({ isChosen }) => isChosen).map(({ key }) => key),
    fixed: states.filter(({ fixedBy }) => fixedBy !== null).map(({ key }) => key),
  };
}
