/** Serves the real app over a model that thinks in pieces before it answers; ends when its input does. */
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const app = openAnsweringApp({
  engines: [
    new ScriptedEngine({
      script: () => ({
        reasoning: Array.from({ length: 40 }, (_, index) => `thought-${"abcd".charAt(index % 4)}`).join(" "),
        reasoningPace: () => Bun.sleep(60),
        answer: "Gold is a metal. It is traded in ounces by many.",
        pace: () => Bun.sleep(60),
      }),
    }),
  ],
});
console.log(app.url);
await serveUntilInputEnds(app);
