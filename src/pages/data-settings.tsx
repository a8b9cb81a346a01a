/** What the page of settings does with all of a user's data: imports conversations, and deletes everything. */
import { Elysia, t } from "elysia";
import { describeError } from "../http/html-reply.tsx";
import { largestImport, receivedFile } from "../http/received-file.ts";
import type { PagesOf } from "./render-chat.tsx";
import { settingsPage } from "./settings-reply.tsx";

export const importPagePath = "/settings/data/import";

export const createDataSettings = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-data-settings" })
    .post(
      "/settings/data/wipe",
      async ({ body, request }) => {
        const deps = pagesOf(request);
        try {
          const wiped = { counts: await deps.data.wipe(body.confirm) };
          return settingsPage(deps, { section: "data", news: null, wiped });
        } catch (error) {
          const { status, message, headers } = describeError(error);
          if (status === 500) deps.reportDefect(error);
          const wiped = { problem: message };
          return settingsPage(deps, { section: "data", news: null, wiped }, status, headers);
        }
      },
      { detail: { hide: true }, body: t.Object({ confirm: t.String({ maxLength: 200 }) }) },
    )
    .post(
      importPagePath,
      async ({ request, server }) => {
        const deps = pagesOf(request);
        try {
          if (deps.transfer === undefined) throw new Error("These pages import nothing.");
          // Read here, so that its size is bounded before anything parses it; json-body.ts lets this address be.
          const end = deps.transfer.beginImport();
          try {
            const file = await receivedFile(request, largestImport);
            // While it is imported nothing is sent: only the upload may not stand still.
            server?.timeout(request, 0);
            const report = await deps.transfer.importFile(file);
            return settingsPage(deps, { section: "data", news: null, imported: { report } });
          } finally {
            end();
          }
        } catch (error) {
          const { status, message, headers } = describeError(error);
          if (status === 500) deps.reportDefect(error);
          return settingsPage(
            deps,
            { section: "data", news: null, imported: { problem: message } },
            status,
            headers,
          );
        }
      },
      { detail: { hide: true } },
    );
