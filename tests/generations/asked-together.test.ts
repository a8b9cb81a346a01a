/** Questions that come in the same turn of the event loop are stored in one transaction: each must still count for the others. */
import { expect, test } from "bun:test";
import { QueueFullError, StorageError } from "../../src/errors.ts";
import { ConversationBusyError } from "../../src/generations/generation-errors.ts";
import type { Store } from "../../src/store/database.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

test("as many are taken as there is room for, and the others are refused", async () => {
  await using program = openAnswering({ engines: [new ScriptedEngine({ slots: 2 })], queueLimit: 3 });
  const asked = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => program.generations.ask(ask(`Question ${index}`))),
  );
  const taken = asked.filter(({ status }) => status === "fulfilled");
  const refused = asked.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(taken).toEqual(asked.slice(0, 5));
  expect(refused.every((reason) => reason instanceof QueueFullError)).toBe(true);
  await program.generations.idle();
  expect(program.store.conversations.list(null, 100)).toHaveLength(5);
});

test("of two in one conversation the first is taken, and the second is told to wait", async () => {
  await using program = openAnswering();
  const { conversationId } = await program.generations.ask(ask("Hello"));
  await program.generations.idle();
  const [first, second] = await Promise.allSettled([
    program.generations.ask(ask("One", { conversationId })),
    program.generations.ask(ask("Two", { conversationId })),
  ]);
  expect(first).toMatchObject({ status: "fulfilled" });
  expect(second).toEqual({ status: "rejected", reason: new ConversationBusyError() });
  await program.generations.idle();
  expect(program.store.messages.path(conversationId)).toHaveLength(4);
});

test("one that the disk refuses takes nobody's place", async () => {
  let full = true;
  const refusing = (store: Store): Store => ({
    ...store,
    commit: (work, undo) =>
      store.commit(() => {
        const result = work();
        if (full) throw new StorageError("The disk is full, so nothing more can be saved.");
        return result;
      }, undo),
  });
  await using program = openAnswering({
    engines: [new ScriptedEngine({ slots: 1 })],
    queueLimit: 0,
    wrapStore: refusing,
  });
  const refused = await program.generations.ask(ask("Hello")).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StorageError);
  expect(program.generations.unfinished).toBe(0);
  expect(program.store.conversations.list(null, 100)).toEqual([]);
  full = false;
  await program.generations.ask(ask("Hello"));
  await program.generations.idle();
});
