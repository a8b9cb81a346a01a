/** A question and its answer as an archive has them, of which a test changes what it is about. */
import {
  type ArchiveConversation,
  archiveFormat,
  archiveVersion,
} from "../../../src/conversations/transfer/archive-format.ts";
import { conversation, generation, message } from "../../store/rows.ts";

/** Fields of the conversation, and of its question, its answer and the answer's generation; `undefined` takes one away. */
export interface Patch extends Readonly<Record<string, unknown>> {
  readonly question?: Readonly<Record<string, unknown>>;
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly generation?: Readonly<Record<string, unknown>>;
}

export const archive = (conversations: readonly unknown[]) => ({
  format: archiveFormat,
  version: archiveVersion,
  exportedAt: 1,
  conversations,
  memories: [],
});

/** @param id with another one than c, the other ids are others too */
export function archived(patch: Patch = {}, id = "c") {
  const { question = {}, answer = {}, generation: made = {}, ...own } = patch;
  const { messages, generations, ...row } = sound(id);
  const [asked, said] = messages;
  return {
    ...row,
    messages: [
      { ...asked, ...question },
      { ...said, ...answer },
    ],
    generations: generations.map((each) => ({ ...each, ...made })),
    ...own,
  };
}

export function sound(id = "c"): ArchiveConversation {
  const prefix = id === "c" ? "" : `${id}-`;
  const [questionId, messageId] = [`${prefix}q`, `${prefix}a`];
  const {
    deletedAt: _,
    ownerId: _owner,
    origin: _origin,
    settings: _settings,
    ...row
  } = conversation({ id, leafId: messageId });
  const messages = [
    message({ id: questionId }),
    message({ id: messageId, parentId: questionId, role: "assistant", content: "Yes.", createdAt: 2 }),
  ].map(({ conversationId: _, deletedAt: __, ...rest }) => rest);
  const {
    conversationId: __,
    idempotencyKey: ___,
    request: ____,
    ...made
  } = generation({
    id: `${prefix}g`,
    questionId,
    messageId,
    state: "done",
    endedAt: 3,
  });
  return { ...row, messages, generations: [{ ...made, tokens: [{ text: "Yes.", ids: [7] }] }] };
}
