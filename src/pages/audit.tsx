/** The audit log, for admins, page by page. */
import { Elysia, t } from "elysia";
import { AuditPage } from "../../views/pages/audit-page.tsx";
import { htmlReply } from "../http/html-reply.tsx";
import type { AccountRoutesDeps } from "./login.tsx";

const entriesOfPage = 100;

export const createAuditPages = ({ accounts, authentication, frameOf, datesFor }: AccountRoutesDeps) =>
  new Elysia({ name: "audit-pages" }).get(
    "/audit",
    ({ query, request }) => {
      authentication.requireAdmin(request);
      const before = /^\d{1,15}$/.test(query.before ?? "") ? Number(query.before) : undefined;
      const found = accounts.audit.list(entriesOfPage + 1, before);
      const entries = found.slice(0, entriesOfPage);
      const olderThan = found.length > entriesOfPage ? (entries.at(-1)?.id ?? null) : null;
      return htmlReply(
        <AuditPage
          {...frameOf(request)}
          entries={entries}
          dates={datesFor(request)}
          olderThan={olderThan}
          isOlder={before !== undefined}
        />,
      );
    },
    { detail: { hide: true }, query: t.Object({ before: t.Optional(t.String({ maxLength: 20 })) }) },
  );
