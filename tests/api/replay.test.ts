/** An answer written once more from its receipt, by a real model with one sequence and one thread. */
import { expect, test } from "bun:test";
import { startRealServer } from "../real-server.ts";

test("the same receipt gives the same text, whatever was written in between; another answer has another seed", async () => {
  await using server = await startRealServer({ environment: { LLAMA_PARALLEL: "1" } });
  const post = async (path: string, body: unknown) =>
    (
      await fetch(`${server.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      })
    ).json();
  await post("/memorize", { key: "broker", value: "The user trades gold with a broker in Zurich." });
  const first = await post("/chat", {
    message: "What should I know of my gold broker?",
    max_tokens: 40,
    temperature: 1,
  });
  await post("/chat", { message: "Something else entirely.", max_tokens: 10 });
  await post("/memorize", { key: "gold", value: "Gold is a metal that the user likes." });

  const again = await post(`/api/generations/${first.generation_id}/replay`, {});
  expect(again.response).toBe(first.response);
  expect(again.generation_id).not.toBe(first.generation_id);
  const facts = async (id: string) => (await fetch(`${server.url}/api/generations/${id}`)).json();
  const [one, two] = [await facts(first.generation_id), await facts(again.generation_id)];
  expect(two.sampling).toEqual(one.sampling);
  expect(two.receipt).toEqual(one.receipt);
  expect(one.receipt.memories).toMatchObject([{ key: "broker", score: expect.any(Number) }]);
  expect(one.writers).toMatchObject([
    { engine: "llama", model_hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});
