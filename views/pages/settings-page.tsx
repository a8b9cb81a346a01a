/** A section of the settings: its rows, and what else belongs to it. */
import { tr } from "../../src/texts/reader-language.ts";
import { LinkCard } from "../components/card.tsx";
import { Tabs } from "../components/tabs.tsx";
import { About } from "../fragments/about.tsx";
import { DataSettings } from "../fragments/data-settings.tsx";
import { SettingRow } from "../fragments/setting-row.tsx";
import { Page } from "../frame.tsx";
import type {
  AboutProps,
  DataProps,
  FrameProps,
  SettingProps,
  SettingsSection,
  ShownDates,
  ViewerProps,
} from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly section: SettingsSection;
  readonly rows: readonly SettingProps[];
  /** What the model is told; null: not shown here. */
  readonly prompt: string | null;
  /** null: shown in another section. */
  readonly data: DataProps | null;
  readonly about: AboutProps | null;
  readonly dates: ShownDates;
  readonly isReadOnly: boolean;
  /** null: the local owner, without a login. */
  readonly viewer: ViewerProps | null;
}

const sectionWords = (): Readonly<
  Record<SettingsSection, { readonly label: string; readonly lead: string }>
> => ({
  you: { label: tr`You`, lead: tr`What the assistant knows about you before you ask.` },
  answers: {
    label: tr`Answers`,
    lead: tr`How the model answers in your chats. A program's own fields win over these.`,
  },
  look: { label: tr`Look`, lead: tr`How the pages look and how answers appear.` },
  memory: { label: tr`Memory`, lead: tr`What is remembered of your conversations.` },
  keys: { label: tr`Keys`, lead: tr`Programs use the assistant with a key of their own.` },
  data: { label: tr`Data`, lead: tr`Everything is on this machine, in one folder.` },
  access: { label: tr`Access`, lead: tr`Who can use the assistant.` },
  about: { label: tr`About`, lead: tr`The program, and where it connects to.` },
});

const addressOf = (section: SettingsSection) => (section === "you" ? "/settings" : `/settings/${section}`);

const tabsOf = (sections: ReturnType<typeof sectionWords>) =>
  (Object.keys(sections) as SettingsSection[]).map((section) => ({
    to: addressOf(section),
    label: sections[section].label,
  }));

export const promptTextId = "prompt-preview";
/** What screen readers hear when a row has changed. */
export const saidId = "settings-said";

export const SettingsPage = (props: Props) => {
  const { section, rows, prompt, data, about, dates, isReadOnly, viewer, ...frame } = props;
  const sections = sectionWords();
  const { label, lead } = sections[section];
  return (
    <Page
      {...frame}
      title={`${label} · ${tr`Settings`}`}
      heading={tr`Settings`}
      kind="settings"
      here="/settings"
      class="reading"
      skipToLabel={tr`the settings`}
    >
      <Tabs label={tr`Sections of the settings`} tabs={tabsOf(sections)} here={addressOf(section)} />
      <p class="lead" safe>
        {lead}
      </p>
      <p id={saidId} class="visually-hidden" role="status"></p>
      {/* public/js/lost-request.js says here that a change did not reach the server. */}
      <div id="composer-note" class="settings-note" role="alert"></div>
      {rows.length === 0 ? (
        ""
      ) : (
        <section class="settings-card" aria-label={label}>
          {rows.map((setting) => (
            <SettingRow setting={setting} isReadOnly={isReadOnly} />
          ))}
        </section>
      )}
      {prompt === null ? (
        ""
      ) : (
        <details class="disclosure">
          <summary>{safeTr`What the model is told`}</summary>
          <div id={promptTextId}>
            <PromptText prompt={prompt} />
          </div>
        </details>
      )}
      {data === null ? "" : <DataSettings data={data} isReadOnly={isReadOnly} />}
      {about === null ? "" : <About about={about} dates={dates} />}
      <Links section={section} viewer={viewer} />
    </Page>
  );
};

export const PromptText = ({ prompt }: { prompt: string }) => (
  <section class="prompt-preview" dir="auto" tabindex="0" aria-label={tr`The prompt`} safe>
    {prompt}
  </section>
);

interface Link {
  readonly title: string;
  readonly words: string;
  readonly to: string;
}

const Links = ({ section, viewer }: Pick<Props, "section" | "viewer">) => {
  const links = linksOf(section, viewer);
  return links.length === 0 ? (
    ""
  ) : (
    <div class="settings-links">
      {links.map((link) => (
        <LinkCard {...link} />
      ))}
    </div>
  );
};

/** What has a page of its own. */
function linksOf(section: SettingsSection, viewer: ViewerProps | null): readonly Link[] {
  const hasLogin = viewer !== null;
  switch (section) {
    case "answers":
      return [
        {
          title: tr`Presets`,
          words: tr`Instructions, model and sampling under a name, for some of your chats.`,
          to: "/presets",
        },
        {
          title: tr`Tools of other programs`,
          words: tr`What models may call, and which calls are asked.`,
          to: "/tools",
        },
      ];
    case "memory":
      return [
        { title: tr`Memories`, words: tr`Read, correct and forget what is remembered.`, to: "/memory" },
      ];
    case "keys":
      return [
        hasLogin
          ? { title: tr`Your keys`, words: tr`Create and revoke keys.`, to: "/account" }
          : {
              title: tr`Set up logins`,
              words: tr`Keys come with logins. Without logins programs on this machine need none.`,
              to: "/setup",
            },
        { title: tr`API`, words: tr`What programs can ask, with examples.`, to: "/docs" },
      ];
    case "access":
      return [
        hasLogin
          ? { title: tr`Your login`, words: tr`Your password, keys and browsers.`, to: "/account" }
          : {
              title: tr`Set up logins`,
              words: tr`Let several people use it, from other machines too.`,
              to: "/setup",
            },
        ...(viewer?.isAdmin
          ? [
              { title: tr`Users`, words: tr`Add, disable and remove users.`, to: "/users" },
              { title: tr`Audit log`, words: tr`Logins, keys, models and deletions.`, to: "/audit" },
            ]
          : []),
      ];
    default:
      return [];
  }
}
