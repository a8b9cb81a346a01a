/**
 * The numbers that /api/generate gives with an answer, and that programs send back with the next prompt, so that it follows what
 * was said. In Ollama's they are the tokens of all that; here they name the answer, whose prompt and text are stored.
 */
import type { ChatMessage } from "../chat/engine.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";

const bitsOfNumber = 16;
const numbers = 8;

/** The answer's id, sixteen bits a number. */
export const contextOf = ({ id }: Generation): readonly number[] =>
  (id.replaceAll("-", "").match(/.{4}/g) ?? []).map((digits) => Number.parseInt(digits, 16));

function idOf(context: readonly number[]): string | null {
  const isId = context.length === numbers && context.every((part) => part >= 0 && part < 2 ** bitsOfNumber);
  if (!isId) return null;
  const digits = context.map((part) => part.toString(16).padStart(4, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** @returns null for numbers that name no answer of theirs */
export function messagesBefore(
  { generations }: Workspace,
  context: readonly number[],
): readonly ChatMessage[] | null {
  const id = idOf(context);
  const generation = id === null ? undefined : generations.get(id);
  if (generation?.request == null || generation.request.prompt !== undefined) return null;
  const { text } = generations.textSoFar(generation.id);
  return [...generation.request.messages, { role: "assistant", content: text }];
}
