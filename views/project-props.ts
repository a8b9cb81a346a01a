/** What the pages of projects show. */
import type { ProjectCounts } from "../src/store/projects.ts";
import type { Memory, Project } from "../src/store/schema.ts";
import type { DocumentLink } from "./document-list-props.ts";
import type { ListedConversation } from "./list-props.ts";

export type ProjectLink = Pick<Project, "id" | "name">;

/** To which project a conversation belongs, and may belong. */
export interface ProjectChoice {
  /** null: to none. */
  readonly project: ProjectLink | null;
  /** Those that there are. */
  readonly projects: readonly ProjectLink[];
}

/** A project in the list. */
export interface ProjectRowProps extends ProjectLink {
  readonly counts: ProjectCounts;
}

export interface ProjectProps extends Pick<Project, "id" | "name" | "instructions" | "usesGeneralMemory"> {
  /** The last updated first. */
  readonly conversations: readonly ListedConversation[];
  readonly documents: readonly DocumentLink[];
  /** The newest others, which can be added. */
  readonly otherDocuments: readonly DocumentLink[];
  /** The newest. */
  readonly memories: readonly Pick<Memory, "id" | "key" | "value" | "kind">[];
  /** How many there are of each. */
  readonly counts: ProjectCounts;
}
