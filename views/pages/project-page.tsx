/** One project: its name and instructions, its conversations, documents and memory, and its end. It needs no script. */
import { tr } from "../../src/texts/reader-language.ts";
import { Notice } from "../components/notice.tsx";
import { ItemLink } from "../fragments/conversation-list.tsx";
import { Named } from "../fragments/named.tsx";
import { Page } from "../frame.tsx";
import { Icon } from "../icons.tsx";
import type { ProjectProps } from "../project-props.ts";
import type { FrameProps, NoticeProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { acceptedDocuments } from "./documents-page.tsx";

interface Props extends FrameProps {
  readonly project: ProjectProps;
  readonly notice: NoticeProps | null;
  readonly isReadOnly: boolean;
}

type Part = Pick<Props, "project" | "isReadOnly">;

export const ProjectPage = ({ project, notice, isReadOnly, ...frame }: Props) => (
  <Page
    {...frame}
    title={project.name}
    kind="library"
    here="/projects"
    class="reading"
    skipToLabel={tr`the project`}
    actions={
      <a class="button primary" href={`/?project=${project.id}`}>
        <Icon name="plus" />
        <span>{safeTr`New chat in this project`}</span>
      </a>
    }
  >
    <p>
      <a href="/projects">{safeTr`All projects`}</a>
    </p>
    {notice === null ? "" : <Notice {...notice} />}
    <Conversations project={project} />
    {isReadOnly ? "" : <Settings project={project} />}
    <Documents project={project} isReadOnly={isReadOnly} />
    <Memory project={project} isReadOnly={isReadOnly} />
    {isReadOnly ? "" : <End project={project} />}
  </Page>
);

const Conversations = ({ project: { id, conversations, counts } }: Pick<Props, "project">) => (
  <section aria-labelledby="project-conversations">
    <h2 id="project-conversations">{safeTr`Conversations`}</h2>
    {conversations.length === 0 ? (
      <p class="note">{safeTr`None yet. Begin one here, or move one here by its menu.`}</p>
    ) : (
      <ol class="conversation-list">
        {conversations.map((conversation) => (
          <li>
            <ItemLink conversation={conversation} />
          </li>
        ))}
      </ol>
    )}
    {counts.conversations <= conversations.length ? (
      ""
    ) : (
      <p>
        <a href={`/conversations?${new URLSearchParams({ project: id })}`}>{safeTr`More conversations`}</a>
      </p>
    )}
  </section>
);

const Settings = ({ project: { id, name, instructions, usesGeneralMemory } }: Pick<Props, "project">) => (
  <section aria-labelledby="project-settings">
    <h2 id="project-settings">{safeTr`Name and instructions`}</h2>
    <form class="preset-form" method="post" action={`/projects/${id}`}>
      <p class="form-field">
        <label for="project-name">{safeTr`Name`}</label>
        <input
          id="project-name"
          class="input"
          name="name"
          value={name}
          maxlength={100}
          required
          dir="auto"
          autocomplete="off"
        />
      </p>
      <p class="form-field">
        <label for="project-instructions">{safeTr`Instructions`}</label>
        <textarea
          id="project-instructions"
          class="input"
          name="instructions"
          rows="5"
          maxlength={8000}
          dir="auto"
          aria-describedby="project-instructions-words"
          safe
        >
          {`\n${instructions}`}
        </textarea>
        <small id="project-instructions-words">{safeTr`The model is told them in all conversations of the project, after those of your settings.`}</small>
      </p>
      <label class="choice">
        <input type="checkbox" name="general" value="1" checked={usesGeneralMemory} />{" "}
        <span>{safeTr`Also recall what is remembered outside of this project`}</span>
      </label>
      <p class="preset-actions">
        <button type="submit" class="button primary">
          {safeTr`Save`}
        </button>
      </p>
    </form>
  </section>
);

const Documents = ({ project: { id, documents, otherDocuments }, isReadOnly }: Part) => (
  <section aria-labelledby="project-documents">
    <h2 id="project-documents">{safeTr`Documents`}</h2>
    <p class="note">{safeTr`Each question of the project is asked about them, too. What is not in them is answered as anywhere.`}</p>
    <ul class="rows">
      {documents.map((document) => (
        <li>
          <a href={`/documents/${document.id}`} dir="auto" safe>
            {document.name}
          </a>
          {isReadOnly ? (
            ""
          ) : (
            <form method="post" action={`/projects/${id}/documents`}>
              <input type="hidden" name="id[]" value={document.id} />
              <button type="submit" class="button small" name="do" value="remove">
                {safeTr`Take out`}
                <Named of={document.name} />
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    {isReadOnly ? "" : <AddDocuments id={id} others={otherDocuments} />}
  </section>
);

const AddDocuments = ({ id, others }: { id: string; others: ProjectProps["otherDocuments"] }) => (
  <>
    <form
      method="post"
      action={`/documents/add?${new URLSearchParams({ project: id })}`}
      enctype="multipart/form-data"
    >
      <label for="project-file">{safeTr`Add files`}</label>
      <span class="field-row">
        <input
          id="project-file"
          class="input"
          type="file"
          name="file"
          accept={acceptedDocuments}
          multiple
          required
        />
        <button type="submit" class="button">
          {safeTr`Add`}
        </button>
      </span>
    </form>
    {others.length === 0 ? (
      ""
    ) : (
      <form method="post" action={`/projects/${id}/documents`}>
        <label for="project-document">{safeTr`Add one of your documents`}</label>
        <span class="field-row">
          <select id="project-document" class="input" name="id[]">
            {others.map((document) => (
              <option value={document.id} safe>
                {document.name}
              </option>
            ))}
          </select>
          <button type="submit" class="button" name="do" value="add">
            {safeTr`Add`}
          </button>
        </span>
      </form>
    )}
  </>
);

const Memory = ({ project: { id, memories, counts }, isReadOnly }: Part) => (
  <section aria-labelledby="project-memory">
    <h2 id="project-memory">{safeTr`Memory`}</h2>
    <p class="note">{safeTr`Remembered in this project, and recalled in it alone.`}</p>
    <ul class="rows">
      {memories.map((memory) => (
        <li>
          <div>
            <a href={`/memory?id=${memory.id}`} dir="auto" safe>
              {memory.key}
            </a>
            {memory.value === memory.key ? (
              ""
            ) : (
              <p class="memory-text" dir="auto" safe>
                {memory.value}
              </p>
            )}
          </div>
          {isReadOnly ? (
            ""
          ) : (
            <form method="post" action={`/projects/${id}/memories`}>
              <button type="submit" class="button small" name="forget" value={memory.id}>
                {safeTr`Forget`}
                <Named of={memory.key} />
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    {isReadOnly ? (
      ""
    ) : (
      <form method="post" action={`/projects/${id}/memories`}>
        <label for="project-fact">{safeTr`Remember a fact`}</label>
        <span class="field-row">
          <input
            id="project-fact"
            class="input"
            name="text"
            maxlength={2000}
            required
            dir="auto"
            autocomplete="off"
          />
          <button type="submit" class="button">
            {safeTr`Remember`}
          </button>
        </span>
      </form>
    )}
    {counts.memories <= memories.length ? (
      ""
    ) : (
      <p>
        <a href={`/memory?${new URLSearchParams({ project: id })}`}>{safeTr`All of its memories`}</a>
      </p>
    )}
  </section>
);

/** Asks what goes with it, without a script: the button that does it is folded away. */
const End = ({ project: { id } }: Pick<Props, "project">) => (
  <details class="disclosure">
    <summary>{safeTr`Delete the project`}</summary>
    <form method="post" action={`/projects/${id}/delete`} class="account-form danger">
      <p>{safeTr`Its instructions and what was remembered in it go with it. Its documents stay.`}</p>
      <label class="choice">
        <input type="checkbox" name="conversations" value="1" />{" "}
        <span>{safeTr`Delete its conversations, too`}</span>
      </label>
      <p class="form-actions">
        <button type="submit" class="button">
          {safeTr`Delete`}
        </button>
      </p>
    </form>
  </details>
);
