/** What a conversation is given: its name, its folder, its instructions, its place in a list; checked. */
import { InvalidRequestError } from "../errors.ts";
import type { OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";

/** In characters. */
export const longestInstructions = 8_000;

export function named(text: string, what: "title" | "folder", longest: number): string {
  const name = text.replaceAll(/\s+/g, " ").trim();
  if (name !== "" && name.length <= longest) return name;
  throw new InvalidRequestError(say`${{ verbatim: what }} must be a text of 1 to ${longest} characters.`, {
    param: what,
  });
}

export function checkedInstructions(instructions: string): string {
  const text = instructions.trim();
  if (text.length <= longestInstructions) return text;
  throw new InvalidRequestError(
    say`Instructions can have at most ${longestInstructions} characters; yours have ${text.length}. Shorten them.`,
    { param: "instructions" },
  );
}

export function positionOf(cursor: string): { updatedAt: number; id: string } {
  const [, updatedAt, id] = /^(\d{1,15})\.([\w-]{1,100})$/.exec(cursor) ?? [];
  if (updatedAt !== undefined && id !== undefined) return { updatedAt: Number(updatedAt), id };
  throw new InvalidRequestError(say`cursor must be the \`next\` of the page before.`, { param: "cursor" });
}

/** One without a question, which will give it another name. @throws InvalidRequestError for instructions that are too long */
export const emptyConversation = (title: string, instructions: string, ownerId: OwnerId, now: number) => ({
  ...{ id: Bun.randomUUIDv7(), title, instructions: checkedInstructions(instructions) },
  ...{ ownerId, createdAt: now, updatedAt: now },
});
