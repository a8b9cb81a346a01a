/** Where the program connects to: counted whoever asks, and no longer than it is wanted. */
import { expect, test } from "bun:test";
import { Connections } from "../../src/telemetry/connections.ts";

test("every request by fetch is counted by its origin, failed ones too, until the end", async () => {
  const original = globalThis.fetch;
  await using server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("ok") });
  const origin = `http://127.0.0.1:${server.port}`;
  {
    let now = 1;
    using connections = new Connections(() => now++);
    expect(connections.list()).toEqual([]);
    expect(await (await fetch(`${origin}/a?key=secret`)).text()).toBe("ok");
    await fetch(new Request(`${origin}/b`, { method: "POST", body: "x" }));
    await fetch(new URL("http://127.0.0.1:1/")).catch(() => {});
    expect(connections.list()).toEqual([
      { origin: "http://127.0.0.1:1", requests: 1, lastAt: 3 },
      { origin, requests: 2, lastAt: 2 },
    ]);
  }
  expect(globalThis.fetch).toBe(original);
});
