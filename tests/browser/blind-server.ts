/** Serves the real app over a scripted engine that sees no pictures; ends when its input does. */
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const app = openAnsweringApp({
  engines: [
    new ScriptedEngine({ contextSize: 1_000, script: () => ({ answer: "It says that gold rose." }) }),
  ],
  seesPictures: false,
});
console.log(app.url);
await serveUntilInputEnds(app);
