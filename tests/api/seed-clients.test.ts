/** The clients of the Python original, as they stand, against the real server and a real model. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { type RealServer, startRealServer } from "../real-server.ts";
import { pythonWith } from "./clients/python-with.ts";

const question = "What is a bond?";
let server: RealServer;
beforeAll(async () => {
  server = await startRealServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function stored(text: string): Promise<boolean> {
  const { Database } = await import("bun:sqlite");
  using database = new Database(join(server.dataDir, "assistant.db"), { readonly: true });
  const row = database
    .query("SELECT count(*) AS n FROM messages WHERE role = 'assistant' AND content = ?")
    .get(text);
  return typeof row === "object" && row !== null && "n" in row && Number(row.n) > 0;
}

describe("The seed's simple clients", () => {
  test("Python's requests, with iter_lines()", async () => {
    const { command, environment } = await pythonWith(["requests==2.32.5"]);
    const child = Bun.spawn(
      [...command, join(import.meta.dir, "clients/seed-client.py"), server.url, question],
      { env: environment, stdio: ["ignore", "pipe", "inherit"] },
    );
    const lines = (await new Response(child.stdout).text()).trim().split("\n");
    expect(await child.exited).toBe(0);
    const pieces = lines.map((line) => JSON.parse(line));
    expect(pieces.filter((piece) => piece !== "").length).toBeGreaterThan(3);
    expect(await stored(pieces.join(""))).toBe(true);
  });

  test("JavaScript's fetch, with getReader() and every read split on newlines", async () => {
    const response = await fetch(`${server.url}/chat/stream`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ message: question, model: "phi3", max_tokens: 24 }),
    });
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    let ended = false;
    while (reader !== undefined) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const line of decoder.decode(value).split("\n")) {
        if (!line.startsWith("data: ")) continue;
        const data = line.slice(6);
        if (data === "[DONE]") {
          ended = true;
          break;
        }
        const chunk = JSON.parse(data);
        text += chunk.choices[0].delta.content ?? "";
      }
    }
    expect(ended).toBe(true);
    expect(await stored(text)).toBe(true);
  });

  test("curl --no-buffer", async () => {
    const child = Bun.spawn(
      [
        "curl",
        ...["--no-buffer", "--silent", "-X", "POST", `${server.url}/chat/stream`],
        ...[
          "-H",
          "Content-Type: application/json",
          "-d",
          JSON.stringify({ message: question, max_tokens: 24 }),
        ],
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const output = await new Response(child.stdout).text();
    const data = [...output.matchAll(/^data: (.*)$/gm)].map(([, text]) => text ?? "");
    expect(data.at(-1)).toBe("[DONE]");
    const text = data.slice(0, -1).map((json) => JSON.parse(json).choices[0].delta.content ?? "");
    expect(await stored(text.join(""))).toBe(true);
  });
});
