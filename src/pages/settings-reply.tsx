/** A page of the settings, for every route that answers with one. */
import { SettingsPage } from "../../views/pages/settings-page.tsx";
import type { ImportedProps, SettingsSection, WipedProps } from "../../views/props.ts";
import { htmlReply } from "../http/html-reply.tsx";
import { calendarOf } from "./calendar.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps } from "./render-chat.tsx";
import { type RowNews, settingRows } from "./setting-rows.ts";

export const sections: readonly SettingsSection[] = [
  ...(["you", "answers", "look", "memory", "keys", "data", "access", "about"] as const),
];

export interface ShownSettings {
  readonly section: SettingsSection;
  readonly news: RowNews | null;
  /** What became of a file, or why it was refused. */
  readonly imported?: ImportedProps;
  /** Everything was erased just now; or why not. */
  readonly wiped?: WipedProps;
}

const dayMs = 24 * 60 * 60 * 1000;

export function settingsPage(
  deps: PagesDeps,
  { section, news, imported, wiped }: ShownSettings,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  const { personal, library, about, viewer = null, isReadOnly = false, calendar = calendarOf() } = deps;
  return htmlReply(
    <SettingsPage
      {...frameProps(deps)}
      section={section}
      rows={settingRows(personal.states(), section, news)}
      prompt={section === "answers" ? personal.prompt() : null}
      data={
        section === "data"
          ? {
              deleted: library.deleted(mostDeleted).length,
              keptDays: Math.round(library.keptDeletedMs / dayMs),
              imported: imported ?? null,
              own: deps.data.counts(),
              wiped: wiped ?? null,
            }
          : null
      }
      about={section === "about" && about !== undefined ? aboutProps(deps, about) : null}
      dates={calendar}
      isReadOnly={isReadOnly}
      viewer={viewer}
    />,
    status,
    headers,
  );
}

/** As the page of the trash counts them. */
const mostDeleted = 200;

/** Where a server connects to concerns those who steer it. */
const aboutProps = (deps: PagesDeps, about: NonNullable<PagesDeps["about"]>) => ({
  version: about.version,
  startedAt: about.startedAt,
  connections: deps.engineSummary().canSteer === false ? null : about.connections(),
});
