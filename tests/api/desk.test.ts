/** The desk in the real server: it answers with no engine running. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RealServer, startRealServer } from "../real-server.ts";

const noModels = mkdtempSync(join(tmpdir(), "no-models-"));
let server: RealServer;

beforeAll(async () => {
  server = await startRealServer({
    environment: { ENGINE: "llama", MODEL: join(noModels, "none.gguf"), MODELS_DIR: noModels },
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(noModels, { recursive: true, force: true });
});

const chat = async (message: string) => {
  const reply = await fetch(`${server.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  });
  return { status: reply.status, body: await reply.json() };
};

test("A position size is answered with no engine running", async () => {
  const { status, body } = await chat(
    "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. How large should my position be?",
  );
  expect({ status, body }).toMatchObject({ status: 200 });
  expect(body.response).toStartWith("### Position size: **0.40 lots** (EURUSD)");
});

test("a plain question fails as before", async () => {
  const { status } = await chat("What is a bond?");
  expect(status).toBe(503);
});
