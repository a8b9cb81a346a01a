import { expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { openConnection } from "../../src/store/connection.ts";
import { GroupCommit } from "../../src/store/group-commit.ts";
import { temporaryFolder } from "./temporary-store.ts";

/** A connection to a table of words, a group commit on it, and what another process would see of it. */
function openWords() {
  const folder = temporaryFolder();
  const file = join(folder.path, "words.db");
  const { $client: client } = openConnection(file, "FULL");
  client.run("CREATE TABLE words (place INTEGER PRIMARY KEY, word TEXT NOT NULL)");
  const { $client: other } = openConnection(file, "FULL");
  const insert = client.prepare<unknown, [string]>("INSERT INTO words (word) VALUES (?)");
  const read = (from: typeof client) =>
    from
      .query<{ word: string }, []>("SELECT word FROM words ORDER BY place")
      .all()
      .map(({ word }) => word);
  return {
    client,
    commits: new GroupCommit(client),
    write: (word: string) => void insert.run(word),
    here: () => read(client),
    elsewhere: () => read(other),
    [Symbol.dispose]() {
      insert.finalize();
      other.close();
      client.close();
      folder[Symbol.dispose]();
    },
  };
}

test("what one turn of the event loop brings is one transaction, in the order of the calls", async () => {
  using words = openWords();
  const seen: string[][] = [];
  const turn = ["a", "b", "c"].map((word) =>
    words.commits.run(() => {
      seen.push(words.here());
      words.write(word);
      expect(words.elsewhere()).toEqual([]);
      return word;
    }),
  );
  expect(words.here()).toEqual([]);
  expect(await Promise.all(turn)).toEqual(["a", "b", "c"]);
  expect(seen).toEqual([[], ["a"], ["a", "b"]]);
});

test("nobody is told before it is committed", async () => {
  using words = openWords();
  const told = ["a", "b"].map((word) =>
    words.commits
      .run(() => words.write(word))
      .then(() => {
        expect(words.client.inTransaction).toBe(false);
        return words.elsewhere();
      }),
  );
  expect(await Promise.all(told)).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
});

test("one that throws before it has written is refused, and the others are run once", async () => {
  using words = openWords();
  let runs = 0;
  const write = (word: string) => () => {
    runs += 1;
    words.write(word);
  };
  const refuse = () => {
    words.here();
    throw new RangeError("no");
  };
  const all = [words.commits.run(write("a")), words.commits.run(refuse), words.commits.run(write("b"))];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(words.elsewhere()).toEqual(["a", "b"]);
  expect(runs).toBe(2);
});

test("one that throws is undone alone, and its caller gets what it threw", async () => {
  using words = openWords();
  const kept = words.commits.run(() => words.write("kept"));
  const thrown = words.commits.run(() => {
    words.write("half");
    throw new RangeError("no");
  });
  const later = words.commits.run(() => words.write("later"));
  expect(await Promise.allSettled([kept, thrown, later])).toEqual([
    { status: "fulfilled", value: undefined },
    { status: "rejected", reason: new RangeError("no") },
    { status: "fulfilled", value: undefined },
  ]);
  expect(words.elsewhere()).toEqual(["kept", "later"]);
});

test("where the transaction itself is lost, each is tried alone, and only the one that lost it is refused", async () => {
  using words = openWords();
  const lost = [
    words.commits.run(() => words.write("first")),
    // As SQLite does by itself when the disk is full (https://www.sqlite.org/lang_transaction.html).
    words.commits.run(() => {
      words.client.run("ROLLBACK");
      throw new Error("disk full");
    }),
    words.commits.run(() => words.write("last")),
  ];
  expect((await Promise.allSettled(lost)).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(words.elsewhere()).toEqual(["first", "last"]);
});

test("what was done outside of the database is undone as often as what was written is lost", async () => {
  using words = openWords();
  const outside = new Set<string>();
  const add = (word: string, fails: boolean) =>
    words.commits.run(
      () => {
        if (outside.has(word)) throw new Error("It was not undone.");
        words.write(word);
        outside.add(word);
        if (fails) throw new Error("no");
      },
      () => outside.delete(word),
    );
  const all = [add("a", false), add("b", true), add("c", false)];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect([...outside]).toEqual(words.elsewhere());
});

test("a commit that the disk refuses is told to every caller, and the next one is sound", async () => {
  using words = openWords();
  // A reference that is checked at the end only makes the commit itself fail.
  words.client.run("CREATE TABLE notes (word INTEGER REFERENCES words DEFERRABLE INITIALLY DEFERRED)");
  const refused = [
    words.commits.run(() => words.write("first")),
    words.commits.run(() => words.client.run("INSERT INTO notes VALUES (99)").changes),
  ];
  expect((await Promise.allSettled(refused)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(words.elsewhere()).toEqual([]);
  await words.commits.run(() => words.write("next"));
  expect(words.elsewhere()).toEqual(["next"]);
});

test("work that returns a promise is refused, and undone", async () => {
  using words = openWords();
  const work = async () => words.write("unseen");
  // @ts-expect-error it would be committed before its first await
  await expect(words.commits.run(work)).rejects.toThrow("synchronous");
  expect(words.elsewhere()).toEqual([]);
});

test("what waits is committed before the store closes", async () => {
  using words = openWords();
  const last = words.commits.run(() => words.write("last"));
  words.commits[Symbol.dispose]();
  expect(words.elsewhere()).toEqual(["last"]);
  await last;
});

test("however calls fall into turns, and whichever of them throw: the rest is there in order, and no other", async () => {
  const call = fc.record({
    throws: fc.constantFrom("never", "never", "before writing", "after writing"),
    turnAfter: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 30 }), async (calls) => {
      using words = openWords();
      const told: Promise<"kept" | "thrown">[] = [];
      for (const [index, { throws, turnAfter }] of calls.entries()) {
        const word = String(index);
        const done = words.commits.run(() => {
          if (throws === "before writing") throw new Error(word);
          words.write(word);
          if (throws === "after writing") throw new Error(word);
          return word;
        });
        const kept = (result: string) => {
          expect(words.elsewhere()).toContain(result);
          return "kept" as const;
        };
        told.push(done.then(kept, () => "thrown"));
        if (turnAfter) await new Promise<void>((resolve) => setImmediate(resolve));
      }
      expect(await Promise.all(told)).toEqual(
        calls.map(({ throws }) => (throws === "never" ? "kept" : "thrown")),
      );
      expect(words.elsewhere()).toEqual(
        calls.flatMap(({ throws }, index) => (throws === "never" ? [String(index)] : [])),
      );
    }),
    { numRuns: 25 },
  );
});
