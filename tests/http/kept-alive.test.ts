import { expect, test } from "bun:test";
import { keptAlive } from "../../src/http/kept-alive.ts";

const options = {
  headers: { "x-generation-id": "g1" },
  failed: (error: unknown) => ({ response: "", message: String(error) }),
};

test("A reply that took long sent nothing, and the client gave up: blanks come, and then the JSON", async () => {
  const value = Promise.withResolvers<unknown>();
  const reply = await keptAlive(value.promise, { ...options, afterMs: 1, everyMs: 1 });
  expect(reply.status).toBe(200);
  expect(reply.headers.get("content-type")).toBe("application/json");
  expect(reply.headers.get("x-generation-id")).toBe("g1");
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (text.length < 3) text += (await reader?.read())?.value ?? "";
  expect(text.trim()).toBe("");
  value.resolve({ response: "A metal." });
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) text += read.value;
  expect(JSON.parse(text)).toEqual({ response: "A metal." });
});

test("a failure before has its own status; one after is told in the JSON", async () => {
  const failing = Promise.reject(new Error("broken"));
  await expect(keptAlive(failing, { ...options, afterMs: 1000 })).rejects.toThrow("broken");
  const late = Promise.withResolvers<unknown>();
  const reply = await keptAlive(late.promise, { ...options, afterMs: 1 });
  late.reject(new Error("broken"));
  expect(await reply.json()).toEqual({ response: "", message: "Error: broken" });
});

test("a client that leaves ends the blanks", async () => {
  const reply = await keptAlive(new Promise(() => {}), { ...options, afterMs: 1, everyMs: 1 });
  await reply.body?.cancel();
});
