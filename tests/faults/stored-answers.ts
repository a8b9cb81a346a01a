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

const open = (dataDir: string) => new Database(join(dataDir, "assistant.db"), { readonly: true });

function statesIn(database: Database): Readonly<Record<string, number>> {
  const rows = database
    .query<{ state: string; count: number }, []>(
      "SELECT state, count(*) AS count FROM generations GROUP BY state",
    )
    .all();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

const unfinishedOf = ({ queued = 0, running = 0 }: Readonly<Record<string, number>>) => queued + running;

/** How many answers are queued or running, also while a server runs. */
export function countUnfinished(dataDir: string): number {
  using database = open(dataDir);
  return unfinishedOf(statesIn(database));
}

export function readStoredAnswers(dataDir: string): StoredAnswers & Disposable {
  const database = open(dataDir);
  const states = statesIn(database);
  const integrity = database.query<{ integrity_check: string }, []>("PRAGMA integrity_check").get();
  const content = database.query<{ content: string }, [string]>(
    "SELECT content FROM messages WHERE id = (SELECT messageId FROM generations WHERE id = ?)",
  );
  return {
    states,
    stuck: unfinishedOf(states),
    integrity: integrity?.integrity_check ?? "no answer",
    textOf: (generationId) => content.get(generationId)?.content ?? null,
    [Symbol.dispose]: () => database.close(),
  };
}
