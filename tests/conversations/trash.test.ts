import { expect, test } from "bun:test";
import { NoConversationError } from "../../src/conversations/conversation-errors.ts";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { InvalidRequestError } from "../../src/errors.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { temporaryStore } from "../store/temporary-store.ts";

function openLibrary() {
  const store = temporaryStore();
  const library = new ConversationLibrary({ store, stopAnswers: () => {}, searchTerms: () => [] });
  return { store, library };
}

test("a conversation in the trash is erased at once, and one that is not there is not", () => {
  const { store, library } = openLibrary();
  const id = addConversation(store, { turns: 2 });
  expect(() => library.erase(id)).toThrow(InvalidRequestError);
  expect(() => library.ofOwner("somebody else").erase(id)).toThrow(NoConversationError);
  library.remove(id);
  library.erase(id);
  expect(store.conversations.getAny(id)).toBeUndefined();
  expect(() => library.bringBack(id)).toThrow(NoConversationError);
});

test("emptying the trash erases all that is in it, of this owner alone, and leaves the rest", () => {
  const { store, library } = openLibrary();
  const kept = addConversation(store);
  const gone = Array.from({ length: 3 }, () => addConversation(store));
  for (const id of gone) library.remove(id);
  expect(library.ofOwner("somebody else").emptyTrash()).toBe(0);
  expect(library.emptyTrash()).toBe(3);
  expect(library.deleted(10)).toEqual([]);
  expect(library.get(kept)?.id).toBe(kept);
});
