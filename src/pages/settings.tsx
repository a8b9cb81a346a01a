/** The settings: a page a section, and of each row a form that is saved at once. */
import { Elysia, t } from "elysia";
import { Partial } from "../../views/fragments/partial.tsx";
import { SettingRow } from "../../views/fragments/setting-row.tsx";
import { PromptText, promptTextId, saidId } from "../../views/pages/settings-page.tsx";
import type { SettingsSection } from "../../views/props.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { describeError, errorReply, htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import { isPersonalKey, personalSetting } from "../settings/personal.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { settingFromForm, settingRows } from "./setting-rows.ts";
import { type ShownSettings, sections, settingsPage } from "./settings-reply.tsx";

const hidden = { detail: { hide: true } };
const SectionParams = t.Object({ section: t.String({ maxLength: 20 }) });
const PageQuery = t.Object({ saved: t.Optional(t.String({ maxLength: 40 })) });
const RowForm = t.Object({
  key: t.String({ maxLength: 40 }),
  value: t.Optional(t.String({ maxLength: 100_000 })),
  /** A value with a name: it wins over what is in the field. */
  preset: t.Optional(t.String({ maxLength: 40 })),
  do: t.Optional(t.Literal("reset")),
});

export const createSettingsPages = (pagesOf: PagesOf) => {
  const show = (request: Request, name: string, saved: string | undefined) => {
    const deps = pagesOf(request);
    const section = sections.find((known) => known === name);
    if (section === undefined)
      return errorReply(frameProps(deps), 404, tr`There is no such page of settings.`);
    return settingsPage(deps, { section, news: saved === undefined ? null : { key: saved, refused: null } });
  };
  return new Elysia({ name: "pages-settings" })
    .get("/settings", ({ query, request }) => show(request, "you", query.saved), {
      ...hidden,
      query: PageQuery,
    })
    .get("/settings/:section", ({ params, query, request }) => show(request, params.section, query.saved), {
      ...hidden,
      params: SectionParams,
      query: PageQuery,
    })
    .post(
      "/settings/:section",
      async ({ params, body, request }) => {
        const deps = pagesOf(request);
        const { key } = body;
        const sent = body.preset ?? body.value ?? "";
        try {
          const section = sectionOf(key, params.section);
          const value = body.do === "reset" ? null : settingFromForm(key, sent);
          await deps.personal.change({ [key]: value });
          // All that stands on the page is said anew, in the other language.
          if (key === "language" && isHtmx(request))
            return new Response(null, { status: 204, headers: { "hx-refresh": "true" } });
          return isHtmx(request)
            ? rowReply(deps, { section, news: { key, isReset: body.do === "reset", refused: null } })
            : seeOther(`/settings/${section}?saved=${key}#${key}`);
        } catch (error) {
          const { status, message } = describeError(error);
          if (status === 500) deps.reportDefect(error);
          if (!(error instanceof InvalidRequestError)) return errorReply(frameProps(deps), status, message);
          const section = sectionOf(key, params.section);
          const shown = { section, news: { key, refused: { problem: message, sent } } };
          return isHtmx(request) ? rowReply(deps, shown, status) : settingsPage(deps, shown, status);
        }
      },
      { ...hidden, params: SectionParams, body: RowForm },
    );
};

/** @throws NotFoundError unless the section has such a row */
function sectionOf(key: string, name: string): SettingsSection {
  const section = sections.find((known) => known === name);
  if (section !== undefined && isPersonalKey(key) && personalSetting(key).section === section) return section;
  throw new NotFoundError(say`There is no such setting.`);
}

function rowReply(deps: PagesDeps, { section, news }: ShownSettings, status = 200): Response {
  const row = settingRows(deps.personal.states(), section, news).find(({ key }) => key === news?.key);
  if (row === undefined) throw new NotFoundError(say`There is no such setting.`);
  return htmlReply(
    <>
      <Partial target={`#${row.key}`} swap="outerHTML">
        <SettingRow setting={row} isReadOnly={deps.isReadOnly ?? false} />
      </Partial>
      <Partial target={`#${saidId}`} swap="innerHTML">
        <span safe>{row.problem ?? tr`${row.label}: saved`}</span>
      </Partial>
      {row.key === "instructions" ? (
        <Partial target={`#${promptTextId}`} swap="innerHTML">
          <PromptText prompt={deps.personal.prompt()} />
        </Partial>
      ) : (
        ""
      )}
    </>,
    status,
  );
}
