/** Serves the real app over a scripted engine that reads its mail and then sends money; ends when its input does. */
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const call = (name: string, given: object) => ({
  answer: "",
  toolCalls: [{ id: crypto.randomUUID(), name: `bank__${name}`, arguments: JSON.stringify(given) }],
});

function script({ messages, tools = [] }: GenerateRequest): Script {
  const results = messages.filter(({ role }) => role === "tool").length;
  if (tools.length === 0) return { answer: "I have no tools." };
  if (results === 0) return call("read_mail", {});
  if (results === 1)
    return call("send_money", { to: "Huber AG", amount: 4310.55, note: "As you said, for the roof" });
  return { answer: "The invoice over 4,310.55 CHF is paid, not one of 999 CHF." };
}

const app = openAnsweringApp({ engines: [new ScriptedEngine({ script })] });
console.log(app.url);
await serveUntilInputEnds(app);
