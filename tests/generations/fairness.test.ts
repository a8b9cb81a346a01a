/** One user cannot stop the others: long answers give way and are resumed. */
import { describe, expect, test } from "bun:test";
import type { GenerationUpdate } from "../../src/generations/generation-update.ts";
import { type Answering, ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine, type ScriptedEngineOptions } from "../fakes/scripted-engine.ts";
import { never, read, words } from "./read-answer.ts";

const long = words(400);
/** Every token takes a millisecond, so that an answer of 400 words outlasts what the tests do meanwhile. */
const slowly = () => Bun.sleep(1);

function open(options: ScriptedEngineOptions = {}): Answering & { readonly engine: ScriptedEngine } {
  const engine = new ScriptedEngine({
    slots: 1,
    script: ({ messages }) =>
      messages.at(-1)?.content.startsWith("long")
        ? { answer: long, pace: slowly }
        : { answer: "Short and good." },
    ...options,
  });
  const program = openAnswering({ engines: [engine], pool: { sliceMs: 5, patienceMs: 5, rotationMs: 30 } });
  for (const id of ["alice", "bob", "carol"])
    program.store.users.insert({ id, name: id, passwordHash: "x", role: "member", createdAt: 1 });
  return { ...program, engine };
}

const limit = { ...ask("").sampling, maxTokens: 1_000 };
const askLong = ({ generations }: Answering, ownerId: string | null, name = "long") =>
  generations.ask(ask(name, { ownerId, sampling: limit }));
const firstToken = async ({ generations }: Answering, id: string) => {
  for await (const { type } of generations.follow(id, 0, never)) if (type === "tokens") return;
};
const pauses = (updates: readonly GenerationUpdate[]) =>
  updates.filter((update) => update.type === "waiting" && update.paused).length;

describe("While one user's endless answers hold every slot", () => {
  for (const slots of [1, 4])
    test(`another user's answer is written before they end, on ${slots} slots (no token came in 45 s)`, async () => {
      await using program = open({ slots });
      const bobs = await Promise.all(Array.from({ length: slots }, () => askLong(program, "bob")));
      await Promise.all(bobs.map(({ id }) => firstToken(program, id)));
      const reading = bobs.map(({ id }) => read(program.generations, id));
      const alices = await program.generations.ask(ask("short", { ownerId: "alice" }));
      const outcome = await program.generations.ended(alices.id, never);
      expect(outcome?.state).toBe("done");
      expect(bobs.every(({ id }) => program.generations.get(id)?.endedAt === null)).toBe(true);
      const answers = await Promise.all(reading);
      expect(answers.map(({ text }) => text)).toEqual(bobs.map(() => long));
      expect(answers.map(({ outcome: end }) => end?.writers.length)).toEqual(bobs.map(() => 1));
      // One gave way.
      expect(answers.reduce((sum, { updates }) => sum + pauses(updates), 0)).toBeGreaterThan(0);
      // Read again, it is the same.
      for (const { id } of bobs) expect((await read(program.generations, id)).text).toBe(long);
    });

  test("three users with endless answers on one slot take turns, and each gets its whole text", async () => {
    await using program = open();
    const asked = [];
    for (const owner of ["alice", "bob", "carol"]) asked.push(await askLong(program, owner));
    const ends: string[] = [];
    const texts = await Promise.all(
      asked.map(async ({ id }) => {
        const { text, updates } = await read(program.generations, id);
        ends.push(id);
        return { text, pauses: pauses(updates) };
      }),
    );
    for (const { text } of texts) expect(text).toBe(long);
    // Round robin: nobody waited for the end of another.
    for (const { pauses: count } of texts.slice(0, 2)) expect(count).toBeGreaterThan(2);
    expect(program.engine.requests.length).toBeGreaterThan(8);
  });

  test("an owner's own answers wait for each other; without logins nothing is paused", async () => {
    await using program = open();
    const first = await askLong(program, null);
    await firstToken(program, first.id);
    const second = await program.generations.ask(ask("short"));
    const { updates } = await read(program.generations, first.id);
    await program.generations.ended(second.id, never);
    expect(pauses(updates)).toBe(0);
    expect(program.engine.requests).toHaveLength(2);
  });

  test("a paused answer that is stopped ends with what it has", async () => {
    await using program = open();
    const bobs = await askLong(program, "bob");
    await firstToken(program, bobs.id);
    const alices = await askLong(program, "alice");
    for await (const update of program.generations.follow(bobs.id, 0, never))
      if (update.type === "waiting" && update.paused) break;
    expect(program.generations.stop(bobs.id)).toBe(true);
    const outcome = await program.generations.ended(bobs.id, never);
    expect(outcome?.state).toBe("stopped");
    const text = program.generations.textSoFar(bobs.id).text;
    expect(text.length).toBeGreaterThan(0);
    expect(long.startsWith(text)).toBe(true);
    program.generations.stop(alices.id);
    await program.generations.idle();
  });

  test("crashes of the server while an answer waits for its turn do not count against it (two made it fail)", async () => {
    await using program = open();
    const bobs = await askLong(program, "bob");
    await firstToken(program, bobs.id);
    const alices = await askLong(program, "alice");
    const stateWhen = async (isMeant: (update: GenerationUpdate) => boolean) => {
      const from = program.generations.tokenCount(bobs.id);
      for await (const update of program.generations.follow(bobs.id, from, never)) if (isMeant(update)) break;
      return program.store.generations.get(bobs.id)?.state;
    };
    // What a start after a crash finds is what the store has at that moment.
    expect(await stateWhen((update) => update.type === "waiting" && update.paused === true)).toBe("queued");
    expect(await stateWhen((update) => update.type === "tokens")).toBe("running");
    for (const { id } of [alices, bobs]) program.generations.stop(id);
    await program.generations.idle();
  });

  test("an answer that thinks gives way, too, and goes on with its thought (it held its slot to the thought's end)", async () => {
    const thought = words(300);
    await using program = open({
      script: ({ messages }) =>
        messages.at(-1)?.content.startsWith("long")
          ? { answer: "So it is.", reasoning: thought, reasoningPace: slowly }
          : { answer: "Short and good." },
    });
    const bobs = await askLong(program, "bob");
    await firstToken(program, bobs.id);
    const alices = await program.generations.ask(ask("short", { ownerId: "alice" }));
    expect((await program.generations.ended(alices.id, never))?.state).toBe("done");
    const soFar = program.generations.tokenCount(bobs.id);
    expect(soFar).toBeLessThan(300);
    const { updates, outcome } = await read(program.generations, bobs.id);
    const tokens = updates.flatMap((update) => (update.type === "tokens" ? update.tokens : []));
    const written = (isThought: boolean) =>
      tokens.map(({ text, reasoning = false }) => (reasoning === isThought ? text : "")).join("");
    expect(written(true)).toBe(thought);
    expect(written(false)).toBe("So it is.");
    // What it waited is no time in which it thought.
    expect(outcome?.timings?.thinkingMs).toBeNull();
    const goneOnWith = program.engine.requests.flatMap(({ continueFrom }) => continueFrom ?? []);
    expect(goneOnWith[0]).toMatchObject({ text: "" });
    const before = (goneOnWith[0]?.thought ?? []).map(({ text }) => text).join("");
    expect(before).not.toBe("");
    expect(thought.startsWith(before)).toBe(true);
  });

  test("an answer that has a form which this engine can only write anew is left to its end", async () => {
    const engine = new ScriptedEngine({ slots: 1, script: () => ({ answer: long, pace: slowly }) });
    const status = engine.status.bind(engine);
    engine.status = () => ({ ...status(), modelHash: null });
    await using program = openAnswering({ engines: [engine], pool: { sliceMs: 0, patienceMs: 0 } });
    for (const id of ["alice", "bob"])
      program.store.users.insert({ id, name: id, passwordHash: "x", role: "member", createdAt: 1 });
    const request = {
      messages: [{ role: "user" as const, content: "long" }],
      format: { type: "json" as const },
    };
    const bobs = await program.generations.ask(ask("long", { ownerId: "bob", sampling: limit, request }));
    await firstToken(program, bobs.id);
    await program.generations.ask(ask("short", { ownerId: "alice" }));
    await program.generations.ended(bobs.id, never);
    expect(engine.requests[0]).toHaveProperty("format");
    expect(engine.requests.slice(1).every(({ format }) => format === undefined)).toBe(true);
    await program.generations.idle();
  });
});
