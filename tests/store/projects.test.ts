/** Projects: listed by name, of one owner, with what names them when they go. */
import { expect, test } from "bun:test";
import { conversation, document, memory } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

const project = (own: object = {}) => ({ id: "p", ownerId: null, name: "House", createdAt: 1, ...own });
const user = (id: string) => ({ id, name: id, passwordHash: "x", role: "member" as const, createdAt: 1 });

test("are listed by name, without deleted ones and those of others", () => {
  using store = temporaryStore();
  store.users.insert(user("anna"));
  for (const own of [
    { id: "b", name: "beta" },
    { id: "a", name: "Alpha" },
    { id: "gone", name: "Gone", deletedAt: 5 },
    { id: "hers", ownerId: "anna" },
  ])
    store.projects.insert(project(own));
  expect(store.projects.list(null).map(({ id }) => id)).toEqual(["a", "b"]);
  expect(store.projects.deleted(null).map(({ id }) => id)).toEqual(["gone"]);
  expect(store.projects.get("gone")).toBeUndefined();
  expect(store.projects.deletedBefore(6, null)).toEqual(["gone"]);
  expect(store.projects.deletedBefore(5, null)).toEqual([]);
});

test("a conversation is of its project while that is there", () => {
  using store = temporaryStore();
  store.projects.insert(project());
  store.conversations.insert(conversation({ id: "c", projectId: "p" }));
  store.conversations.insert(conversation({ id: "other" }));
  expect(store.projects.ofConversation("c")?.id).toBe("p");
  expect(store.projects.ofConversation("other")).toBeUndefined();
  expect(store.conversations.list(null, 9, { project: "p" }).map(({ id }) => id)).toEqual(["c"]);
  expect(store.projects.listed(null)).toEqual([{ id: "p", name: "House", count: 1 }]);
  store.projects.update("p", { deletedAt: 2 });
  expect(store.projects.ofConversation("c")).toBeUndefined();
  store.projects.erase("p");
  expect(store.conversations.get("c")?.projectId).toBeNull();
});

test("what is remembered in one is found in it alone, and goes and comes with it", () => {
  using store = temporaryStore();
  store.projects.insert(project());
  store.memories.insert(memory({ id: "inside", key: "gold", projectId: "p" }));
  store.memories.insert(memory({ id: "outside", key: "gold" }));
  const found = (projectId: string | null, usesGeneral: boolean) =>
    store.memories
      .searchText(null, ["gold"], "all", 9, { scope: { projectId, usesGeneral } })
      .map(({ id }) => id)
      .toSorted();
  expect(store.memories.searchText(null, ["gold"], "all", 9).map(({ id }) => id)).toEqual(["outside"]);
  expect(found("p", true)).toEqual(["inside", "outside"]);
  expect(found("p", false)).toEqual(["inside"]);
  expect(found("another", false)).toEqual([]);
  store.projects.update("p", { deletedAt: 2 });
  expect(store.memories.followProject("p", 2)).toEqual(["inside"]);
  expect(store.memories.get("inside")).toBeUndefined();
  store.projects.update("p", { deletedAt: null });
  expect(store.memories.followProject("p", 3)).toEqual(["inside"]);
  expect(store.memories.get("inside")?.id).toBe("inside");
  store.projects.erase("p");
  expect(store.memories.getAny("inside")).toBeUndefined();
});

test("a memory of a conversation in the trash stays there when its project comes back", () => {
  using store = temporaryStore();
  store.projects.insert(project());
  store.conversations.insert(conversation({ id: "c", projectId: "p", deletedAt: 1 }));
  store.memories.insert(memory({ id: "m", projectId: "p", conversationId: "c", withdrawnAt: 1 }));
  store.projects.update("p", { deletedAt: 2 });
  store.memories.followProject("p", 2);
  store.projects.update("p", { deletedAt: null });
  store.memories.followProject("p", 3);
  expect(store.memories.get("m")).toBeUndefined();
});

test("its documents are those of its conversations, each once, in the order in which they were added", () => {
  using store = temporaryStore();
  const steps = store.contents.write(new TextEncoder().encode("a"), 1);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const contentId = step.value.id;
  store.projects.insert(project());
  store.conversations.insert(conversation({ id: "c", projectId: "p" }));
  for (const id of ["one", "two", "three"]) store.documents.insert(document({ id, contentId, name: id }));
  for (const id of ["two", "one", "two"]) store.documents.addToProject("p", id);
  store.documents.chooseFor("c", ["three", "one"]);
  const asked = () => store.documents.askedIn("c").map(({ id }) => id);
  expect(store.documents.ofProject("p").map(({ id }) => id)).toEqual(["two", "one"]);
  expect(asked()).toEqual(["three", "one", "two"]);
  store.documents.takeFromProject("p", "two");
  expect(asked()).toEqual(["three", "one"]);
});

test("the first user takes them over, and they go with their user", () => {
  using store = temporaryStore();
  store.projects.insert(project({ instructions: "In euros." }));
  store.memories.insert(memory({ id: "m", projectId: "p" }));
  store.users.insert(user("anna"));
  store.users.adopt("anna");
  expect(store.projects.list("anna").map(({ id }) => id)).toEqual(["p"]);
  store.users.remove("anna");
  expect(store.projects.getAny("p")).toBeUndefined();
  expect(store.memories.getAny("m")).toBeUndefined();
});
