/** The projects: those that there are, a new one, and those in the trash. It needs no script. */
import { tr } from "../../src/texts/reader-language.ts";
import { Empty } from "../components/empty.tsx";
import { Notice } from "../components/notice.tsx";
import { Named } from "../fragments/named.tsx";
import { Page } from "../frame.tsx";
import type { ProjectLink, ProjectRowProps } from "../project-props.ts";
import type { FrameProps, NoticeProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly projects: readonly ProjectRowProps[];
  /** Those that can be restored. */
  readonly deleted: readonly ProjectLink[];
  readonly notice: NoticeProps | null;
  readonly isReadOnly: boolean;
}

export const ProjectsPage = ({ projects, deleted, notice, isReadOnly, ...frame }: Props) => (
  <Page
    {...frame}
    title={tr`Projects`}
    kind="library"
    here="/projects"
    class="reading"
    skipToLabel={tr`the projects`}
    lead={tr`Conversations with instructions, documents and a memory of their own.`}
  >
    {notice === null ? "" : <Notice {...notice} />}
    {isReadOnly ? "" : <New />}
    {projects.length > 0 ? (
      ""
    ) : (
      <Empty icon="folder" title={tr`There are no projects yet.`}>
        <p>{safeTr`A project keeps together what belongs to one matter: a purchase, a portfolio, a tax year.`}</p>
      </Empty>
    )}
    <ul class="rows memory-list">
      {projects.map((project) => (
        <Row project={project} />
      ))}
    </ul>
    {deleted.length === 0 ? "" : <Deleted projects={deleted} isReadOnly={isReadOnly} />}
  </Page>
);

const New = () => (
  <form method="post" action="/projects">
    <label for="new-project">{safeTr`New project`}</label>
    <span class="field-row">
      <input
        id="new-project"
        class="input"
        name="name"
        maxlength={100}
        required
        dir="auto"
        autocomplete="off"
        placeholder={tr`Name`}
      />
      <button type="submit" class="button primary">
        {safeTr`Create`}
      </button>
    </span>
  </form>
);

const Row = ({ project: { id, name, counts } }: { project: ProjectRowProps }) => (
  <li>
    <h2 dir="auto">
      <a href={`/projects/${id}`} safe>
        {name}
      </a>
    </h2>
    <p class="note" safe>
      {countsInWords(counts)}
    </p>
    <div class="memory-tools">
      <a class="button" href={`/?project=${id}`}>
        {safeTr`New chat`}
        <Named of={name} />
      </a>
    </div>
  </li>
);

const countsInWords = ({ conversations, documents, memories }: ProjectRowProps["counts"]): string =>
  [
    conversations === 1 ? tr`1 conversation` : tr`${conversations} conversations`,
    documents === 1 ? tr`1 document` : tr`${documents} documents`,
    memories === 1 ? tr`1 memory` : tr`${memories} memories`,
  ].join(" · ");

const Deleted = ({ projects, isReadOnly }: { projects: readonly ProjectLink[]; isReadOnly: boolean }) => (
  <details class="disclosure">
    <summary>{safeTr`Deleted projects`}</summary>
    <ul class="rows">
      {projects.map(({ id, name }) => (
        <li>
          <strong dir="auto" safe>
            {name}
          </strong>
          {isReadOnly ? (
            ""
          ) : (
            <div class="preset-actions">
              <form method="post" action={`/projects/${id}/restore`}>
                <button type="submit" class="button small">
                  {safeTr`Restore`}
                  <Named of={name} />
                </button>
              </form>
              <form method="post" action={`/projects/${id}/erase`}>
                <button type="submit" class="button small">
                  {safeTr`Delete for good`}
                  <Named of={name} />
                </button>
              </form>
            </div>
          )}
        </li>
      ))}
    </ul>
  </details>
);
