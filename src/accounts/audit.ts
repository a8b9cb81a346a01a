/** Records actions that matter to the safety of the program. It never holds a secret or a text of a conversation. */
import type { Store } from "../store/database.ts";

/** The page of the log shows them in the reader's language. */
export const auditActions = [
  "login-succeeded",
  "login-failed",
  "login-throttled",
  "logged-out",
  "logged-out-everywhere",
  "session-ended",
  "key-created",
  "key-revoked",
  "user-created",
  "user-disabled",
  "user-enabled",
  "user-deleted",
  "role-changed",
  "password-changed",
  "logins-ended",
  "model-loaded",
  "model-pulled",
  "model-removed",
  "model-unloaded",
  "engine-started",
  "engine-stopped",
  "engine-restarted",
  "conversation-deleted",
  "conversation-restored",
  "conversation-erased",
  "project-deleted",
  "project-restored",
  "project-erased",
  "message-deleted",
  "everything-erased",
  "tool-server-added",
  "tool-server-changed",
  "tool-server-removed",
  "tool-accepted",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** The user's name ('' for the local owner and for unknown names) and the address ('' without a request). */
export interface Actor {
  readonly name: string;
  readonly address: string;
}

export type Note = (actor: Actor, action: AuditAction, target: string) => void;

const longestTarget = 200;

const yearMs = 366 * 24 * 60 * 60 * 1000;
const mostFailures = 100_000;
const mostEntries = 1_000_000;

/** Deletes entries older than a year, and the oldest beyond the limit. @throws StorageError */
export const trimAudit = (audit: Store["audit"], now: number): number =>
  audit.trim({ since: now - yearMs, mostFailures, most: mostEntries });

export const createNote =
  (audit: Store["audit"], now: () => number = Date.now): Note =>
  ({ name, address }, action, target) =>
    audit.add({ at: now(), actor: name, action, target: target.slice(0, longestTarget), address });
