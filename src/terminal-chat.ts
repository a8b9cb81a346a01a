/**
 * The chat in a terminal: reads a line, shows the answer as it streams. It speaks only the public interface,
 * like any other client. Ctrl-C stops the answer, and, when none is being written, leaves.
 */

import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { AppError } from "./errors.ts";
import { runningInstance } from "./process/instance.ts";
import { readSettings } from "./settings.ts";
import { readEventData } from "./sse/read-event-data.ts";

/** What is used of an OpenAI chat.completion.chunk. */
const Chunk = t.Object({
  conversation_id: t.Optional(t.String()),
  choices: t.Optional(
    t.Array(
      t.Object({ delta: t.Optional(t.Object({ content: t.Optional(t.Union([t.String(), t.Null()])) })) }),
    ),
  ),
  error: t.Optional(t.Object({ message: t.String() })),
});

const ErrorBody = t.Object({ error: t.Object({ message: t.String() }) });

async function main(): Promise<number> {
  const settings = readSettings(process.env, join(import.meta.dir, ".."));
  const url = runningInstance(settings.dataDir)?.url ?? `http://127.0.0.1:${settings.port}`;
  const health = await fetch(`${url}/health`, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  if (health === null) {
    console.error(`Nothing answers at ${url}. Start it first: ./run.sh start`);
    return 1;
  }
  console.log(`Connected to ${url}. Ctrl-C stops an answer; "exit" leaves.`);
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY,
  });
  let answering: AbortController | null = null;
  terminal.on("SIGINT", () => {
    if (answering === null) terminal.close();
    else answering.abort();
  });

  let conversation: string | undefined;
  terminal.setPrompt("\n> ");
  terminal.prompt();
  for await (const line of terminal) {
    const message = line.trim();
    if (message === "exit" || message === "quit") break;
    if (message !== "") {
      answering = new AbortController();
      conversation = (await answer(url, message, conversation, answering.signal)) ?? conversation;
      answering = null;
    }
    terminal.prompt();
  }
  terminal.close();
  return 0;
}

/**
 * Asks and prints the answer as it comes. An abort asks the server to stop and goes on reading to the end,
 * so that what was written is also what is stored.
 * @returns the id of the conversation, once the server has said it
 */
async function answer(
  url: string,
  message: string,
  conversation: string | undefined,
  stop: AbortSignal,
): Promise<string | undefined> {
  const response = await fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      message,
      ...(conversation === undefined ? {} : { conversation_id: conversation }),
    }),
  }).catch(() => null);
  if (response === null) {
    console.error(`The server at ${url} does not answer. "./run.sh status" tells more.`);
    return undefined;
  }
  if (!response.ok || response.body === null) {
    console.error(await problemOf(response));
    return undefined;
  }
  const generation = response.headers.get("x-generation-id");
  const askToStop = () => {
    if (generation !== null)
      void fetch(`${url}/generations/${generation}/stop`, { method: "POST" }).catch(() => null);
  };
  stop.addEventListener("abort", askToStop, { once: true });
  let id = response.headers.get("x-conversation-id") ?? undefined;
  try {
    for await (const data of readEventData(response.body)) {
      if (data === "[DONE]") break;
      const chunk: unknown = JSON.parse(data);
      if (!Value.Check(Chunk, chunk)) continue;
      id ??= chunk.conversation_id;
      process.stdout.write(chunk.choices?.[0]?.delta?.content ?? "");
      if (chunk.error !== undefined) console.error(`\n${chunk.error.message}`);
    }
  } catch {
    console.error(
      "\nThe connection broke. The answer goes on in the server; open the chat in a browser to see it.",
    );
  }
  stop.removeEventListener("abort", askToStop);
  process.stdout.write("\n");
  return id;
}

async function problemOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  return Value.Check(ErrorBody, body) ? body.error.message : `The server answered ${response.status}.`;
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    console.error(cause.message);
    process.exitCode = 1;
  }
}
