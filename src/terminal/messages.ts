/** The used fields of the server's replies; others are ignored. */
import { type Static, Type as t } from "@sinclair/typebox";

const maybe = <Schema extends Parameters<typeof t.Optional>[0]>(schema: Schema) =>
  t.Optional(t.Union([schema, t.Null()]));

export const Refusal = t.Object({ error: t.Object({ message: t.String(), code: maybe(t.String()) }) });

/** Of an OpenAI chat.completion.chunk. */
export const Chunk = t.Object({
  model: t.String(),
  choices: t.Array(
    t.Object({
      delta: t.Object({ content: maybe(t.String()), reasoning_content: maybe(t.String()) }),
      finish_reason: maybe(t.String()),
    }),
  ),
  usage: maybe(t.Record(t.String(), t.Unknown())),
  /** Before the text that shows them. */
  facts: t.Optional(t.Array(t.Unknown())),
  /** In the last one. A server of an earlier version sends none. */
  figures: t.Optional(
    t.Array(t.Object({ start: t.Integer(), end: t.Integer(), text: t.String(), class: t.String() })),
  ),
  error: maybe(t.Object({ message: t.String(), code: t.String() })),
});
export type Chunk = Static<typeof Chunk>;
export type ShownFigure = NonNullable<Chunk["figures"]>[number];

/** A message of the WebSocket while an answer waits. */
export const ProgressMessage = t.Object({
  type: t.Literal("progress"),
  progress: t.Union([
    t.Object({ type: t.Literal("waiting"), position: t.Number(), paused: maybe(t.Boolean()) }),
    t.Object({
      type: t.Literal("loading"),
      phase: t.Union([t.String(), t.Null()]),
      progress: t.Union([t.Number(), t.Null()]),
    }),
    t.Object({ type: t.Literal("reading"), progress: t.Number() }),
  ]),
});
export type Progress = Static<typeof ProgressMessage>["progress"];

export const Health = t.Object({
  status: t.String(),
  model: maybe(t.String()),
  problem: maybe(t.String()),
});

export const StopReply = t.Object({ stopped: t.Boolean() });
export const ContinueReply = t.Object({ generation_id: t.String(), events: t.String() });
export const MemorizeReply = t.Object({ message: t.String() });
export const MemoryList = t.Array(t.Object({ key: t.String(), value: t.String() }));
/** A server of an earlier version sends no purpose. */
export const Model = t.Object({ id: t.String(), purpose: maybe(t.String()) });
export const ModelList = t.Object({ data: t.Array(Model) });

export const ConversationList = t.Object({
  conversations: t.Array(t.Object({ id: t.String(), title: t.String(), updated_at: t.String() })),
});
export type ListedConversation = Static<typeof ConversationList>["conversations"][number];

export const Conversation = t.Object({
  id: t.String(),
  title: t.String(),
  messages: t.Array(
    t.Object({
      role: t.String(),
      content: t.String(),
      generation: t.Union([
        t.Object({ id: t.String(), ended_at: t.Union([t.String(), t.Null()]) }),
        t.Null(),
      ]),
    }),
  ),
});
export type Conversation = Static<typeof Conversation>;
