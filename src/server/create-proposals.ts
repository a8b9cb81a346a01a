/** Puts together what proposes to remember things: who reads messages, when, and what becomes of what is found. */
import type { ConversationLibrary } from "../conversations/library.ts";
import { ProposalWriter } from "../conversations/proposal-writer.ts";
import type { EnginePool } from "../engines/engine-pool.ts";
import type { Log } from "../log.ts";
import { lastingSentences } from "../memory/lasting-sentences.ts";
import type { AssistantMemory } from "../memory/memory.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { Store } from "../store/database.ts";
import { keepChosen } from "../workspace/proposals.ts";

interface Parts {
  readonly store: Store;
  readonly pool: EnginePool;
  readonly memory: Pick<AssistantMemory, "memorize">;
  readonly preferences: Preferences;
  readonly library: Pick<ConversationLibrary, "tell">;
  readonly isAble: () => boolean;
  readonly othersDone?: () => Promise<unknown>;
  readonly log: Log;
  /** For tests. */
  readonly lookAgainMs?: number;
}

export function createProposals({ pool, preferences, memory, library, ...parts }: Parts): ProposalWriter {
  const { store } = parts;
  return new ProposalWriter({
    ...parts,
    engines: pool,
    isWanted: (ownerId) => preferences.of(ownerId).proposals !== "off",
    candidates: lastingSentences,
    onChosen: (ownerId, message, chosen) =>
      keepChosen(
        { store, memory, tell: (change) => library.tell(change) },
        ownerId,
        message,
        chosen,
        preferences.of(ownerId).proposals === "automatic",
      ),
  });
}
