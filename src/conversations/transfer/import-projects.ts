/** Puts the projects of an archive into the store, and what points at them to where they are here. */
import type { Store } from "../../store/database.ts";
import type { OwnerId } from "../../store/schema.ts";
import { longestInstructions } from "../conversation-fields.ts";
import { longestProjectName, mostProjects, plainProjectName } from "../project-fields.ts";
import type { ArchiveConversation, ArchiveMemory, ArchiveProject } from "./archive-format.ts";
import { stableId } from "./stable-id.ts";

/**
 * Inside a transaction. One that is here already stays as it is, and comes back from the trash; with logins ids follow from the
 * owner (see importConversation).
 * @param documentsHere of each document of the file the id that it has here
 * @returns the id that it has here; null: there is no room for it @throws StorageError
 */
export function importProject(
  { projects, documents }: Pick<Store, "projects" | "documents">,
  ownerId: OwnerId,
  { id: given, documents: named = [], ...project }: ArchiveProject,
  documentsHere: ReadonlyMap<string, string>,
): { readonly id: string; readonly isNew: boolean } | null {
  const ids = ownerId === null ? [given] : [given, stableId("own", ownerId, given)];
  const known = ids.find((id) => projects.getAny(id)?.ownerId === ownerId);
  if (known === undefined && projects.list(ownerId).length >= mostProjects) return null;
  const own = ids.at(-1) ?? given;
  const id = known ?? (projects.getAny(own) === undefined ? own : Bun.randomUUIDv7());
  const isNew = known === undefined || projects.get(known) === undefined;
  if (known === undefined)
    projects.insert({
      ...{ id, ownerId, deletedAt: null, usesGeneralMemory: project.usesGeneralMemory ?? true },
      name: plainProjectName(project.name).slice(0, longestProjectName) || "Project",
      instructions: (project.instructions ?? "").slice(0, longestInstructions),
      createdAt: Math.min(project.createdAt, Date.now()),
    });
  else projects.update(id, { deletedAt: null });
  for (const documentId of named) {
    const here = documentsHere.get(documentId);
    if (here !== undefined) documents.addToProject(id, here);
  }
  return { id, isNew };
}

/** What points at a project that is not here is left out. @param idsHere of each project of the file the id that it has here */
export function withProjectsHere(
  { projectId, ...conversation }: ArchiveConversation,
  idsHere: ReadonlyMap<string, string>,
): ArchiveConversation {
  const here = idsHere.get(projectId ?? "");
  return {
    ...conversation,
    ...(here === undefined ? {} : { projectId: here }),
    generations: conversation.generations.map((generation) => {
      const { project, ...receipt } = generation.receipt ?? {};
      if (generation.receipt === null || project === undefined) return generation;
      const id = idsHere.get(project.id);
      return {
        ...generation,
        receipt: {
          ...(receipt as typeof generation.receipt),
          ...(id === undefined ? {} : { project: { ...project, id } }),
        },
      };
    }),
  };
}

/** A memory of a project that is not here would be recalled everywhere: it is left out. */
export function memoryHere(
  memory: ArchiveMemory,
  idsHere: ReadonlyMap<string, string>,
): ArchiveMemory | null {
  const { projectId = null } = memory;
  if (projectId === null) return memory;
  const here = idsHere.get(projectId);
  return here === undefined ? null : { ...memory, projectId: here };
}
