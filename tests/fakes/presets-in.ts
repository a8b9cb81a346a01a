/** The local owner's presets in a store. */
import type { ConversationLibrary } from "../../src/conversations/library.ts";
import type { Store } from "../../src/store/database.ts";
import { presetsOf } from "../../src/workspace/presets.ts";
import { preferencesFor } from "./preferences-for.ts";

interface Stored {
  readonly store: Store;
  readonly library: Pick<ConversationLibrary, "get" | "tell">;
}

export const presetsIn = ({ store, library }: Stored) =>
  presetsOf(
    {
      ...{ store, personal: preferencesFor(store).ofOwner(null) },
      conversation: (id) => library.get(id),
      tell: (change) => library.tell(change),
    },
    null,
  );
