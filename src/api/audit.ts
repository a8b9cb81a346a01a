/** The audit log as a file, for admins. */
import { Elysia, t } from "elysia";
import { UnauthenticatedError } from "../accounts/account-errors.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Authentication } from "../http/authentication.ts";
import { downloadResponse } from "../http/download.ts";
import { jsonReply, openApiDetail, time } from "../http/openapi/openapi-detail.ts";
import type { Store } from "../store/database.ts";
import type { AuditEntry } from "../store/schema.ts";

const Entries = t.Array(
  t.Object({
    at: time(),
    actor: t.String({
      description: "The user's name; '' for the local owner and for unknown names.",
    }),
    action: t.String(),
    target: t.String({ description: "What it was done to: a name or an id." }),
    address: t.String(),
  }),
  {
    title: "AuditLog",
    description: "Oldest first.",
    examples: [
      [
        {
          at: "2026-03-01T09:30:00.000Z",
          actor: "anna",
          action: "key-created",
          target: "backup script",
          address: "127.0.0.1",
        },
      ],
    ],
  },
);

interface AuditRoutesDeps {
  readonly accounts: Pick<Accounts, "audit">;
  readonly authentication: Authentication;
}

export const createAuditRoutes = ({ accounts, authentication }: AuditRoutesDeps) =>
  new Elysia({ name: "audit", tags: ["status"] }).get(
    "/api/audit",
    ({ request }) => {
      authentication.requireAdmin(request);
      return downloadResponse(
        auditFile(accounts.audit, () => authentication.isStillKnown(request)),
        {
          type: "application/json",
          fileName: "audit-log.json",
        },
      );
    },
    {
      detail: openApiDetail({
        summary: "The audit log as a file: logins, keys, users, changes of models, deletions",
        replies: { 200: { ...jsonReply("The file.", Entries), headers: ["Content-Disposition"] } },
      }),
    },
  );

/** Between two looks at whether its reader may still have it. */
const entriesOfLook = 100;

/** @throws UnauthenticatedError when its reader, which may be slow, loses access */
export function* auditFile(
  audit: Pick<Store["audit"], "inOrder">,
  isStillKnown: () => boolean,
): Generator<string, void, undefined> {
  yield "[";
  let separator = "\n";
  let count = 0;
  for (const entry of audit.inOrder()) {
    if (count++ % entriesOfLook === 0 && !isStillKnown()) throw new UnauthenticatedError();
    yield separator + JSON.stringify(factsOf(entry));
    separator = ",\n";
  }
  yield "\n]\n";
}

const factsOf = ({ at, actor, action, target, address }: AuditEntry) => ({
  at: new Date(at).toISOString(),
  actor,
  action,
  target,
  address,
});
