/** What the API takes and says of a project. */
import { t } from "elysia";
import { longestInstructions } from "../conversations/conversation-fields.ts";
import { longestProjectName } from "../conversations/project-fields.ts";
import { seenSign } from "../http/blank.ts";
import { nullable, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import type { Project } from "../store/schema.ts";
import type { OwnProjects } from "../workspace/projects.ts";

export const exampleProjectId = "019a5f3c-7c1e-7000-8000-3f6e2b7c9d30";

const fields = {
  name: t.String({
    minLength: 1,
    maxLength: 1000,
    "x-takes": { type: "string", minLength: 1, maxLength: longestProjectName, pattern: seenSign },
  }),
  instructions: t.String({
    maxLength: longestInstructions,
    description: "What the model is told in all of its conversations; empty: nothing.",
  }),
  uses_general_memory: t.Boolean({
    description:
      "Whether what is remembered outside of all projects is recalled in it, too. What is remembered in it is recalled nowhere else.",
  }),
};
export const ProjectReply = t.Object(
  {
    id: t.String(),
    name: t.String(),
    instructions: nullable(t.String({ description: "What the model is told in all of its conversations." })),
    uses_general_memory: fields.uses_general_memory,
    conversations: t.Integer({ minimum: 0, description: "How many it has." }),
    documents: t.Integer({ minimum: 0, description: "How many it has." }),
    memories: t.Integer({ minimum: 0, description: "How much is remembered in it alone." }),
    created_at: time(),
  },
  {
    title: "Project",
    examples: [
      {
        ...{ id: exampleProjectId, name: "House purchase", instructions: "Amounts are in euros." },
        ...{ uses_general_memory: true, conversations: 3, documents: 2, memories: 5 },
        created_at: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
export const ProjectList = t.Object(
  { projects: t.Array(ProjectReply) },
  { title: "ProjectList", examples: [{ projects: ProjectReply.examples }] },
);
export const NewProject = t.Object(
  {
    name: fields.name,
    instructions: t.Optional(fields.instructions),
    uses_general_memory: t.Optional(fields.uses_general_memory),
  },
  {
    title: "NewProject",
    examples: [{ name: "House purchase", instructions: "Amounts are in euros." }],
  },
);
export const ProjectChange = t.Object(
  {
    name: t.Optional(fields.name),
    instructions: t.Optional(fields.instructions),
    uses_general_memory: t.Optional(fields.uses_general_memory),
  },
  {
    title: "ProjectChange",
    description: "What is left out stays as it is.",
    examples: [{ uses_general_memory: false }],
  },
);
export const DeletedProject = t.Object(
  { success: t.Literal(true), undo: nullable(t.String({ description: "POST there to bring it back." })) },
  {
    title: "DeletedProject",
    examples: [{ success: true, undo: `/api/projects/${exampleProjectId}/restore` }],
  },
);

export const projectJson = (
  projects: Pick<OwnProjects, "counts">,
  { id, name, instructions, usesGeneralMemory, createdAt }: Project,
): StaticReply<typeof ProjectReply> => ({
  ...{ id, name, instructions: instructions === "" ? null : instructions },
  uses_general_memory: usesGeneralMemory,
  ...projects.counts(id),
  created_at: new Date(createdAt).toISOString(),
});
