/** A response by its id, as long as it is to be found by it. */
import { NotFoundError } from "../errors.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";

export const responseId = ({ id }: Pick<Generation, "id">) => `resp_${id}`;

/**
 * @param id with or without what stands before the answer's own
 * @returns null when there is none, it was deleted, or it was not to be stored
 */
export function findResponse({ generations, messages }: Workspace, id: string): Generation | null {
  const generation = generations.get(id.replace(/^resp_/, ""));
  return generation?.request?.response?.stored === true && messages.isThere(generation.messageId)
    ? generation
    : null;
}

/**
 * @param param the field that names it; null: the address does
 * @throws NotFoundError where `findResponse` finds none
 */
export function storedResponse(workspace: Workspace, id: string, param: string | null = null): Generation {
  const generation = findResponse(workspace, id);
  if (generation !== null) return generation;
  throw new NotFoundError("There is no such response. It may have been deleted, or made with store: false.", {
    param,
  });
}
