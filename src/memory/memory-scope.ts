/** Which memories a question may know. What is remembered in a project is known in it alone. */
import type { MemoryScope } from "../store/memory-scope.ts";

/** Memories of this project, or of none, and no others. */
export const scopeOf = (projectId: string | null): MemoryScope => ({ projectId, usesGeneral: false });

/** @param of the project of a memory @param scope undefined: outside of all projects */
export const isInScope = (scope: MemoryScope | undefined, of: string | null): boolean =>
  scope === undefined ? of === null : of === scope.projectId || (scope.usesGeneral && of === null);
