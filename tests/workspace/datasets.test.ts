/** Price series of an owner: committed, merged row by row, taken back, read in spans; of another owner they do not exist. */
import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { datasetsOf } from "../../src/workspace/datasets.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const signal = new AbortController().signal;
const csv = (rows: readonly string[]) =>
  new TextEncoder().encode(`Date,Open,High,Low,Close\n${rows.join("\n")}\n`);
const day = (number: number, close = 100 + number) =>
  `2024-01-${String(number).padStart(2, "0")},${close},${close + 1},${close - 1},${close}`;
const days = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => day(from + at));

function open() {
  const store = temporaryStore();
  const own = datasetsOf({ store }, null);
  const commit = (rows: readonly string[], name = "XAUUSD_D1.csv") =>
    own.import({ name, bytes: csv(rows) }, { answers: {}, isCommitted: true, signal });
  const closes = async () => {
    const [dataset] = own.list();
    return dataset === undefined ? [] : [...(await own.bars(dataset.id)).close];
  };
  return { store, own, commit, closes, [Symbol.dispose]: () => store[Symbol.dispose]() };
}

describe("Imports of one series", () => {
  test("are added row by row: the same file twice adds nothing, two equal rows of one file are two", async () => {
    using it = open();
    const first = await it.commit([...days(1, 5), day(5)]);
    expect(first).toMatchObject({
      status: "committed",
      rows: 6,
      added: 6,
      quarantinedRows: 0,
      symbol: "XAUUSD",
    });
    expect(await it.commit([...days(1, 5), day(5)])).toMatchObject({ status: "committed", added: 0 });
    expect(await it.commit(days(4, 8))).toMatchObject({ added: 3, datasetId: first.datasetId });
    expect(await it.closes()).toEqual([101, 102, 103, 104, 105, 105, 106, 107, 108]);
    expect(it.own.list()).toMatchObject([
      { symbol: "XAUUSD", timeframe: "D1", rows: 9, passport: { rows: 9, duplicate_times: 1 } },
    ]);
  });

  test("go where their time is, whatever the order of the files", async () => {
    using it = open();
    await it.commit(days(6, 9));
    await it.commit([...days(1, 5), ...days(10, 12)]);
    expect(await it.closes()).toEqual(Array.from({ length: 12 }, (_, at) => 101 + at));
  });

  test("are taken back alone: rows that another file has too stay", async () => {
    using it = open();
    const first = await it.commit(days(1, 5));
    const second = await it.commit(days(4, 8));
    await it.own.undo(first.id);
    expect(await it.closes()).toEqual([104, 105, 106, 107, 108]);
    expect(it.own.importOf(second.id)).toMatchObject({ added: 5 });
    await it.own.undo(second.id);
    expect(it.own.list()).toEqual([]);
    expect(
      it.store.contents.byHash(new Bun.CryptoHasher("sha256").update(csv(days(1, 5))).digest("hex")),
    ).toBeUndefined();
  });

  test("of another timeframe or zone are another series", async () => {
    using it = open();
    await it.commit(days(1, 5));
    const bytes = csv(days(1, 5));
    await it.own.import(
      { name: "XAUUSD.csv", bytes },
      { answers: { zone: "EET" }, isCommitted: true, signal },
    );
    expect(it.own.list().map(({ zone }) => zone)).toEqual([null, "EET"]);
  });
});

describe("A file", () => {
  test("with a question waits for the answer, and is committed with it", async () => {
    using it = open();
    const bytes = new TextEncoder().encode("Date,Close\n01/02/2024,1.5\n02/02/2024,1.6\n");
    const asked = await it.own.import(
      { name: "EURUSD.csv", bytes },
      { answers: {}, isCommitted: true, signal },
    );
    expect(asked).toMatchObject({ status: "needs_answer", questions: [{ field: "date_order" }] });
    expect(it.own.list()).toEqual([]);
    const committed = await it.own.commit(asked.id, { dateOrder: "dmy" }, signal);
    expect(committed).toMatchObject({ status: "committed", added: 2 });
    expect(it.own.list()).toMatchObject([
      { symbol: "EURUSD", timeframe: "D1", passport: { first: "2024-02-01T00:00:00.000Z" } },
    ]);
  });

  test.each([
    ["x.csv", "", /is empty/],
    ["x.csv", "hello\n", /x\.csv is no table/],
    [
      "x.csv",
      "Date,Close\n2024-13-01,1\n",
      /no row that can be read\. Row 2: Column Date: "2024-13-01" is no date/,
    ],
  ])("%s of %j is refused in words", async (name, text, message) => {
    using it = open();
    const bytes = new TextEncoder().encode(text);
    const refused = it.own.import({ name, bytes }, { answers: {}, isCommitted: true, signal });
    await expect(refused).rejects.toThrow(message);
  });

  test("for a zone that nobody knows is refused", async () => {
    using it = open();
    const options = { answers: { zone: "Mars/Base" }, isCommitted: true, signal };
    await expect(it.own.import({ name: "x.csv", bytes: csv(days(1, 2)) }, options)).rejects.toThrow(
      /no time zone/,
    );
  });
});

test("Two requests that commit the same file at once add its rows once, and say so", async () => {
  using it = open();
  const bytes = csv(days(1, 5));
  const { id } = await it.own.import(
    { name: "XAUUSD.csv", bytes },
    { answers: {}, isCommitted: false, signal },
  );
  const both = await Promise.all([it.own.commit(id, {}, signal), it.own.commit(id, {}, signal)]);
  expect(both.map(({ added, status }) => [added, status])).toEqual([
    [5, "committed"],
    [5, "committed"],
  ]);
  expect(await it.closes()).toEqual([101, 102, 103, 104, 105]);
});

test("Two requests that answer one file differently commit one of the readings", async () => {
  using it = open();
  const bytes = new TextEncoder().encode("Date,Close\n01/02/2024,1.5\n02/02/2024,1.6\n");
  const { id } = await it.own.import(
    { name: "EURUSD.csv", bytes },
    { answers: {}, isCommitted: false, signal },
  );
  const both = await Promise.all([
    it.own.commit(id, { dateOrder: "dmy" }, signal),
    it.own.commit(id, { dateOrder: "mdy", timeframe: "D1" }, signal),
  ]);
  expect(new Set(both.map(({ answers: { dateOrder } }) => dateOrder)).size).toBe(1);
  expect(it.own.list()).toHaveLength(1);
  expect(await it.closes()).toEqual([1.5, 1.6]);
});

test("An import that is taken back while it is committed leaves no rows behind", async () => {
  using it = open();
  const { id } = await it.own.import(
    { name: "XAUUSD.csv", bytes: csv(days(1, 5)) },
    { answers: {}, isCommitted: false, signal },
  );
  await Promise.allSettled([it.own.commit(id, {}, signal), it.own.undo(id)]);
  expect(it.own.list()).toEqual([]);
  expect(it.own.imports(10)).toEqual([]);
});

test("A file that was sent first and committed last keeps its rows when the other is taken back", async () => {
  using it = open();
  const options = { answers: {}, isCommitted: false, signal };
  const first = await it.own.import({ name: "XAUUSD.csv", bytes: csv(days(1, 5)) }, options);
  const second = await it.commit(days(1, 4));
  expect(await it.own.commit(first.id, {}, signal)).toMatchObject({ added: 1 });
  await it.own.undo(second.id);
  expect(await it.closes()).toEqual([101, 102, 103, 104, 105]);
  expect(it.own.importOf(first.id)).toMatchObject({ status: "committed", added: 5 });
});

test("Bars are read as they are now when a file was added while they were read", async () => {
  using it = open();
  const { datasetId } = await it.commit(days(1, 5));
  const id = datasetId ?? "";
  let isWritten = false;
  const { datasets } = it.store;
  const rewritten = {
    ...datasets,
    chunk(chunkId: number) {
      if (!isWritten) {
        isWritten = true;
        const chunks = (datasets.get(id)?.chunks ?? []).map((place) => ({
          ...place,
          id: datasets.addChunk(id, datasets.chunk(place.id) ?? new Uint8Array()),
        }));
        datasets.update(id, { chunks });
        while (datasets.dropChunkBeside(id, chunks) > 0);
      }
      return datasets.chunk(chunkId);
    },
  };
  const own = datasetsOf({ store: { ...it.store, datasets: rewritten } }, null);
  expect([...(await own.bars(id)).close]).toEqual([101, 102, 103, 104, 105]);
  expect(isWritten).toBe(true);
});

test("A series of which bars are lost says so, instead of being read for ever", async () => {
  using it = open();
  const { datasetId } = await it.commit(days(1, 5));
  it.store.datasets.dropChunkBeside(datasetId ?? "", []);
  await expect(it.own.bars(datasetId ?? "")).rejects.toThrow(/Bars of XAUUSD D1 are lost/);
});

test("A series that is removed is gone at once; its bytes leave the file a piece at a time, as each holds up everybody", async () => {
  using it = open();
  const minutes = Array.from({ length: 20_000 }, (_, at) => {
    const time = new Date(Date.UTC(2020, 0, 1) + at * 60_000).toISOString().slice(0, 16);
    return `${time},${at + 1},${at + 2},${at},${at + 1}`;
  });
  const { datasetId } = await it.commit(minutes, "XAUUSD_M1.csv");
  const rowsOf = (table: string) => {
    using database = new Database(join(it.store.dataDir, "assistant.db"), { readonly: true });
    return Number(database.query(`SELECT count(*) FROM ${table}`).values()[0]?.[0]);
  };
  const count = () => rowsOf("content_pieces") + rowsOf("dataset_chunks");
  const before = count();
  expect(before).toBeGreaterThan(6);
  await it.own.remove(datasetId ?? "");
  expect([it.own.list(), it.own.imports(10)]).toEqual([[], []]);
  expect(() => it.own.get(datasetId ?? "")).toThrow(/no such dataset/);
  for (let left = before; left > 0; left--) {
    expect(count()).toBe(left);
    while (count() === left) expect(it.store.erasedPieces.eraseSome()).toBe(1);
  }
  while (it.store.erasedPieces.eraseSome() > 0);
  expect(rowsOf("contents") + rowsOf("datasets")).toBe(0);
});

test("A file of whole prices does not take the decimals of its series away", async () => {
  using it = open();
  await it.commit([
    "2024-01-01,2064.37,2070.12,2050.01,2061.98",
    "2024-01-02,2061.98,2070.12,2050.01,2064.37",
  ]);
  await it.commit(["2024-01-03,2064,2070,2050,2061"]);
  expect(it.own.list()).toMatchObject([{ rows: 3, passport: { decimals: 2 } }]);
});

test("A span is read without the rest, over the ends of chunks", async () => {
  using it = open();
  const minutes = Array.from({ length: 10_000 }, (_, at) => {
    const time = new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString().slice(0, 16).replace("T", " ");
    return `${time},${at},${at + 1},${at - 1},${at}`;
  });
  const { datasetId } = await it.commit(minutes, "EURUSD_M1.csv");
  const at = (index: number) => Date.UTC(2024, 0, 1) + index * 60_000;
  const read = async (span: object) => [...(await it.own.bars(datasetId ?? "", span)).close];
  expect(await read({ from: at(4_094), to: at(4_098) })).toEqual([4094, 4095, 4096, 4097, 4098]);
  expect(await read({ limit: 3 })).toEqual([9997, 9998, 9999]);
  expect(await read({ to: at(4_097), limit: 4 })).toEqual([4094, 4095, 4096, 4097]);
  expect(await read({ from: at(20_000) })).toEqual([]);
  const [bar] = [...(await it.own.bars(datasetId ?? "", { from: at(5000), to: at(5000) })).line];
  expect(bar).toBe(5002);
});

test("What is another owner's is not there", async () => {
  using it = open();
  const { id, datasetId } = await it.commit(days(1, 5));
  it.store.users.insert({ id: "u1", name: "ben", passwordHash: "x", role: "member", createdAt: 1 });
  const other = datasetsOf({ store: it.store }, "u1");
  expect(other.list()).toEqual([]);
  expect(() => other.get(datasetId ?? "")).toThrow(/no such dataset/);
  expect(() => other.importOf(id)).toThrow(/no such import/);
});

test("A file that is committed stays when old files are purged; one that nobody has committed goes", async () => {
  using it = open();
  const committed = await it.commit(days(1, 5));
  const bytes = csv(days(6, 9));
  const left = await it.own.import(
    { name: "EURUSD.csv", bytes },
    { answers: {}, isCommitted: false, signal },
  );
  const later = Date.now() + 1000;
  it.store.contents.purge(later, 100);
  it.store.datasets.purge(later);
  while (it.store.erasedPieces.eraseSome() > 0);
  expect(it.own.importOf(committed.id)).toMatchObject({ status: "committed" });
  expect(() => it.own.importOf(left.id)).toThrow(/no such import/);
  expect([...it.store.contents.read(committed.contentId)].length).toBe(1);
  expect([...it.store.contents.read(left.contentId)].length).toBe(0);
  expect(await it.closes()).toEqual([101, 102, 103, 104, 105]);
});
