/** A conversation is given to a project, or taken out of it: what is remembered of it goes along. */
import { NotFoundError } from "../errors.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, OwnerId, Project } from "../store/schema.ts";
import { say } from "../texts/say.ts";

type MovingStore = Pick<Store, "conversations" | "memories" | "projects" | "transaction">;

/** @throws NotFoundError also for another owner's */
export function requireProject({ projects }: Pick<Store, "projects">, ownerId: OwnerId, id: string): Project {
  const found = projects.get(id);
  if (found?.ownerId === ownerId) return found;
  throw new NotFoundError(say`There is no such project. It may have been deleted.`, { param: "project_id" });
}

/** @param projectId null: it is of none from now on @throws NotFoundError */
export function moveToProject(
  store: MovingStore,
  { id, ownerId, projectId: former }: Conversation,
  projectId: string | null,
): void {
  if (projectId !== null) requireProject(store, ownerId, projectId);
  store.transaction(() => {
    store.conversations.update(id, { projectId });
    store.memories.moveWith(id, former, projectId);
  });
}
