/** Which of an owner's memories a question may know: those of its project, and those of none. */
export interface MemoryScope {
  /** null: the question is of no project. */
  readonly projectId: string | null;
  /** Whether memories of no project are known there, too. */
  readonly usesGeneral: boolean;
}
