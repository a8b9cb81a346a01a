/** Questions that wait for the answer before them, over the real generations and a real store. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TooManyRequestsError } from "../../src/accounts/account-errors.ts";
import { QueueFullError, UnknownModelError } from "../../src/errors.ts";
import {
  QuestionGoneError,
  ShutdownRequest,
  TooManyQueuedError,
} from "../../src/generations/generation-errors.ts";
import { type Answering, type AnsweringOptions, ask, openAnswering } from "../fakes/answering.ts";
import { heldEngine } from "../fakes/held-engine.ts";
import { never } from "./read-answer.ts";

const folders: string[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

async function opened(options: AnsweringOptions & { readonly fails?: readonly string[] } = {}) {
  const held = heldEngine({ fails: options.fails ?? [] });
  const program = openAnswering({ engines: [held.engine], ...options });
  const { id, conversationId } = await program.generations.ask(ask("one"));
  await held.reaches(1);
  const place = (message: string, rest = {}) =>
    program.queue.place(ask(message, { conversationId, ...rest }));
  return { ...held, program, place, first: id, conversationId };
}

const said = ({ store }: Answering, conversationId: string) =>
  store.messages
    .path(conversationId)
    .filter(({ role }) => role === "user")
    .map(({ content }) => content);
const waiting = ({ queue }: Answering, conversationId: string) =>
  queue.list(conversationId).map(({ content }) => content);

/** The id of one that was queued. */
async function queuedId(placed: ReturnType<Answering["queue"]["place"]>): Promise<string> {
  const { type, ...rest } = await placed;
  if (type !== "queued" || !("question" in rest)) throw new Error("It was asked at once.");
  return rest.question.id;
}

describe("Questions that wait", () => {
  test("are asked one after the other when the answers before them are complete, and each answer has its question's id", async () => {
    const { program, place, conversationId, goOn, reaches, letGo } = await opened();
    await using _ = program;
    const two = await place("two");
    expect(two).toMatchObject({ type: "queued", place: 1 });
    expect(await place("three")).toMatchObject({ type: "queued", place: 2 });
    expect(said(program, conversationId)).toEqual(["one"]);
    goOn();
    await reaches(2);
    expect(said(program, conversationId)).toEqual(["one", "two"]);
    expect(waiting(program, conversationId)).toEqual(["three"]);
    expect(two.type === "queued" && program.generations.get(two.question.id)?.state).toBe("running");
    letGo();
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "two", "three"]);
    expect(waiting(program, conversationId)).toEqual([]);
  });

  test("are asked at once where nothing is being written, and in a new conversation", async () => {
    await using program = openAnswering();
    const asked = await program.queue.place(ask("one"));
    if (asked.type !== "asked") throw new Error("It waits.");
    await program.generations.idle();
    const { conversationId } = asked.generation;
    expect((await program.queue.place(ask("two", { conversationId }))).type).toBe("asked");
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "two"]);
  });

  test("are at most five, and the sixth is refused without a trace", async () => {
    const { program, place, conversationId } = await opened();
    await using _ = program;
    for (let count = 0; count < 5; count++) await place(`more ${count}`);
    await expect(place("too many")).rejects.toBeInstanceOf(TooManyQueuedError);
    expect(waiting(program, conversationId)).toHaveLength(5);
  });

  test("keep their places when one is edited, and are gone when they are removed", async () => {
    const { program, place, conversationId, letGo } = await opened();
    await using _ = program;
    const two = await queuedId(place("two"));
    const three = await queuedId(place("three"));
    await place("four");
    await program.queue.edit(two, "two and a half");
    await program.queue.remove(three);
    await expect(program.queue.remove(three)).rejects.toBeInstanceOf(QuestionGoneError);
    expect(waiting(program, conversationId)).toEqual(["two and a half", "four"]);
    letGo();
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "two and a half", "four"]);
    await expect(program.queue.edit(two, "too late")).rejects.toBeInstanceOf(QuestionGoneError);
  });

  test("are held after a Stop, until an answer there is complete again", async () => {
    const { program, place, conversationId, first, letGo } = await opened();
    await using _ = program;
    await place("two");
    program.generations.stop(first);
    await program.generations.idle();
    expect(program.queue.list(conversationId)).toMatchObject([{ content: "two", isHeld: true }]);
    letGo();
    expect((await place("something else")).type).toBe("asked");
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "something else", "two"]);
  });

  test("are held after a failure, so that no engine that breaks uses them all up", async () => {
    const { program, place, conversationId, letGo } = await opened({ fails: ["one"] });
    await using _ = program;
    await place("two");
    await place("three");
    letGo();
    await program.generations.idle();
    expect(program.queue.list(conversationId)).toMatchObject([{ isHeld: true }, { isHeld: true }]);
    expect(said(program, conversationId)).toEqual(["one"]);
  });

  test("are asked in the words that they have when their turn comes", async () => {
    const { program, place, conversationId, letGo } = await opened();
    await using _ = program;
    const two = await queuedId(place("two"));
    letGo();
    const edited = program.queue.edit(two, "edited");
    await edited.catch(() => {});
    await program.generations.idle();
    const kept = await edited.then(
      () => "edited",
      () => "two",
    );
    expect(said(program, conversationId)).toEqual(["one", kept]);
  });
});

describe("Send now", () => {
  test("stops the answer and asks this question; the others follow when that is answered", async () => {
    const { program, place, conversationId, first, reaches, letGo } = await opened();
    await using _ = program;
    await place("two");
    const three = await queuedId(place("three"));
    const sent = await program.queue.sendNow(three, never);
    expect(sent?.id).toBe(three);
    expect(program.generations.get(first)?.state).toBe("stopped");
    await reaches(2);
    expect(program.queue.list(conversationId)).toMatchObject([{ content: "two", isHeld: false }]);
    letGo();
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "three", "two"]);
  });

  test("asks one that is held", async () => {
    const { program, place, conversationId, first, letGo } = await opened();
    await using _ = program;
    const two = await queuedId(place("two"));
    program.generations.stop(first);
    await program.generations.idle();
    letGo();
    expect((await program.queue.sendNow(two, never))?.id).toBe(two);
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "two"]);
  });

  test("says why a question cannot be asked, and leaves it where it is", async () => {
    const full = new TooManyRequestsError("Too many.", "answers_at_once", 1);
    let isFull = false;
    const { program, place, conversationId, first } = await opened({
      admit: (_store, _owner, ask) => (isFull ? Promise.reject(full) : ask()),
    });
    await using _ = program;
    const two = await queuedId(place("two"));
    program.generations.stop(first);
    await program.generations.idle();
    isFull = true;
    await expect(program.queue.sendNow(two, never)).rejects.toBe(full);
    expect(program.queue.list(conversationId)).toMatchObject([
      { content: "two", isSent: false, isHeld: true },
    ]);
  });
});

describe("A restart", () => {
  async function restarted(how: (program: Answering, first: string) => Promise<void>) {
    const dataDir = mkdtempSync(join(tmpdir(), "queue-"));
    folders.push(dataDir);
    const before = await opened({ dataDir });
    const ids = [await queuedId(before.place("two")), await queuedId(before.place("three"))];
    await how(before.program, before.first);
    await before.program[Symbol.asyncDispose]();
    const program = openAnswering({ dataDir });
    program.generations.recover();
    program.queue.recover();
    await program.generations.idle();
    return { program, conversationId: before.conversationId, ids };
  }

  test("resumes the answer, and the questions follow it", async () => {
    const { program, conversationId } = await restarted(async () => {});
    await using _ = program;
    expect(said(program, conversationId)).toEqual(["one", "two", "three"]);
  });

  test("between an answer's end and the next question loses nothing: the question is asked", async () => {
    const { program, conversationId, ids } = await restarted(async ({ store, generations, queue }, first) => {
      // As a crash at that moment leaves it.
      queue[Symbol.dispose]();
      generations.stop(first);
      await generations.idle();
      store.generations.update(first, { state: "done" });
      store.queuedQuestions.hold(store.generations.get(first)?.conversationId ?? "", false);
    });
    await using _ = program;
    for (const id of ids) await program.queue.asked(id, never);
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "two", "three"]);
    expect(waiting(program, conversationId)).toEqual([]);
  });

  test("after a Stop asks nothing by itself", async () => {
    const { program, conversationId } = await restarted(async ({ generations }, first) => {
      generations.stop(first);
      await generations.idle();
    });
    await using _ = program;
    expect(said(program, conversationId)).toEqual(["one"]);
    expect(program.queue.list(conversationId)).toMatchObject([{ isHeld: true }, { isHeld: true }]);
  });
});

describe("What is refused for want of room", () => {
  test("is tried again, and nothing is lost", async () => {
    let refusals = 3;
    const { program, place, conversationId, letGo } = await opened({
      admit: async (_store, _owner, ask) => {
        if (refusals-- > 0) throw new QueueFullError(1);
        return ask();
      },
    });
    await using _ = program;
    const two = await queuedId(place("two"));
    letGo();
    expect((await program.queue.asked(two, never))?.id).toBe(two);
    await program.generations.idle();
    expect(said(program, conversationId)).toEqual(["one", "two"]);
  });

  test("what cannot be asked at all is held", async () => {
    const { program, place, conversationId, letGo } = await opened({
      admit: () => Promise.reject(new UnknownModelError("gone", [])),
    });
    await using _ = program;
    await place("two");
    letGo();
    await program.generations.idle();
    expect(program.queue.list(conversationId)).toMatchObject([{ isHeld: true }]);
  });
});

describe("The same key", () => {
  test("places one question, before and after it is asked", async () => {
    const { program, place, conversationId, letGo } = await opened();
    await using _ = program;
    const placed = await Promise.all(
      Array.from({ length: 10 }, () => queuedId(place("two", { idempotencyKey: "k" }))),
    );
    expect(new Set(placed).size).toBe(1);
    letGo();
    await program.generations.idle();
    const again = await place("two", { idempotencyKey: "k" });
    expect(again).toMatchObject({ type: "asked", generation: { id: placed[0] } });
    expect(said(program, conversationId)).toEqual(["one", "two"]);
  });
});

describe("Who waits for a question", () => {
  test("gets nothing when it is removed", async () => {
    const { program, place } = await opened();
    await using _ = program;
    const two = await queuedId(place("two"));
    const asked = program.queue.asked(two, never);
    await program.queue.remove(two);
    expect(await asked).toBeNull();
  });

  test("is told when the server shuts down: the question is asked by the next start", async () => {
    const { program, place } = await opened();
    const two = await queuedId(place("two"));
    const asked = program.queue.asked(two, never).catch((error: unknown) => error);
    await program[Symbol.asyncDispose]();
    expect(await asked).toBeInstanceOf(ShutdownRequest);
  });
});
