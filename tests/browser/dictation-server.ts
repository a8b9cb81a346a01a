/** Serves the real app with a speech-to-text server (STT_URL); ends when its input does. */
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const app = openAnsweringApp({
  engines: [new ScriptedEngine({ script: () => ({ answer: "Gold is a metal." }) })],
  settings: { STT_URL: process.env.STT_URL ?? "" },
});
console.log(app.url);
await serveUntilInputEnds(app);
