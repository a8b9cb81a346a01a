/** Ollama's port: connections are handed on whole, end together, and a port that is taken is refused in words. */
import { expect, test } from "bun:test";
import { SettingsError } from "../../src/errors.ts";
import { freePort } from "../../src/process/port.ts";
import { openOllamaPort } from "../../src/server/ollama-port.ts";
import { failureOf } from "../openai/failure-of.ts";

test("hands requests on with their bodies, and tells when a reader has left", async () => {
  const left = Promise.withResolvers<void>();
  const upstream = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      if (request.method === "POST") return new Response(await request.text());
      request.signal.addEventListener("abort", () => left.resolve());
      return new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode("first ")),
        }),
      );
    },
  });
  const port = await freePort();
  const close = await openOllamaPort(port, { host: "0.0.0.0", port: upstream.port ?? 0 });
  const url = `http://127.0.0.1:${port}`;
  try {
    const body = "gold ".repeat(200_000);
    expect(await (await fetch(url, { method: "POST", body })).text()).toBe(body);
    const reader = new AbortController();
    const reply = await fetch(url, { signal: reader.signal });
    const { value } = (await reply.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe("first ");
    reader.abort();
    await left.promise;
  } finally {
    await close();
    await upstream.stop(true);
  }
  expect(await failureOf(fetch(url))).toBeInstanceOf(Error);
});

test("a port that another program has is refused by its setting", async () => {
  const other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("") });
  const refused = await failureOf(openOllamaPort(other.port ?? 0, { host: "127.0.0.1", port: 1 }));
  expect(refused).toBeInstanceOf(SettingsError);
  expect(String(refused)).toContain("OLLAMA_PORT");
  await other.stop(true);
});
