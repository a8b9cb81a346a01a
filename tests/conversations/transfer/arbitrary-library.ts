/** Any library of conversations, as fast-check makes them: trees with branches, odd texts, ends of every kind. */
import fc from "fast-check";
import type { Store } from "../../../src/store/database.ts";
import type { Conversation, Generation, LoggedToken, Memory, Message } from "../../../src/store/schema.ts";
import type { WholeConversation } from "../../../src/store/whole-conversations.ts";
import { conversation, generation, memory, message } from "../../store/rows.ts";

/** Of any characters; NUL, marks of byte order and what looks like JSON or Markdown are among them. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", " ", "\0", "\uFEFF", "```\n", '"},{"', "\\", "𝄞", "e\u0301", "\u2028", "__proto__"),
);
const time = fc.integer({ min: 0, max: 40 });
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
/** What is named elsewhere need not be there. */
const anyId = fc.uuid();

const tokens: fc.Arbitrary<LoggedToken[]> = fc.array(
  fc.oneof(
    fc.record({ text, ids: fc.array(fc.nat(), { maxLength: 3 }) }),
    fc.record({
      text,
      ids: fc.array(fc.nat(), { maxLength: 3 }),
      logprob: number,
      alternatives: fc.array(fc.record({ text, logprob: number }), { maxLength: 2 }),
    }),
    fc.constantFrom<LoggedToken>(
      { text: "", ids: [], toolPiece: { id: "c", name: "f", arguments: "" } },
      { text: "", ids: [], toolPiece: { id: "c", arguments: "{}" } },
      { text: "", ids: [], toolCall: { id: "c", name: "f", arguments: "{}" } },
    ),
    fc.record({ text, ids: fc.constant([]), reasoning: fc.constant(true as const) }),
    fc.record({
      text: fc.constant(""),
      ids: fc.constant([]),
      continued: fc.constantFrom("failed", "stopped", "length"),
    }),
  ),
  { maxLength: 6 },
);

const madeOf: fc.Arbitrary<Partial<Generation>> = fc.record({
  state: fc.constantFrom("done", "stopped", "failed"),
  model: text,
  memoryContext: fc.nat(20),
  receipt: maybe(
    fc.record(
      {
        systemPrompt: text,
        messageIds: fc.array(anyId, { maxLength: 2 }),
        droppedMessageIds: fc.array(anyId, { maxLength: 2 }),
        memories: fc.array(fc.record({ id: anyId, key: text, score: number }), { maxLength: 2 }),
        promptTokens: maybe(fc.nat()),
        budgetTokens: maybe(fc.nat()),
        summary: fc.record({ messageId: anyId, content: text, model: text }),
      },
      {
        requiredKeys: [
          "systemPrompt",
          "messageIds",
          "droppedMessageIds",
          "memories",
          "promptTokens",
          "budgetTokens",
        ],
      },
    ),
  ),
  writers: fc.array(
    fc.record({ engine: text, model: text, modelHash: maybe(fc.constant("b17")), fromToken: fc.nat(9) }),
    { maxLength: 2 },
  ),
  finishReason: maybe(fc.constantFrom("stop", "length", "tool_calls")),
  usage: maybe(fc.record({ promptTokens: fc.nat(), cachedTokens: fc.nat(), completionTokens: fc.nat() })),
  timings: maybe(
    fc.record({
      promptMs: number,
      promptPerSecond: number,
      decodeMs: number,
      decodePerSecond: number,
      timeToFirstTokenMs: number,
    }),
  ),
  error: maybe(fc.record({ code: text, message: text })),
  crashes: fc.nat(2),
  idempotencyKey: maybe(fc.uuid()),
  createdAt: time,
  startedAt: maybe(time),
  endedAt: maybe(time),
});

/** Grows by one message after another; each follows one that is there, if its kind may. */
const node = fc.record({
  above: fc.nat(),
  content: text,
  promptContext: text,
  createdAt: time,
  deleted: fc.nat(9).map((dice) => dice === 0),
  made: fc.array(fc.tuple(madeOf, tokens), { minLength: 1, maxLength: 2 }),
});
type Node = typeof node extends fc.Arbitrary<infer T> ? T : never;

const row: fc.Arbitrary<Conversation> = fc
  .record({
    title: text,
    createdAt: time,
    updatedAt: time,
    titledBy: fc.constantFrom("question" as const, "model" as const, "user" as const),
    folder: text,
    pinnedAt: maybe(time),
    archivedAt: maybe(time),
    deletedAt: fc.nat(4).map((dice) => (dice === 0 ? 5 : null)),
    forkedFrom: maybe(anyId),
  })
  .map((own) => conversation(own));

const shape = fc.tuple(row, fc.array(node, { maxLength: 12 }), fc.nat());

export const library: fc.Arbitrary<{
  readonly conversations: readonly WholeConversation[];
  readonly memories: readonly Memory[];
}> = fc.record({
  conversations: fc
    .array(shape, { maxLength: 4 })
    .map((shapes) =>
      shapes.map(([own, nodes, shown], index) => grown({ ...own, id: `c${index}` }, nodes, shown)),
    ),
  memories: fc.array(
    fc
      .record({ key: text, value: text, category: text, conversationId: maybe(anyId), createdAt: time })
      .map((own) => memory(own)),
    { maxLength: 4 },
  ),
});

function grown(own: Conversation, nodes: readonly Node[], shown: number): WholeConversation {
  const messages: Message[] = [];
  const generations: (Generation & { tokens: readonly LoggedToken[] })[] = [];
  for (const [index, { above, content, promptContext, createdAt, deleted, made }] of nodes.entries()) {
    const id = `${own.id}-${index}`;
    const parent = messages[above % (messages.length + 1)];
    const base = { id, conversationId: own.id, parentId: parent?.id ?? null, createdAt };
    const deletedAt = deleted ? 7 : null;
    if (parent?.role !== "user" || above % 3 === 0) {
      messages.push(message({ ...base, role: "user", content, promptContext, deletedAt }));
      continue;
    }
    for (const [how, log] of made)
      generations.push({
        // fast-check's records have no prototype, which Drizzle does not expect.
        ...generation({
          ...structuredClone(how),
          id: `${own.id}-g${generations.length}`,
          conversationId: own.id,
        }),
        questionId: parent.id,
        messageId: id,
        tokens: log,
      });
    const said = newestFirst(generations).find(({ messageId }) => messageId === id)?.tokens ?? [];
    const answer = said.map((token) => (token.reasoning ? "" : token.text)).join("");
    messages.push(message({ ...base, role: "assistant", content: answer, deletedAt }));
  }
  const leaf = messages[shown % (messages.length + 1)];
  return { conversation: { ...own, leafId: leaf?.id ?? null }, messages, generations };
}

/** As the store tells which of an answer's generations counts. */
const newestFirst = <Row extends { readonly createdAt: number }>(rows: readonly Row[]) =>
  rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => b.row.createdAt - a.row.createdAt || b.index - a.index)
    .map(({ row }) => row);

export function fill(
  store: Store,
  { conversations, memories }: typeof library extends fc.Arbitrary<infer T> ? T : never,
) {
  for (const each of conversations) {
    store.wholeConversations.insert(each);
    const answers = each.messages.filter(({ role }) => role === "assistant");
    for (const [index, { id }] of answers.entries())
      if (index % 3 > 0) store.ratings.set(id, index % 3 === 1 ? "good" : "bad");
  }
  for (const each of memories) store.memories.insert(each);
}
