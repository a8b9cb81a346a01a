/** The import of conversations from the page of settings. */
import { Elysia } from "elysia";
import { describeError } from "../http/html-reply.tsx";
import { largestImport, receivedFile } from "../http/received-file.ts";
import type { PagesOf } from "./render-chat.tsx";
import { settingsPage } from "./settings-reply.tsx";

export const importPagePath = "/settings/data/import";

export const createDataSettings = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-data-settings" }).post(
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
