/** What could not be saved is saved, and what that ended is gone on with, when writes go through again. */
import { expect, test } from "bun:test";
import { NotFoundError, StorageError } from "../../src/errors.ts";
import type { Outcome } from "../../src/generations/generation-update.ts";
import { UnsavedOutcomes } from "../../src/generations/unsaved-outcomes.ts";
import { createLog } from "../../src/log.ts";
import type { Store } from "../../src/store/database.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { held, read, words } from "./read-answer.ts";

const full = new StorageError("The disk is full, so nothing more can be saved.");

/** A storage that refuses every write while it is told to, and says so when it is asked. */
function refusable() {
  const disk = { isFull: false };
  const refuse = () => {
    if (disk.isFull) throw full;
  };
  const wrapStore = (store: Store): Store => ({
    ...store,
    check: () =>
      disk.isFull ? { problem: full.message, isUrgent: true } : { problem: null, isUrgent: false },
    commit: async (work, undo) => {
      refuse();
      return store.commit(work, undo);
    },
    transaction: (work) => {
      refuse();
      return store.transaction(work);
    },
    tokenLog: {
      ...store.tokenLog,
      append: (batches) => {
        refuse();
        store.tokenLog.append(batches);
      },
    },
  });
  return { disk, wrapStore };
}

/** Waits until so many tokens are on disk. */
async function stored(program: ReturnType<typeof openAnswering>, id: string, count: number) {
  while (program.generations.tokenCount(id) < count) await Bun.sleep(1);
}

/** Reads an answer again until it has ended so. */
async function readUntil(program: ReturnType<typeof openAnswering>, id: string, state: Outcome["state"]) {
  for (;;) {
    const reading = await read(program.generations, id);
    if (reading.outcome?.state === state) return reading;
    await Bun.sleep(20);
  }
}

test("An answer that the storage ended goes on by itself when there is room, and is whole", async () => {
  const { disk, wrapStore } = refusable();
  const { engine, reached, go } = held(words(12), 7);
  await using program = openAnswering({ engines: [engine], wrapStore });
  const { id } = await program.generations.ask(ask("Tell me."));
  await reached;
  await stored(program, id, 7);
  disk.isFull = true;
  go();
  const first = await read(program.generations, id);
  expect(first.outcome).toMatchObject({ state: "failed", error: { code: "storage_unavailable" } });
  expect(first.text).toBe(words(7));
  disk.isFull = false;
  const whole = await readUntil(program, id, "done");
  expect(whole.text).toBe(words(12));
  expect(whole.text).toStartWith(first.text);
  expect(engine.requests).toHaveLength(2);
  expect(program.store.generations.get(id)?.state).toBe("done");
});

test("An answer whose very end was refused is not asked for again: its end is written", async () => {
  const { disk, wrapStore } = refusable();
  const { engine, reached, go } = held(words(12), 12);
  await using program = openAnswering({
    engines: [engine],
    wrapStore: (store) => {
      const wrapped = wrapStore(store);
      return {
        ...wrapped,
        tokenLog: {
          ...store.tokenLog,
          append: (batches) => {
            store.tokenLog.append(batches);
            // The last token is on disk: from now on nothing is.
            if (batches.some(({ tokens }) => tokens.at(-1)?.text.includes("word11"))) disk.isFull = true;
          },
        },
      };
    },
  });
  go();
  void reached;
  const { id } = await program.generations.ask(ask("Tell me."));
  expect((await read(program.generations, id)).outcome).toMatchObject({ state: "failed" });
  expect(program.store.generations.get(id)?.state).toBe("running");
  disk.isFull = false;
  const whole = await readUntil(program, id, "done");
  expect(whole.outcome).toMatchObject({ state: "done", error: null, finishReason: "stop" });
  expect(whole.text).toBe(words(12));
  expect(engine.requests).toHaveLength(1);
  await program.generations.idle();
  expect(program.remembered).toHaveLength(1);
});

test("A stop stands though neither it nor the last words could be saved: the answer is not taken up again", async () => {
  const { disk, wrapStore } = refusable();
  const held = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const engine = new ScriptedEngine({
    script: () => ({
      answer: words(12),
      pace: async (token, signal) => {
        if (token === 7) {
          held.resolve();
          await go.promise;
        }
        // The eighth is refused; then it waits, and is stopped.
        if (token === 8) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    }),
  });
  let refusals = 0;
  const refused = Promise.withResolvers<void>();
  await using program = openAnswering({
    engines: [engine],
    wrapStore: (store) => {
      const wrapped = wrapStore(store);
      const append: Store["tokenLog"]["append"] = (batches) => {
        try {
          wrapped.tokenLog.append(batches);
        } catch (error) {
          refusals += 1;
          refused.resolve();
          throw error;
        }
      };
      return { ...wrapped, tokenLog: { ...wrapped.tokenLog, append } };
    },
  });
  const { id } = await program.generations.ask(ask("Tell me."));
  await held.promise;
  await stored(program, id, 7);
  disk.isFull = true;
  go.resolve();
  await refused.promise;
  program.generations.stop(id);
  const first = await read(program.generations, id);
  expect(first.text).toBe(words(7));
  disk.isFull = false;
  const last = await readUntil(program, id, "stopped");
  expect(last.outcome?.error).toBeNull();
  expect(last.text).toBe(words(7));
  expect(program.store.generations.get(id)?.state).toBe("stopped");
  expect(engine.requests).toHaveLength(1);
  expect(refusals).toBe(1);
});

const outcome: Outcome = {
  state: "failed",
  finishReason: null,
  usage: null,
  timings: null,
  error: null,
  writers: [],
  tokenCount: 0,
};

function openEnds(goOn: (id: string) => Promise<void> = async () => {}) {
  const calls: string[] = [];
  const looks = { canSave: false, count: 0 };
  const ends = new UnsavedOutcomes({
    canSave: () => {
      looks.count += 1;
      return looks.canSave;
    },
    resume: async (id) => {
      calls.push(`go on ${id}`);
      await goOn(id);
    },
    log: createLog("error", () => {}),
    lookEveryMs: 1,
  });
  const looked = async (times: number) => {
    const from = looks.count;
    while (looks.count < from + times) await Bun.sleep(1);
  };
  const end = (id: string, save = async () => void calls.push(`save ${id}`)) =>
    ends.keep(id, { shown: outcome, save });
  return { ends, calls, looks, looked, end, [Symbol.dispose]: () => ends[Symbol.dispose]() };
}

test("It waits until writes go through, writes all ends first, and then goes on", async () => {
  using opened = openEnds();
  const { ends, calls, looks, looked, end } = opened;
  ends.continueLater("a");
  end("a");
  end("b");
  await looked(3);
  expect(calls).toEqual([]);
  expect(ends.shown("a")).toBe(outcome);
  looks.canSave = true;
  while (calls.length < 3) await Bun.sleep(1);
  expect(calls).toEqual(["save a", "save b", "go on a"]);
  expect(ends.shown("a")).toBeUndefined();
});

test("An answer is gone on with by itself once only", async () => {
  using opened = openEnds();
  const { ends, calls, looks } = opened;
  looks.canSave = true;
  ends.continueLater("a");
  while (calls.length < 1) await Bun.sleep(1);
  ends.continueLater("a");
  ends.continueLater("b");
  while (calls.length < 2) await Bun.sleep(1);
  expect(calls).toEqual(["go on a", "go on b"]);
});

test("What is refused again is tried again, and what somebody goes on with is left alone", async () => {
  using opened = openEnds();
  const { ends, calls, looks, end } = opened;
  let refusals = 2;
  end("a", async () => {
    if (refusals-- > 0) throw full;
    calls.push("save a");
  });
  end("b");
  ends.continueLater("b");
  ends.forget("b");
  looks.canSave = true;
  while (calls.length < 1) await Bun.sleep(1);
  expect(calls).toEqual(["save a"]);
  expect(refusals).toBe(-1);
});

test("One that cannot be gone on with keeps nobody else from it", async () => {
  using opened = openEnds(async (id) => {
    if (id === "a") throw new NotFoundError("There is no such answer.");
    if (id === "b") throw new TypeError("a defect");
  });
  const { ends, calls, looks } = opened;
  for (const id of ["a", "b", "c"]) ends.continueLater(id);
  looks.canSave = true;
  while (calls.length < 3) await Bun.sleep(1);
  expect(calls).toEqual(["go on a", "go on b", "go on c"]);
});
