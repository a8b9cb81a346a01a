/** The benchmark itself, on a small server of each kind: what it counts and what it prints, not how fast they are. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { median, Results, tableOf } from "./result-table.ts";
import { StampReader, stampNow, stampOf, wallClock } from "./stamped-token.ts";
import { LoadGenerator } from "./stream-load.ts";

test("the middle of the measurements, of an even number the mean of the two", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("the table shows the median, the spread and the ratio", () => {
  const results = new Results();
  for (const value of [10, 30, 20]) results.add("first token", "ms", "ours", value);
  results.add("first token", "ms", "peer", 40);
  results.add("memory", "MB", "ours", 123.4);
  expect(tableOf(results.rows(), "peer").split("\n")).toEqual([
    "                        this program  peer  ratio",
    "first token  ms  20.0 (10.0 to 30.0)  40.0   0.50",
    "memory       MB                  123     –      –",
  ]);
  expect(tableOf(results.rows(), null)).not.toContain("ratio");
});

test("it measures a server and its peer", async () => {
  const asked: number[] = [];
  using peer = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const body = await request.json();
      asked.push(body.messages.length);
      const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
      const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 2 } })}\n\n`;
      return new Response(`${chunk("one ")}${chunk("two")}${usage}data: [DONE]\n\n`);
    },
  });
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "bench.ts"),
      ...["--server", join(import.meta.dir, "../faults/fixtures/tiny-server.ts")],
      ...["--peer", `http://127.0.0.1:${peer.port}`, "--streams", "1,2", "--rounds", "1"],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const [code, output] = await Promise.all([child.exited, new Response(child.stdout).text()]);
  expect(code).toBe(0);
  expect(output).toMatch(/^1 stream: first token +ms +[\d.]+ +[\d.]+ +[\d.]+$/m);
  expect(output).toMatch(/^2 streams: all together +tokens\/s/m);
  expect(output).toMatch(/^conversation, turn 10: first token/m);
  expect(output).toMatch(/^resident memory after all that +MB +\d+/m);
  // The peer is sent the whole conversation: at the tenth turn nine questions and answers come before.
  expect(asked.at(-1)).toBe(1 + 2 * 9 + 1);
});

test("stamps are found once and in order, however the stream is cut", () => {
  const written = Array.from({ length: 5 }, stampNow);
  const text = written.map((stamp, index) => `id: ${index}\ndata: {"content":"${stamp}"}\n\n`).join("");
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: text.length }), { maxLength: 12 }), (places) => {
      const cuts = [0, ...places.toSorted((one, other) => one - other), text.length];
      const reader = new StampReader();
      const read = cuts.slice(1).flatMap((end, index) => reader.read(text.slice(cuts[index], end)));
      expect(read.map(stampOf)).toEqual(written);
      expect(read.every((stamp) => Math.abs(stamp - wallClock()) < 3_600_000)).toBe(true);
    }),
  );
});

test("it measures what the server adds to an upstream's streams, and that each of them is whole", async () => {
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "bench.ts"),
      ...["relay", "--streams", "1,3", "--rounds", "1", "--tokens", "5", "--pace", "5"],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const [code, output] = await Promise.all([child.exited, new Response(child.stdout).text()]);
  expect(output).toContain("5 tokens a stream, one every 5 ms: ideally 25 ms in all");
  expect(output).toMatch(/^3 streams: whole streams +3\.0 +3\.0 +1\.00$/m);
  expect(output).toMatch(/^1 stream: added gap, 99 of 100 +ms +[\d.]+ +[\d.]+/m);
  expect(output).not.toContain("NOT WHOLE");
  expect(code).toBe(0);
});

test("a stream that lacks a token is told, and fails the measurement", async () => {
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response(`data: ${stampNow()}\n\ndata: [DONE]\n\n`),
  });
  using load = new LoadGenerator();
  const url = `http://127.0.0.1:${server.port}/`;
  const report = await load.put({ url, body: "{}", streams: 2, tokens: 2, deadlineMs: 200 });
  expect(report.completed).toBe(0);
  expect(report.problem).toBe("it brought 1 tokens");
});
