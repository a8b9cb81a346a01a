/**
 * The app over an engine that calls the tool that it is offered, and counts as far as it is asked to: what a program's own loop
 * of tools does with a call, and what becomes of an answer that a program leaves, does not hang on what a small model says.
 */
import type { GenerateRequest } from "../../../src/chat/engine.ts";
import { type AnsweringApp, openAnsweringApp } from "../../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../../fakes/scripted-engine.ts";

const counted = (last: number) => Array.from({ length: last }, (_, at) => String(at + 1)).join(" ");
/** As checks.py and checks.mjs ask it. */
const asksToCount = /^Count to (\d+)\.$/;

function scriptFor({ messages, tools = [], toolChoice }: GenerateRequest): Script {
  const last = messages.at(-1);
  if (last?.role === "tool") return { answer: `It costs ${last.content}.` };
  const [tool] = tools;
  if (tool !== undefined && toolChoice !== "none")
    return {
      answer: "",
      toolCalls: [{ id: "call_1", name: tool.name, arguments: '{"pair":"EURUSD"}' }],
    };
  const to = asksToCount.exec(last?.content.trim() ?? "")?.[1];
  return to === undefined
    ? { answer: "Gold is a metal." }
    : { answer: counted(Number(to)), pace: () => Bun.sleep(4) };
}

export const openScriptedApp = (): AnsweringApp =>
  openAnsweringApp({
    engines: [new ScriptedEngine({ slots: 16, contextSize: 32_768, script: scriptFor })],
    queueLimit: 64,
    takesClientNames: true,
  });
