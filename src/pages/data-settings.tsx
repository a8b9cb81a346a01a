/** What the page of settings does with all of a user's data: imports conversations, and deletes everything; and hides the first steps. */
import { Elysia, t } from "elysia";
import { describeError, seeOther } from "../http/html-reply.tsx";
import { largestImport, receivedFile } from "../http/received-file.ts";
import { setLanguageOfReader } from "../texts/reader-language.ts";
import type { PagesOf } from "./render-chat.tsx";
import { settingsPage } from "./settings-reply.tsx";
import { refusal } from "./thread-reply.tsx";

export const importPagePath = "/settings/data/import";

export const createDataSettings = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-data-settings" })
    .post(
      "/first-steps/hide",
      async ({ request }) => {
        const deps = pagesOf(request);
        try {
          await deps.personal.change({ first_steps: false });
          return seeOther("/");
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { detail: { hide: true } },
    )
    .post(
      "/settings/data/wipe",
      async ({ body, request }) => {
        const deps = pagesOf(request);
        try {
          const { language } = deps.personal.values();
          const wiped = { counts: await deps.data.wipe(body.confirm) };
          // It is erased with the rest, but who reads of that still speaks it.
          setLanguageOfReader(() => language);
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
            await deps.data.noteImport();
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
