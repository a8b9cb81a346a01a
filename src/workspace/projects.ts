/**
 * The projects of one owner: conversations with instructions, documents and memory of their own. API and pages use them alike. It
 * knows nothing of HTTP.
 */
import { checkedInstructions } from "../conversations/conversation-fields.ts";
import { erasingProject } from "../conversations/erase-project.ts";
import type { ConversationLibrary, OnDelete } from "../conversations/library.ts";
import { requireProject } from "../conversations/move-to-project.ts";
import { checkedProjectName, mostProjectDocuments, mostProjects } from "../conversations/project-fields.ts";
import { stableId } from "../conversations/transfer/stable-id.ts";
import { IdempotencyKeyReusedError, InvalidRequestError, NotFoundError } from "../errors.ts";
import { followProject } from "../generations/quoted-memories.ts";
import { resultInSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";
import type { StoredDocument } from "../store/document-tables.ts";
import type { ProjectCounts } from "../store/projects.ts";
import type { OwnerId, Project } from "../store/schema.ts";
import { say } from "../texts/say.ts";

export { mostProjectDocuments } from "../conversations/project-fields.ts";

interface ProjectDeps {
  readonly store: Store;
  /** Theirs. */
  readonly library: Pick<ConversationLibrary, "remove" | "bringBack" | "promptsChanged">;
  /** @throws DocumentGoneError */
  readonly checkDocuments: (ids: readonly string[]) => void;
  readonly onDelete?: OnDelete | undefined;
}

/** What is said of a project; what is left out stays, or is as usual. */
export interface ProjectFields {
  readonly name?: string | undefined;
  readonly instructions?: string | undefined;
  readonly usesGeneralMemory?: boolean | undefined;
}

export type OwnProjects = ReturnType<typeof projectsOf>;

export function projectsOf({ store, library, checkDocuments, onDelete }: ProjectDeps, ownerId: OwnerId) {
  const { projects, documents } = store;
  const require = (id: string) => requireProject(store, ownerId, id);
  const requireAny = (id: string): Project => {
    const found = projects.getAny(id);
    if (found?.ownerId === ownerId) return found;
    throw new NotFoundError(say`There is no such project. It may have been deleted.`);
  };
  const checked = ({ name, instructions, usesGeneralMemory }: ProjectFields) => ({
    ...(name === undefined ? {} : { name: checkedProjectName(name) }),
    ...(instructions === undefined ? {} : { instructions: checkedInstructions(instructions) }),
    ...(usesGeneralMemory === undefined ? {} : { usesGeneralMemory }),
  });
  const conversationsOf = (id: string) => projects.conversationsOf(id);
  /** Its instructions and memories are in the prompts of its conversations. */
  const forgetPrompts = (id: string, others: readonly string[] = []) =>
    library.promptsChanged([...others, ...conversationsOf(id).map((one) => one.id)]);
  const insert = (row: Project): void => {
    if (projects.list(ownerId).length >= mostProjects)
      throw new InvalidRequestError(
        say`You have ${{ decimal: `${mostProjects}` }} projects, as many as can be. Delete one first.`,
      );
    projects.insert(row);
  };

  return {
    /** By name. */
    list: (): readonly Project[] => projects.list(ownerId),
    /** undefined also for a deleted one. */
    get(id: string): Project | undefined {
      const found = projects.get(id);
      return found?.ownerId === ownerId ? found : undefined;
    },
    /** @throws NotFoundError */
    require,
    /** Those in the trash, the last deleted first. */
    deleted: (): readonly Project[] => projects.deleted(ownerId),
    canBringBack(id: string): boolean {
      const found = projects.getAny(id);
      return found?.ownerId === ownerId && found.deletedAt !== null;
    },
    counts: (id: string): ProjectCounts => projects.counts(require(id).id),
    /** @returns undefined also for one whose project is deleted */
    ofConversation(conversationId: string): Project | undefined {
      const found = projects.ofConversation(conversationId);
      return found?.ownerId === ownerId ? found : undefined;
    },
    /**
     * @param idempotencyKey the same one makes a project once; null: each time
     * @throws InvalidRequestError, or IdempotencyKeyReusedError when it was sent with another name
     */
    create(fields: ProjectFields, idempotencyKey: string | null = null): Project {
      const id =
        idempotencyKey === null ? Bun.randomUUIDv7() : stableId("project", ownerId ?? "", idempotencyKey);
      return store.transaction(() => {
        const said = { name: checkedProjectName(fields.name ?? ""), ...checked(fields) };
        const earlier = idempotencyKey === null ? undefined : projects.getAny(id);
        if (earlier !== undefined && earlier.name !== said.name) throw new IdempotencyKeyReusedError();
        if (earlier !== undefined) return earlier;
        const row = { instructions: "", usesGeneralMemory: true, ...said, createdAt: Date.now() };
        insert({ ...row, id, ownerId, deletedAt: null });
        return require(id);
      });
    },
    /** @throws NotFoundError or InvalidRequestError */
    change(id: string, fields: ProjectFields): Project {
      require(id);
      projects.update(id, checked(fields));
      return require(id);
    },
    /** @throws NotFoundError */
    documents: (id: string): readonly StoredDocument[] => documents.ofProject(require(id).id),
    /** @throws NotFoundError, DocumentGoneError, or InvalidRequestError when it has too many then */
    addDocuments(id: string, ids: readonly string[]): void {
      require(id);
      checkDocuments(ids);
      const all = new Set([...documents.ofProject(id).map((one) => one.id), ...ids]);
      if (all.size > mostProjectDocuments)
        throw new InvalidRequestError(
          say`A project can have ${{ decimal: `${mostProjectDocuments}` }} documents at most. Take one out first.`,
          { param: "documents" },
        );
      store.transaction(() => {
        for (const documentId of ids) documents.addToProject(id, documentId);
      });
    },
    /** It stays a document of its owner's. @throws NotFoundError */
    removeDocument(id: string, documentId: string): void {
      documents.takeFromProject(require(id).id, documentId);
    },
    /**
     * Deletes it, so that it can be brought back: what is remembered in it goes with it.
     * @param withConversations its conversations go, too; otherwise they stay, and are of no project then
     * @throws NotFoundError
     */
    async remove(id: string, withConversations: boolean): Promise<Project> {
      const found = require(id);
      const deletedAt = Date.now();
      if (withConversations)
        await resultInSlices(
          (function* () {
            for (const one of conversationsOf(id))
              if (one.deletedAt === null) yield library.remove(one.id, deletedAt);
          })(),
        );
      const quoting = store.transaction(() => {
        projects.update(id, { deletedAt });
        return followProject(store, id, deletedAt);
      });
      forgetPrompts(id, quoting);
      onDelete?.("project-deleted", id);
      return found;
    },
    /** With the conversations that were deleted with it. @throws NotFoundError when it was erased */
    async bringBack(id: string): Promise<Project> {
      const { deletedAt } = requireAny(id);
      if (deletedAt === null) return require(id);
      const quoting = store.transaction(() => {
        projects.update(id, { deletedAt: null });
        return followProject(store, id, Date.now());
      });
      forgetPrompts(id, quoting);
      await resultInSlices(
        (function* () {
          for (const one of conversationsOf(id))
            if (one.deletedAt === deletedAt) yield void library.bringBack(one.id);
        })(),
      );
      onDelete?.("project-restored", id);
      return require(id);
    },
    /** Erases one that is in the trash, with all that is remembered in it. @throws NotFoundError or InvalidRequestError */
    async erase(id: string): Promise<void> {
      if (requireAny(id).deletedAt === null)
        throw new InvalidRequestError(say`Only a project in the trash can be erased. Delete it first.`);
      const ids = conversationsOf(id).map((one) => one.id);
      await resultInSlices(erasingProject(store, id));
      library.promptsChanged(ids);
      onDelete?.("project-erased", id);
    },
  };
}
