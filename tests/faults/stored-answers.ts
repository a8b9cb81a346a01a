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

/** A server that writes nothing for so many milliseconds is not at work. */
const patienceMs = 10_000;

/** Waits while the server that runs works on unfinished answers: until there are none, or it writes nothing any more. */
export async function awaitFinished(dataDir: string): Promise<void> {
  using database = open(dataDir);
  // It changes with each commit of another connection (https://sqlite.org/pragma.html#pragma_data_version).
  const version = database.query<{ data_version: number }, []>("PRAGMA data_version");
  let seen = version.get()?.data_version;
  let writtenAt = performance.now();
  while (unfinishedOf(statesIn(database)) > 0 && performance.now() - writtenAt < patienceMs) {
    await Bun.sleep(100);
    const current = version.get()?.data_version;
    if (current !== seen) writtenAt = performance.now();
    seen = current;
  }
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
