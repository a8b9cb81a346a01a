/** What a model proposes to remember of what you said: listed, accepted as it is or in other words, refused. */
import { Elysia, t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { isBlank } from "../http/blank.ts";
import {
  jsonReply,
  nullable,
  openApiDetail,
  type StaticReply,
  time,
} from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { Proposal as StoredProposal } from "../store/schema.ts";
import type { ProposalEdit } from "../workspace/proposals.ts";
import { exampleConversationId } from "./chat-reply.ts";
import { detailJson, exampleId, MemorizeRequest, MemoryDetail, MemoryPatch } from "./memory-json.ts";

const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const notThere = { 404: "There is no such proposal." };

const ProposalReply = t.Object(
  {
    id: t.String(),
    sentence: t.String({ description: "As it stands in your message; '' of one that is remembered." }),
    key: t.String({ description: "What it is about." }),
    state: t.Union([t.Literal("open"), t.Literal("accepted"), t.Literal("refused")]),
    memory_id: nullable(t.String({ description: "What is remembered of it." })),
    conversation_id: nullable(t.String()),
    message_id: nullable(t.String({ description: "Your message." })),
    timestamp: time(),
  },
  {
    title: "Proposal",
    examples: [
      {
        id: exampleId,
        sentence: "I never risk more than 1.25% on one trade.",
        key: "risk on one trade",
        state: "open",
        memory_id: null,
        conversation_id: exampleConversationId,
        message_id: exampleId,
        timestamp: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const Proposals = t.Array(ProposalReply, { title: "Proposals", examples: [ProposalReply.examples ?? []] });
const Edit = t.Object(
  {
    key: t.Optional(MemorizeRequest.properties.key),
    value: t.Optional(MemorizeRequest.properties.value),
    category: t.Optional(MemoryPatch.properties.category),
  },
  { title: "ProposalEdit", examples: [{ key: "risk limit" }], "x-optional": true },
);

export const createProposalRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "memory-proposals", tags: ["memory"] })
    .get(
      "/memories/proposals",
      ({ request }): StaticReply<typeof Proposals> => workspaceOf(request).proposals.open().map(proposalJson),
      {
        detail: openApiDetail({
          summary: "What a model proposes to remember, newest first",
          description:
            "Each is a sentence of your own. `memory_settings.proposals` says whether a model looks for any: ask (as set), automatic or off.",
          replies: { 200: jsonReply("Those that wait for your answer.", Proposals) },
        }),
      },
    )
    .post(
      "/memories/proposals/:id/accept",
      async ({ params, body, request }): Promise<StaticReply<typeof MemoryDetail>> => {
        const { memory, proposals } = workspaceOf(request);
        return detailJson(memory, await proposals.accept(params.id, editOf(body ?? {})));
      },
      {
        params,
        body: t.Optional(Edit),
        detail: openApiDetail({
          summary: "Remember what is proposed, as it is or in your words",
          replies: { 200: jsonReply("The memory.", MemoryDetail) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/memories/proposals/:id/refuse",
      async ({ params, request }): Promise<StaticReply<typeof ProposalReply>> =>
        proposalJson(await workspaceOf(request).proposals.refuse(params.id)),
      {
        params,
        detail: openApiDetail({
          summary: "Refuse what is proposed",
          description: "It does not come back, also when you say the same again.",
          replies: { 200: jsonReply("The proposal.", ProposalReply) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/memories/proposals/:id/restore",
      async ({ params, request }): Promise<StaticReply<typeof ProposalReply>> =>
        proposalJson(await workspaceOf(request).proposals.restore(params.id)),
      {
        params,
        detail: openApiDetail({
          summary: "Take a refusal back",
          replies: { 200: jsonReply("The proposal, which waits again.", ProposalReply) },
          errors: notThere,
        }),
      },
    );

/** @throws InvalidRequestError when a text is blank */
function editOf(body: typeof Edit.static): ProposalEdit {
  const edit = Object.entries(body).map(([name, text]) => {
    if (isBlank(text)) throw new InvalidRequestError(`${name} must not be blank.`, { param: name });
    return [name, text.trim()];
  });
  return Object.fromEntries(edit);
}

const proposalJson = (proposal: StoredProposal): StaticReply<typeof ProposalReply> => ({
  id: proposal.id,
  sentence: proposal.sentence,
  key: proposal.key,
  state: proposal.state,
  memory_id: proposal.memoryId,
  conversation_id: proposal.conversationId,
  message_id: proposal.messageId,
  timestamp: new Date(proposal.createdAt).toISOString(),
});
