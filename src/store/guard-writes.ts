/**
 * Makes a SQLite connection ask before each write whether it may be made, and after it whether it may be acknowledged:
 * whatever is written is written in this one place. It knows nothing of what the answer depends on.
 */
import type { Database } from "bun:sqlite";

/** @throws when nothing may be written, or what was just written must not be acknowledged */
type Verify = () => void;

/** Runs its argument without asking. */
export type Exempt = <T>(work: () => T) => T;

/** These neither write nor end a transaction in order to keep it. */
const harmless = /^\s*(PRAGMA|BEGIN|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

/** What executes a statement. `iterate` is left out: nothing is written row by row. */
const executing = ["run", "get", "all", "values", "raw"] as const;

type Call = (...values: unknown[]) => unknown;

/**
 * Inside a transaction nothing is acknowledged, so its beginning and its end are asked about; a statement outside of
 * one is a transaction of its own.
 * @returns what writes all the same: to copy what an open file still holds
 */
export function guardWrites(client: Database, verify: Verify): Exempt {
  let isExempt = false;
  const watched =
    (call: Call): Call =>
    (...values) => {
      if (isExempt) return call(...values);
      if (!client.inTransaction) verify();
      const result = call(...values);
      if (!client.inTransaction) verify();
      return result;
    };

  const known = new WeakSet<object>();
  const guarded = (statement: unknown): unknown => {
    if (typeof statement !== "object" || statement === null || known.has(statement)) return statement;
    known.add(statement);
    if (Reflect.get(statement, "readonly") === true) return statement;
    for (const name of executing) {
      const execute: unknown = Reflect.get(statement, name);
      if (typeof execute === "function")
        Reflect.set(
          statement,
          name,
          watched((...values) => Reflect.apply(execute, statement, values)),
        );
    }
    return statement;
  };

  const { prepare, query, run, transaction } = client;
  const runWatched = watched((...values) => Reflect.apply(run, client, values));
  const execute: Call = (sql, ...bindings) =>
    harmless.test(String(sql))
      ? Reflect.apply(run, client, [sql, ...bindings])
      : runWatched(sql, ...bindings);
  Object.assign(client, {
    prepare: (...values: unknown[]) => guarded(Reflect.apply(prepare, client, values)),
    query: (...values: unknown[]) => guarded(Reflect.apply(query, client, values)),
    run: execute,
    exec: execute,
    transaction: (...values: unknown[]) => {
      const inner: ReturnType<typeof transaction> = Reflect.apply(transaction, client, values);
      return Object.assign(watched(inner), {
        deferred: watched(inner.deferred),
        immediate: watched(inner.immediate),
        exclusive: watched(inner.exclusive),
      });
    },
  });
  return (work) => {
    isExempt = true;
    try {
      return work();
    } finally {
      isExempt = false;
    }
  };
}
