/** Many questions in one request, over the real app. */
import { expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

interface Line {
  readonly index: number;
  readonly response?: string;
  readonly generation_id?: string;
  readonly error?: { readonly code: string };
}

async function batch(url: string, requests: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/batch`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ requests }),
  });
  return response;
}
const linesOf = async (response: Response): Promise<Line[]> =>
  (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("each question is answered once, as many at once as there are slots, and a failure is a line of its own", async () => {
  let running = 0;
  let most = 0;
  const engine = new ScriptedEngine({
    slots: 3,
    script: ({ messages }) => ({
      answer: `Answer to ${messages.at(-1)?.content}`,
      pace: async (token) => {
        if (token === 0) most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        if (token === 2) running -= 1;
      },
    }),
  });
  await using app = openAnsweringApp({ engines: [engine], queueLimit: 0 });
  const requests = Array.from({ length: 12 }, (_, index) => ({
    message: `question${index}`,
    memory_context: 0,
  }));
  const lines = await linesOf(
    await batch(app.url, [...requests, { message: "x", conversation_id: "nobody" }]),
  );
  expect(lines).toHaveLength(13);
  for (const { index, response, error } of lines)
    if (index < 12) expect(response).toBe(`Answer to question${index}`);
    else expect(error?.code).toBe("not_found");
  expect(most).toBe(3);
});

test("the same key gives the same answers, and what is out of form is refused as a whole", async () => {
  await using app = openAnsweringApp();
  const requests = [{ message: "one" }, { message: "two" }];
  const ids = async () =>
    (await linesOf(await batch(app.url, requests, { "idempotency-key": "b" })))
      .toSorted((a, b) => a.index - b.index)
      .map((line) => line.generation_id);
  expect(await ids()).toEqual(await ids());
  expect((await batch(app.url, [])).status).toBe(422);
  expect((await batch(app.url, [{ message: "one", temperature: 9 }])).status).toBe(422);
});
