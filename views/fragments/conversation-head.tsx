/** The conversation's name, and the menu of what can be done with it as a whole. */

import type { PropsWithChildren } from "@kitajs/html";
import { tr } from "../../src/texts/reader-language.ts";
import { Tip } from "../components/icon-button.tsx";
import { MenuItem } from "../components/menu.tsx";
import { Icon } from "../icons.tsx";
import type { ProjectLink } from "../project-props.ts";
import type { ConversationProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { KeepForm } from "./temporary.tsx";

const headId = "conversation-head";
export const menuId = "conversation-menu";

export const ConversationHead = ({ conversation }: { conversation: ConversationProps }) => (
  <header id={headId} class="conversation-head">
    <ThreadHeading title={conversation.title} />
    {conversation.project === null ? (
      ""
    ) : (
      <small>
        <ProjectAddress project={conversation.project} />
      </small>
    )}
    {conversation.isTemporary ? <KeepForm id={conversation.id} /> : ""}
    <details class="menu">
      <summary class="icon-button" aria-label={tr`Conversation menu`}>
        <Icon name="more" />
        <Tip label={tr`Conversation menu`} at="end" />
      </summary>
      <div id={menuId}>
        <ConversationMenu conversation={conversation} />
      </div>
    </details>
  </header>
);

export const ProjectAddress = ({ project: { id, name } }: { project: ProjectLink }) => (
  <a href={`/projects/${id}`} title={tr`Project`} dir="auto" safe>
    {name}
  </a>
);

/** What can be done with it, and how it stands: another tab may change that. */
export const ConversationMenu = ({ conversation }: { conversation: ConversationProps }) => (
  <>
    <Change of={conversation}>
      <label for="new-title">{safeTr`Name`}</label>
      <span class="field-row">
        <input
          id="new-title"
          class="input"
          name="title"
          value={conversation.title}
          required
          maxlength={200}
          autocomplete="off"
        />
        <button type="submit" class="button">
          {safeTr`Rename`}
        </button>
      </span>
    </Change>
    <Change of={conversation}>
      <label for="new-folder">{safeTr`Folder`}</label>
      <span class="field-row">
        <input
          id="new-folder"
          class="input"
          name="folder"
          value={conversation.folder}
          maxlength={100}
          list="folders"
          placeholder={tr`None`}
          autocomplete="off"
        />
        <button type="submit" class="button">
          {safeTr`Move`}
        </button>
      </span>
      <datalist id="folders">
        {conversation.folders.map((folder) => (
          <option value={folder}></option>
        ))}
      </datalist>
    </Change>
    <FolderChoice conversation={conversation} />
    <ProjectChoice conversation={conversation} />
    <Change of={conversation}>
      <button type="submit" name="pinned" value={conversation.isPinned ? "" : "1"}>
        <Icon name="pin" />
        <span>{conversation.isPinned ? safeTr`Unpin` : safeTr`Pin to the top`}</span>
      </button>
      <button type="submit" name="archived" value={conversation.isArchived ? "" : "1"}>
        <Icon name="archive" />
        <span>{conversation.isArchived ? safeTr`Unarchive` : safeTr`Archive`}</span>
      </button>
    </Change>
    <form method="post" action="/ask" hx-post="/ask" hx-swap="none" hx-sync="this:drop">
      <input type="hidden" name="conversation_id" value={conversation.id} />
      <button type="submit" name="text" value="/system">
        <Icon name="edit" />
        <span>
          {conversation.hasInstructions ? safeTr`Change the instructions` : safeTr`Give instructions`}
        </span>
      </button>
    </form>
    <form method="post" action="/ask" hx-post="/ask" hx-swap="none" hx-sync="this:drop">
      <input type="hidden" name="conversation_id" value={conversation.id} />
      <button type="submit" name="text" value="/preset">
        <Icon name="settings" />
        <span dir="auto" safe>
          {conversation.preset === null ? tr`Choose a preset` : tr`Preset: ${conversation.preset}`}
        </span>
      </button>
    </form>
    <a href={`/tools/conversations/${conversation.id}`}>
      <Icon name="desk" />
      <span>{safeTr`Tools of other programs`}</span>
    </a>
    <a href={`/presets/new?${new URLSearchParams({ from: conversation.id })}`}>
      <Icon name="plus" />
      <span>{safeTr`Save as preset`}</span>
    </a>
    <a href={`/api/conversations/${conversation.id}/export?format=markdown`} download="">
      <Icon name="download" />
      <span>{safeTr`Save as Markdown`}</span>
    </a>
    <a href={`/api/conversations/${conversation.id}/export?format=html`} download="">
      <Icon name="download" />
      <span>{safeTr`Save as HTML`}</span>
    </a>
    <a href={`/api/conversations/${conversation.id}/export?format=json`} download="">
      <Icon name="download" />
      <span>{safeTr`Save as JSON`}</span>
    </a>
    <hr />
    <form method="post" action={`/c/${conversation.id}/delete`}>
      <MenuItem label={tr`Delete`} icon="trash" isDanger />
    </form>
  </>
);

/** More are found by the field above. */
const mostOffered = 8;

/** The folders that there are, a button each. */
const FolderChoice = ({ conversation }: { conversation: ConversationProps }) => {
  const others = conversation.folders.filter((folder) => folder !== conversation.folder);
  if (others.length === 0) return "";
  return (
    <Change of={conversation}>
      <fieldset class="folder-choice">
        <legend class="visually-hidden">{safeTr`Move to a folder`}</legend>
        {others.slice(0, mostOffered).map((folder) => (
          <button type="submit" class="button small" name="folder" value={folder} dir="auto" safe>
            {folder}
          </button>
        ))}
      </fieldset>
    </Change>
  );
};

/** The projects that there are, and none. */
const ProjectChoice = ({ conversation }: { conversation: ConversationProps }) =>
  conversation.projects.length === 0 ? (
    ""
  ) : (
    <Change of={conversation}>
      <label for="new-project">{safeTr`Project`}</label>
      <span class="field-row">
        <select id="new-project" class="input" name="project">
          <option value="" safe>
            {tr`None`}
          </option>
          {conversation.projects.map(({ id, name }) => (
            <option value={id} selected={id === conversation.project?.id} safe>
              {name}
            </option>
          ))}
        </select>
        <button type="submit" class="button">
          {safeTr`Move`}
        </button>
      </span>
      <small class="note">{safeTr`What was remembered of it moves along.`}</small>
    </Change>
  );

const ThreadHeading = ({ title }: { title: string }) => (
  <h1 id="conversation-title" dir="auto" safe>
    {title}
  </h1>
);

const Change = ({ of, children }: PropsWithChildren<{ of: ConversationProps }>) => (
  <form
    method="post"
    action={`/c/${of.id}/change`}
    hx-post={`/c/${of.id}/change`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    {children}
  </form>
);
