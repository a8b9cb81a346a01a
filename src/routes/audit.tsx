/** The audit log, for admins: page by page, and all of it as JSON. */
import { Elysia, t } from "elysia";
import { AuditPage } from "../../views/pages/audit-page.tsx";
import { UnauthenticatedError } from "../accounts/account-errors.ts";
import type { Store } from "../store/database.ts";
import type { AuditEntry } from "../store/schema.ts";
import { downloadResponse } from "./download.ts";
import type { AccountRoutesDeps } from "./login.tsx";
import { described, jsonReply, time } from "./openapi/described.ts";
import { htmlReply } from "./page-replies.tsx";

const entriesOfPage = 100;

const Entries = t.Array(
  t.Object({
    at: time(),
    actor: t.String({
      description: "Who did it; '' for whoever uses this machine, or for nobody who is known.",
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

export const createAuditRoutes = ({ accounts, door, asset }: AccountRoutesDeps) =>
  new Elysia({ name: "audit", tags: ["status"] })
    .get(
      "/audit",
      ({ query, request }) => {
        door.requireAdmin(request);
        const before = /^\d{1,15}$/.test(query.before ?? "") ? Number(query.before) : undefined;
        const found = accounts.audit.list(entriesOfPage + 1, before);
        const entries = found.slice(0, entriesOfPage);
        const olderThan = found.length > entriesOfPage ? (entries.at(-1)?.id ?? null) : null;
        return htmlReply(
          <AuditPage asset={asset} entries={entries} olderThan={olderThan} isOlder={before !== undefined} />,
        );
      },
      { detail: { hide: true }, query: t.Object({ before: t.Optional(t.String({ maxLength: 20 })) }) },
    )
    .get(
      "/api/audit",
      ({ request }) => {
        door.requireAdmin(request);
        return downloadResponse(
          auditFile(accounts.audit, () => door.isStillKnown(request)),
          {
            type: "application/json",
            fileName: "audit-log.json",
          },
        );
      },
      {
        detail: described({
          summary: "The audit log as a file: logins, keys, users, changes of models, deletions",
          replies: { 200: { ...jsonReply("The file.", Entries), headers: ["Content-Disposition"] } },
        }),
      },
    );

/** Between two looks at whether its reader may still have it. */
const entriesOfLook = 100;

/** @throws UnauthenticatedError when its reader may not go on: it may take it slowly */
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
