/** Queries on the audit log: rows are only added, and deleted when they are old or too many. */
import { asc, desc, gt, lt } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type AuditEntry, auditLog } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type AuditQueries = ReturnType<typeof createAuditQueries>;

const rowsOfPage = 500;

interface KeptEntries {
  /** Milliseconds since 1970; older rows are deleted. */
  readonly since: number;
  /** The number of rows that anonymous clients can cause: their failures must push out no others. */
  readonly mostFailures: number;
  readonly most: number;
}

export function createAuditQueries(db: StoreDatabase) {
  const trim = db.$client.prepare<unknown, [number, number, number]>(`
    DELETE FROM audit_log
    WHERE at < ?1
      OR id <= (SELECT max(id) FROM audit_log) - ?3
      OR (
        action IN ('login-failed', 'login-throttled') AND id <= (
          SELECT id FROM audit_log WHERE action IN ('login-failed', 'login-throttled')
          ORDER BY id DESC LIMIT 1 OFFSET ?2
        )
      )`);
  return {
    /** @returns the number of deleted rows */
    trim: ({ since, mostFailures, most }: KeptEntries): number =>
      storing(() => trim.run(since, mostFailures, most).changes),
    add(entry: Omit<AuditEntry, "id">): void {
      storing(() => db.insert(auditLog).values(entry).run());
    },
    /** The newest first. @param before the id at which the last page ended */
    list(limit: number, before = Number.MAX_SAFE_INTEGER): readonly AuditEntry[] {
      return db
        .select()
        .from(auditLog)
        .where(lt(auditLog.id, before))
        .orderBy(desc(auditLog.id))
        .limit(limit)
        .all();
    },
    /** All of it, oldest first; read page by page, to keep memory small. */
    *inOrder(): Generator<AuditEntry, void, undefined> {
      for (let after = 0; ; ) {
        const rows = db
          .select()
          .from(auditLog)
          .where(gt(auditLog.id, after))
          .orderBy(asc(auditLog.id))
          .limit(rowsOfPage)
          .all();
        yield* rows;
        after = rows.at(-1)?.id ?? after;
        if (rows.length < rowsOfPage) return;
      }
    },
  };
}
