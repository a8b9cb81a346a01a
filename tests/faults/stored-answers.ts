/** Looks into the database of a server that has ended: what is still unfinished, and whether the file is whole. */
import { Database } from "bun:sqlite";
import { join } from "node:path";

export interface StoredAnswers {
  readonly states: Readonly<Record<string, number>>;
  /** Queued or running though no server runs, so nobody will ever finish them. */
  readonly stuck: number;
  readonly integrity: string;
  /** The stored message of a finished answer. */
  readonly textOf: (generationId: string) => string | null;
}

export function readStoredAnswers(dataDir: string): StoredAnswers & Disposable {
  const database = new Database(join(dataDir, "assistant.db"), { readonly: true });
  const rows = database
    .query<{ state: string; count: number }, []>(
      "SELECT state, count(*) AS count FROM generations GROUP BY state",
    )
    .all();
  const integrity = database.query<{ integrity_check: string }, []>("PRAGMA integrity_check").get();
  const content = database.query<{ content: string }, [string]>(
    "SELECT content FROM messages WHERE id = (SELECT messageId FROM generations WHERE id = ?)",
  );
  const states = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  return {
    states,
    stuck: (states.queued ?? 0) + (states.running ?? 0),
    integrity: integrity?.integrity_check ?? "no answer",
    textOf: (generationId) => content.get(generationId)?.content ?? null,
    [Symbol.dispose]: () => database.close(),
  };
}
