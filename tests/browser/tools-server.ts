/** Serves the real app over a scripted engine that calls a tool of the program before it answers; ends when its input does. */
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { calling, toolsOfSize } from "../fakes/model-tools.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const call = (balance: number) => ({
  id: crypto.randomUUID(),
  name: "position-size",
  arguments: JSON.stringify({ balance, currency: "USD", riskPercent: 1, symbol: "EURUSD", stopPips: 25 }),
});

const engine = new ScriptedEngine({
  script: (request) => {
    const question = request.messages.findLast(({ role }) => role === "user")?.content ?? "";
    const calls = question.includes("wrongly") ? [call(25_000)] : [call(10_000)];
    return calling(
      calls,
      "You can trade **0.40 lots**, and perhaps 0.75 lots later.",
      "Let me compute that.",
    )(request);
  },
});
const app = openAnsweringApp({ engines: [engine], toolsFor: toolsOfSize() });
console.log(app.url);
await serveUntilInputEnds(app);
