import { expect, test } from "bun:test";
import { GenerationEvents } from "../../src/generations/generation-events.ts";
import { createLog } from "../../src/log.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const changed = { type: "changed", ownerId: null, conversationId: "c1" } as const;

test("a listener that fails costs the others nothing", async () => {
  const lines: Record<string, unknown>[] = [];
  const events = new GenerationEvents(createLog("debug", (line) => lines.push(JSON.parse(line))));
  const heard: string[] = [];
  events.subscribe(() => {
    throw new Error("broken");
  });
  events.subscribe(async () => Promise.reject(new Error("broken later")));
  events.subscribe(({ type }) => void heard.push(type));
  await events.emit(changed);
  expect(heard).toEqual(["changed"]);
  expect(lines.map(({ event }) => event)).toHaveLength(2);
});

test("a subscription that was ended hears nothing more", async () => {
  const events = new GenerationEvents(createLog("error", () => {}));
  const heard: string[] = [];
  const unsubscribe = events.subscribe(({ type }) => void heard.push(type));
  unsubscribe();
  await events.emit(changed);
  expect(heard).toEqual([]);
});

test("an answer's events carry its owner, in order, also when it is continued and asked again", async () => {
  await using program = openAnswering({
    engines: [new ScriptedEngine({ script: () => ({ answer: "one two three four" }) })],
  });
  program.store.users.insert({ id: "u1", name: "alice", passwordHash: "x", role: "member", createdAt: 1 });
  const told: string[] = [];
  program.generations.events.subscribe(({ type, ownerId }) => void told.push(`${type} ${ownerId}`));
  const sampling = { ...ask("").sampling, maxTokens: 2 };
  const { id } = await program.generations.ask(ask("Count.", { ownerId: "u1", sampling }));
  await program.generations.idle();
  const once = ["begun u1", "changed u1", "changed u1", "ended u1"];
  expect(told.splice(0)).toEqual([...once, "exchanged u1"]);
  await program.generations.continue(id);
  await program.generations.idle();
  // It was announced when it was cut.
  expect(told.splice(0)).toEqual(once);
  await program.generations.retry(id);
  await program.generations.idle();
  expect(told.splice(0)).toEqual([...once, "exchanged u1"]);
});

test("nothing is remembered of a temporary chat, and nothing recalled for it", async () => {
  const recalledFor: string[] = [];
  await using program = openAnswering({
    recall: async (question) => {
      recalledFor.push(question);
      return [];
    },
  });
  const { conversationId } = await program.generations.ask(
    ask("A secret plan", { isTemporary: true, memoryContext: 3 }),
  );
  await program.generations.idle();
  await program.generations.ask(ask("Go on", { conversationId, memoryContext: 3 }));
  await program.generations.ask(ask("Kept", { memoryContext: 3 }));
  await program.generations.idle();
  expect(recalledFor).toEqual(["Kept"]);
  expect(program.remembered.map(({ question }) => question)).toEqual(["Kept"]);
});
