import { expect, test } from "bun:test";
import { type LiveEvent, liveEvents } from "../../src/pages/live.ts";
import type { StorageState } from "../../src/store/storage-check.ts";
import { StorageWatch } from "../../src/store/storage-watch.ts";
import { defaultFileLimits, filesOf } from "../../src/workspace/files.ts";
import { financeOf } from "../../src/workspace/finance.ts";
import { ratingsOf } from "../../src/workspace/ratings.ts";
import { ownDataOf } from "../../src/workspace/wipe.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { createInMemoryChat } from "../fakes/in-memory-chat.ts";
import { noMemories } from "../fakes/no-memories.ts";
import { noModels } from "../fakes/no-models.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { presetsIn } from "../fakes/presets-in.ts";

const fine: StorageState = { problem: null, isUrgent: false };
const full: StorageState = { problem: "The disk is full.", isUrgent: true };

function openLive(comesBack = false, storage = new StorageWatch(() => fine)) {
  const chat = createInMemoryChat(1);
  const conversationId = addConversation(chat.store, { turns: 2 });
  const end = new AbortController();
  const deps = {
    ...chat,
    memory: noMemories,
    modelChoice: noModels,
    finance: financeOf(chat.store, null),
    files: filesOf({ store: chat.store, limits: defaultFileLimits, seesPictures: () => true }, null),
    data: ownDataOf(chat, null),
    engineSummary: () => {
      throw new Error("not asked for");
    },
    personal: preferencesFor(chat.store).ofOwner(null),
    presets: presetsIn(chat),
    ratings: ratingsOf(chat.store, chat, (change) => chat.library.tell(change)),
    storage,
    asset: (name: string) => name,
    reportDefect: () => {},
  };
  const options = { conversationId, comesBack, signal: end.signal, intervalMs: 1 };
  const events = liveEvents(deps, options);
  const next = async (): Promise<LiveEvent | null> => (await events.next()).value ?? null;
  const leave = () => {
    end.abort();
    storage[Symbol.dispose]();
  };
  return { ...chat, conversationId, next, rate: deps.ratings.rate, end: leave };
}

test("A page is told at once how its thread stands, and again when that has changed", async () => {
  const { next, library, store, conversationId, end } = openLive();
  const first = await next();
  expect(first?.event).toBe("thread");
  const last = store.messages.lastOfPath(conversationId);
  library.removeMessage(last?.id ?? "");
  const second = await next();
  expect(second?.event).toBe("thread");
  expect(second?.data).not.toBe(first?.data);
  library.bringMessageBack(last?.id ?? "");
  expect((await next())?.data).toBe(first?.data ?? "");
  end();
  expect(await next()).toBeNull();
});

test("It is told when an answer has another rating, and that it is as before when that is taken back", async () => {
  const { next, store, rate, conversationId, end } = openLive();
  const first = await next();
  const answer = store.messages.lastOfPath(conversationId)?.id ?? "";
  await rate(answer, "good");
  const rated = await next();
  expect(rated?.event).toBe("thread");
  expect(rated?.data).not.toBe(first?.data);
  await rate(answer, null);
  expect((await next())?.data).toBe(first?.data ?? "");
  end();
  expect(await next()).toBeNull();
});

test("It is told of the list when any conversation has changed, of the thread only when it is the shown one", async () => {
  const { next, library, store, end } = openLive();
  await next();
  const other = addConversation(store, { turns: 1 });
  library.tell({ conversationId: other, of: "thread" });
  library.change(other, { title: "Renamed" });
  expect((await next())?.event).toBe("list");
  end();
  expect(await next()).toBeNull();
});

test("Many changes at once are told once", async () => {
  const { next, library, conversationId, end } = openLive();
  await next();
  const waiting = next();
  for (let time = 0; time < 50; time++) library.tell({ conversationId, of: "thread" });
  expect((await waiting)?.event).toBe("thread");
  const nothingElse = next();
  end();
  expect(await nothingElse).toBeNull();
});

test("A page that comes back after a pause looks at its list and at the storage too, and a deleted conversation is told as gone", async () => {
  const { next, library, conversationId, end } = openLive(true);
  expect([(await next())?.event, (await next())?.event, (await next())?.event]).toEqual([
    "thread",
    "list",
    "storage",
  ]);
  library.remove(conversationId);
  const told = [await next(), await next()];
  expect(told.find((event) => event?.event === "thread")?.data).toBe("gone");
  end();
});

test("An answer that is being written is named", async () => {
  const { next, generations, conversationId, end } = openLive();
  await next();
  const asked = generations.ask({
    message: "long",
    conversationId,
    model: "auto",
    memoryContext: 0,
    sampling: { temperature: 0, topP: 1, maxTokens: 9, stop: [], topLogprobs: null },
  });
  const { id } = await asked;
  const told = [await next(), await next()].find((event) => event?.event === "thread");
  expect(told?.data.split(" ")[1]).toBe(id);
  end();
});

test("When nothing can be saved any more it is told so, and again when that is over", async () => {
  let state = fine;
  const storage = new StorageWatch(() => state);
  const { next, end } = openLive(false, storage);
  expect((await next())?.event).toBe("thread");
  for (const now of [full, fine]) {
    const waiting = next();
    state = now;
    storage.state();
    expect(await waiting).toEqual({ event: "storage", data: "changed", id: "1" });
  }
  end();
});

test("A page that comes while nothing can be saved is told so at once, for it may have been made before", async () => {
  const { next, end } = openLive(false, new StorageWatch(() => full));
  expect([(await next())?.event, (await next())?.event]).toEqual(["thread", "storage"]);
  end();
});
