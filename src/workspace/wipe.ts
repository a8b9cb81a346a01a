/**
 * Erases everything that one owner has: conversations with the trash, memories, files, computed figures, settings and
 * instruments. Logins and keys stay. It knows nothing of HTTP.
 */
import type { OnDelete } from "../conversations/library.ts";
import { EngineUnavailableError, InvalidRequestError } from "../errors.ts";
import type { Generations } from "../generations/generations.ts";
import { resultInSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";
import type { OwnCounts } from "../store/own-data.ts";
import type { OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { endAnswers } from "./end-answers.ts";

export type OwnData = ReturnType<typeof ownDataOf>;

/** What must be typed, so that nothing is erased by mistake. */
export const wipeWords = "delete everything";

interface OwnDataDeps {
  readonly store: Pick<
    Store,
    "ownData" | "conversations" | "memories" | "documents" | "datasets" | "erasedPieces" | "commit"
  >;
  readonly generations: Pick<Generations, "stop" | "ended">;
  /** Called once all of it is erased, for the audit log. */
  readonly onDelete?: OnDelete | undefined;
}

/** It waits so long for the answers that it stops, in milliseconds. */
const longestEndMs = 5_000;

/** So many are read at once; each is erased in a step of its own. */
const atOnce = 100;
/** So often answers are stopped that were asked for meanwhile. */
const mostRounds = 10;

export function ownDataOf({ store, generations, onDelete }: OwnDataDeps, ownerId: OwnerId) {
  const counts = (): OwnCounts => store.ownData.counts(ownerId);

  function* each(table: "memories" | "files" | "documents" | "datasets", erase: (id: string) => void) {
    for (;;) {
      const ids = store.ownData.some(table, ownerId, atOnce);
      if (ids.length === 0) return;
      for (const id of ids) yield erase(id);
    }
  }

  function* erasingIdle(): Generator<void, void, undefined> {
    for (;;) {
      const [id] = store.ownData.some("idle conversations", ownerId, 1);
      if (id === undefined) return;
      yield store.conversations.erase(id);
    }
  }

  /** None is erased under an answer that is still written. @throws EngineUnavailableError when more and more are asked for */
  async function eraseConversations(): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      await endAnswers(generations, store.ownData.unfinished(ownerId), longestEndMs);
      await resultInSlices(erasingIdle());
      if (counts().conversations === 0) return;
    }
    throw new EngineUnavailableError(
      say`Not everything is deleted: questions are still being asked. Stop the programs that ask, then delete again.`,
    );
  }

  function* erasing(): Generator<void, void, undefined> {
    yield* each("memories", (id) => store.memories.erase([id]));
    yield* each("documents", (id) => store.documents.erase([id]));
    yield* each("files", (id) => store.ownData.eraseFile(id));
    yield* each("datasets", (id) => store.datasets.remove(id));
    yield store.ownData.eraseRest(ownerId);
    while (store.erasedPieces.eraseSome() > 0) yield;
  }

  return {
    /** How much there is. */
    counts,
    /** Whether they have a file, or have imported one. */
    hasBrought: (): boolean => store.ownData.hasBrought(ownerId),
    /** That a file was imported. @throws StorageError */
    noteImport: (): Promise<void> =>
      store.commit(() => {
        if (!store.ownData.hasBrought(ownerId)) store.ownData.noteImport(ownerId, Date.now());
      }),
    /**
     * Erases all of it for good; answers that are being written are stopped first.
     * @param confirmation `wipeWords`, in capitals or not
     * @returns how much there was
     * @throws InvalidRequestError for other words: nothing is erased then; EngineUnavailableError
     */
    async wipe(confirmation: string): Promise<OwnCounts> {
      if (confirmation.trim().toLowerCase() !== wipeWords)
        throw new InvalidRequestError(
          say`Type “${{ verbatim: wipeWords }}” to confirm. Nothing was deleted.`,
          {
            param: "confirm",
          },
        );
      const before = counts();
      await eraseConversations();
      await resultInSlices(erasing());
      onDelete?.("everything-erased", "");
      return before;
    },
  };
}
