/**
 * Serves the real app with the real embedding model, over an engine that says what it was told: the memory that stands before a
 * question, or a passage of a document. It proposes what a user states. Ends when its input does.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { AskDesk } from "../../src/generations/answer-writer.ts";
import { rememberInChat } from "../../src/workspace/remember-in-chat.ts";
import { openEvalEmbedder } from "../eval/eval-embedder.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const proposed = "I never trade on Fridays.";

function answerTo(prompt: string): string {
  const passage = /^\[(\d+)\] .*:\n\| (.*excess.*)$/m.exec(prompt);
  if (passage !== null) return `The document says: “${passage[2] ?? ""}” [${passage[1] ?? ""}]`;
  const told = /^- The user said(?: of [^:]*)?: (.*)$/m.exec(prompt)?.[1];
  return told === undefined ? "I know nothing of that." : `You told me: ${told}`;
}

/** It ends with the server. */
const folder = process.env.WALK_FOLDER ?? "";
let remember: AskDesk | null = null;
const engine = new ScriptedEngine({
  contextSize: 8_000,
  script: ({ generationId, messages }) => ({
    answer: generationId.startsWith("proposal:")
      ? JSON.stringify({ remember: [{ sentence: proposed, about: "Fridays" }] })
      : answerTo(messages.at(-1)?.content ?? ""),
  }),
});
const small = await openEvalEmbedder();
const app = openAnsweringApp({
  engines: [engine],
  proposes: true,
  recallBy: small.embedder,
  dataDir: join(folder, "data"),
  askDesk: async (question, asked) => (await remember?.(question, asked)) ?? null,
});
remember = rememberInChat({ memory: app.memory, store: app.store, desk: async () => null });
// What is erased leaves the files when the program has time for it.
const tidying = setInterval(() => app.store.space.emptyLog(), 200);
console.log(app.url);
await serveUntilInputEnds({
  async [Symbol.asyncDispose]() {
    clearInterval(tidying);
    await app[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  },
});
