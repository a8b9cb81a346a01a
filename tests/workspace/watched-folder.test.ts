/** A watched folder: rows come in once, whole, and in the end right, whatever happens to the program meanwhile. */
import { describe, expect, test } from "bun:test";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seriesAnswer } from "../../src/finance/desk/series-answer.ts";
import { builtInInstruments } from "../../src/finance/instruments/catalog.ts";
import { createLog } from "../../src/log.ts";
import { inLanguage } from "../../src/texts/say.ts";
import { datasetsOf } from "../../src/workspace/datasets.ts";
import { deskSeries } from "../../src/workspace/desk-series.ts";
import { WatchedFolder } from "../../src/workspace/watched-folder.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const head = "Date,Open,High,Low,Close\n";
const minute = 60_000;
const start = Date.UTC(2024, 0, 2);
/** The close of row n is 2000 + n ÷ 10: each row is told from every other. */
const row = (at: number) => {
  const close = 2000 + at / 10;
  const time = new Date(start + at * minute).toISOString().slice(0, 16).replace("T", " ");
  return `${time},${close.toFixed(1)},${(close + 1).toFixed(1)},${(close - 1).toFixed(1)},${close.toFixed(1)}\n`;
};
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => row(from + at)).join("");

function open() {
  const folder = mkdtempSync(join(tmpdir(), "watched-"));
  const store = temporaryStore();
  const own = datasetsOf({ store }, null);
  const log = createLog("error");
  const watch = (ownerId: string | null | undefined = null) =>
    new WatchedFolder({ folder, store, log, ownerOf: () => ownerId, quietMs: 20, pollMs: 50 });
  /** Waits for changes of the series until it is so. */
  const until = async (is: () => boolean | Promise<boolean>) => {
    let told = Promise.withResolvers<void>();
    const end = own.onChange(() => told.resolve());
    try {
      while (!(await is())) {
        await told.promise;
        told = Promise.withResolvers();
      }
    } finally {
      end();
    }
  };
  const count = () => own.list()[0]?.rows ?? 0;
  return {
    ...{ folder, store, own, watch, until, count },
    path: (name: string) => join(folder, name),
    closes: async () => {
      const [dataset] = own.list();
      return dataset === undefined ? [] : [...(await own.bars(dataset.id)).close];
    },
    [Symbol.dispose]() {
      store[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const problems = (watched: WatchedFolder) =>
  watched.stateFor(null)?.files.map(({ name, problem }) => `${name}: ${inLanguage(problem, "en")}`) ?? [];

describe("A watched folder", () => {
  test("1,000 rows replayed, with a restart in the middle of a line: each row once, each card right", async () => {
    using it = open();
    const file = it.path("XAUUSD_M1.csv");
    const lastClose = async () => {
      const series = deskSeries(it.store, null, "UTC", () => start + 2000 * minute);
      const answer = await seriesAnswer("Last close of gold", builtInInstruments, series);
      return answer?.facts.map(({ value }) => value);
    };
    const steps = [1, 2, 40, 41, 300, 555, 556, 800, 999, 1000];
    let watched = it.watch();
    writeFileSync(file, head);
    for (const [index, to] of steps.entries()) {
      const from = steps[index - 1] ?? 0;
      if (to === 555) {
        // The program ends while half a line stands there.
        appendFileSync(file, rows(from, to) + row(to).slice(0, 20));
        await watched[Symbol.asyncDispose]();
        watched = it.watch();
        await it.until(() => it.count() === to);
        appendFileSync(file, row(to).slice(20));
        await it.until(() => it.count() === to + 1);
      } else if (to !== 556) {
        appendFileSync(file, rows(from, to));
        await it.until(() => it.count() === to);
      }
      if (to !== 555) expect([to, await lastClose()]).toEqual([to, [String(2000 + (to - 1) / 10)]]);
    }
    // The same rows again, as a copy and as a file that was touched.
    writeFileSync(it.path("XAUUSD_M1_copy.csv"), head + rows(0, 1000));
    await it.until(() => it.own.imports(10).some(({ name }) => name.includes("copy")));
    writeFileSync(file, head + rows(0, 1000));
    await it.until(() => it.own.imports(10).every(({ status }) => status === "committed"));
    await watched[Symbol.asyncDispose]();
    expect(await it.closes()).toEqual(
      Array.from({ length: 1000 }, (_, at) => Number((2000 + at / 10).toFixed(1))),
    );
    // One import a file: what has grown replaces what was read of it.
    expect(it.own.imports(100)).toHaveLength(2);
  }, 60_000);

  test("reads whole lines alone, and says that one has no end", async () => {
    using it = open();
    writeFileSync(it.path("XAUUSD_M1.csv"), head + rows(0, 5) + row(5).slice(0, 22));
    await using watched = it.watch();
    await it.until(() => problems(watched).length > 0);
    expect(it.count()).toBe(5);
    expect(problems(watched)).toEqual([
      "XAUUSD_M1.csv: The last line has no end yet: it is read once it has one.",
    ]);
    appendFileSync(it.path("XAUUSD_M1.csv"), row(5).slice(22));
    await it.until(() => it.count() === 6);
    await it.until(() => problems(watched).length === 0);
  });

  test("takes a last bar that is written anew for the same one", async () => {
    using it = open();
    const file = it.path("XAUUSD_M1.csv");
    writeFileSync(file, head + rows(0, 5));
    await using _watched = it.watch();
    await it.until(() => it.count() === 5);
    const other = row(4).replace(/[\d.]+\n$/, "2000.9\n");
    writeFileSync(file, head + rows(0, 4) + other + row(5));
    await it.until(() => it.count() === 6);
    await it.until(() => it.own.imports(10).length === 1);
    expect(await it.closes()).toEqual([2000, 2000.1, 2000.2, 2000.3, 2000.9, 2000.5]);
  });

  test("keeps rows that a file has dropped at its beginning", async () => {
    using it = open();
    const file = it.path("XAUUSD_M1.csv");
    writeFileSync(file, head + rows(0, 10));
    await using _watched = it.watch();
    await it.until(() => it.count() === 10);
    writeFileSync(file, head + rows(6, 14));
    await it.until(() => it.count() === 14);
  });

  test("lets a file that needs an answer wait, with its answers for all that follows", async () => {
    using it = open();
    const file = it.path("XAUUSD_D1.csv");
    const date = (day: number) => `0${day}/02/2024;${2000 + day}.5\n`;
    writeFileSync(file, `Date;Close\n${date(1)}${date(2)}`);
    await using _watched = it.watch();
    await it.until(() => it.store.datasets.watched().length === 1);
    const [asked] = it.own.imports(10);
    expect(asked).toMatchObject({ status: "needs_answer", questions: [{ field: "date_order" }] });
    expect(it.own.list()).toEqual([]);
    // Not forgotten after a day, either.
    it.store.datasets.purge(Date.now() + 1e9);
    await it.own.commit(asked?.id ?? "", { dateOrder: "dmy" }, new AbortController().signal);
    expect(it.count()).toBe(2);
    appendFileSync(file, date(3));
    await it.until(() => it.count() === 3);
    await it.until(() => it.own.imports(10).length === 1);
  });

  test("says what cannot be read and why, and goes on with the others", async () => {
    using it = open();
    writeFileSync(it.path("notes.csv"), "this is no table of prices\nat all\n");
    writeFileSync(it.path("XAUUSD_M1.csv"), head + rows(0, 3));
    await using watched = it.watch();
    await it.until(() => it.count() === 3);
    await it.until(() => problems(watched).length === 1);
    expect(problems(watched)[0]).toMatch(/^notes\.csv: .{10,}/);
    // Somebody else's page says nothing of it.
    expect(watched.stateFor("somebody")).toBeNull();
  });

  test("forgets what it read when everything is deleted, and brings it in again only when it changes", async () => {
    using it = open();
    const file = it.path("XAUUSD_M1.csv");
    writeFileSync(file, head + rows(0, 3) + row(3).slice(0, 20));
    await using watched = it.watch();
    await it.until(() => problems(watched).length === 1);
    for (const { id } of it.own.list()) await it.own.remove(id);
    it.store.ownData.eraseRest(null);
    expect([it.count(), problems(watched)]).toEqual([0, []]);
    expect(JSON.stringify(it.store.datasets.watched())).not.toContain("XAUUSD");
    appendFileSync(file, row(3).slice(20));
    await it.until(() => it.count() === 4);
  });

  test("leaves links, folders, hidden files and files on their way alone", async () => {
    using it = open();
    using elsewhere = open();
    writeFileSync(elsewhere.path("secret.csv"), head + rows(0, 9));
    symlinkSync(elsewhere.path("secret.csv"), it.path("link.csv"));
    mkdirSync(it.path("folder.csv"));
    writeFileSync(it.path(".hidden.csv"), head + rows(0, 9));
    writeFileSync(it.path("half.csv.part"), head + rows(0, 9));
    await using watched = it.watch();
    writeFileSync(it.path("XAUUSD_M1.csv"), head + rows(0, 3));
    await it.until(() => it.count() === 3);
    expect(it.own.imports(10).map(({ name }) => name)).toEqual(["XAUUSD_M1.csv"]);
    expect(problems(watched)).toEqual([]);
    renameSync(it.path("half.csv.part"), it.path("XAUUSD_M1_more.csv"));
    await it.until(() => it.count() === 9);
  });

  test("that is not there is said, and watched once it is there", async () => {
    using it = open();
    rmSync(it.folder, { recursive: true });
    await using watched = it.watch();
    await it.until(() => watched.stateFor(null)?.problem !== null);
    expect(inLanguage(watched.stateFor(null)?.problem ?? "", "en")).toBe(
      "The folder cannot be read (ENOENT).",
    );
    mkdirSync(it.folder);
    writeFileSync(it.path("XAUUSD_M1.csv"), head + rows(0, 3));
    await it.until(() => it.count() === 3);
    expect(watched.stateFor(null)?.problem).toBeNull();
  });

  test("of a user who is not there imports nothing", async () => {
    using it = open();
    writeFileSync(it.path("XAUUSD_M1.csv"), head + rows(0, 3));
    const looks = Promise.withResolvers<void>();
    let count = 0;
    const ownerOf = () => {
      count += 1;
      if (count > 20) looks.resolve();
      return undefined;
    };
    await using _watched = new WatchedFolder({
      ...{ folder: it.folder, store: it.store, log: createLog("error"), ownerOf },
      ...{ quietMs: 1, pollMs: 5 },
    });
    await looks.promise;
    expect(it.own.imports(10)).toEqual([]);
  });
});
