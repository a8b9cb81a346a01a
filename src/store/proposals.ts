/**
 * Queries on what is proposed to be remembered, and on the messages in which a model is still to look for it. A proposal of a
 * deleted conversation or message is in no list. Knows nothing of models.
 */
import type { StoreDatabase } from "./connection.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { messagesToRead, type Proposal, proposals } from "./proposal-tables.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type ProposalQueries = ReturnType<typeof createProposalQueries>;

/** A message in which a model is to look for something to remember. */
export interface MessageToRead {
  readonly messageId: string;
  readonly ownerId: OwnerId;
  readonly attempts: number;
}

const mostListed = 200;

export function createProposalQueries(db: StoreDatabase) {
  const { $client: client } = db;
  const insert = preparedInsert<typeof proposals.$inferInsert>(db, proposals);
  const update = preparedUpdate<Proposal>(db, proposals);
  const insertToRead = preparedInsert<typeof messagesToRead.$inferInsert>(db, messagesToRead);
  const byId = client.prepare<Proposal, [string]>("SELECT * FROM proposals WHERE id = ?");
  const open = client.prepare<Proposal, [OwnerId, number]>(`
    SELECT proposals.* FROM proposals
      JOIN conversations ON conversations.id = proposals.conversationId AND conversations.deletedAt IS NULL
    WHERE proposals.ownerId IS ? AND state = 'open' ORDER BY proposals.createdAt DESC, proposals.id LIMIT ?`);
  const ofMessages = client.prepare<Proposal, [string]>(`
    SELECT * FROM proposals WHERE messageId IN (SELECT value FROM json_each(?)) AND state <> 'refused' ORDER BY createdAt, id`);
  const known = client.prepare<{ found: number }, [string, OwnerId]>(`
    SELECT 1 AS found FROM proposals
      LEFT JOIN memories ON memories.id = memoryId AND memories.deletedAt IS NULL AND memories.withdrawnAt IS NULL
    WHERE hash = ? AND proposals.ownerId IS ? AND (state <> 'accepted' OR memories.id IS NOT NULL) LIMIT 1`);
  const next = client.prepare<MessageToRead, []>(
    "SELECT messageId, ownerId, attempts FROM messages_to_read ORDER BY createdAt, rowid LIMIT 1",
  );
  const setAttempts = client.prepare<unknown, [number, string]>(
    "UPDATE messages_to_read SET attempts = ? WHERE messageId = ?",
  );
  const done = client.prepare<unknown, [string]>("DELETE FROM messages_to_read WHERE messageId = ?");
  const isQueued = client.prepare<{ found: number }, [string]>(
    "SELECT 1 AS found FROM messages_to_read WHERE messageId = ?",
  );

  return {
    /** Without effect when it is there already, whatever became of it. */
    insert(row: typeof proposals.$inferInsert): void {
      if (byId.get(row.id) === null) insert(row);
    },
    get: (id: string): Proposal | undefined => byId.get(id) ?? undefined,
    /** Newest first. */
    open: (ownerId: OwnerId, limit = mostListed): readonly Proposal[] => open.all(ownerId, limit),
    /** Open and accepted ones, by the message that they are from. */
    ofMessages(messageIds: readonly string[]): ReadonlyMap<string, readonly Proposal[]> {
      if (messageIds.length === 0) return new Map();
      return Map.groupBy(ofMessages.all(JSON.stringify(messageIds)), ({ messageId }) => messageId ?? "");
    },
    /** Whether its owner was asked about this sentence, and has refused it, remembers it or has not answered yet. */
    isKnown: (ownerId: OwnerId, hash: string): boolean => known.get(hash, ownerId) !== null,
    set(id: string, change: Partial<Pick<Proposal, "state" | "sentence" | "key" | "memoryId">>): void {
      update(id, change);
    },
    toRead(messageId: string, ownerId: OwnerId, createdAt: number): void {
      if (isQueued.get(messageId) === null) insertToRead({ messageId, ownerId, createdAt });
    },
    nextToRead: (): MessageToRead | undefined => next.get() ?? undefined,
    setAttempts: (messageId: string, attempts: number): void => {
      storing(() => setAttempts.run(attempts, messageId));
    },
    wasRead(messageId: string): void {
      storing(() => done.run(messageId));
    },
  };
}
