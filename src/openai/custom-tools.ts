/**
 * Tools that take a text in place of JSON (type "custom"). A model is offered a function with one text, `input`; what it calls
 * is told in the form of such tools again.
 * @see https://platform.openai.com/docs/guides/function-calling#custom-tools
 */
import type { ApiRequest } from "../chat/api-request.ts";
import type { Tool, ToolCall } from "../chat/engine.ts";
import type { CallDelta } from "../generations/call-deltas.ts";

interface SentFormat {
  readonly [field: string]: unknown;
}

/** @param unsupported gets the syntax of a grammar that no engine can use */
export function customTool(
  name: string,
  description: string | null | undefined,
  format: SentFormat | null | undefined,
  unsupported: (syntax: string) => void,
): Tool {
  const pattern = patternOf(format, unsupported);
  return {
    name,
    ...(description == null ? {} : { description }),
    parameters: {
      type: "object",
      properties: { input: { type: "string", ...(pattern === null ? {} : { pattern }) } },
      required: ["input"],
      additionalProperties: false,
    },
    custom: format == null ? {} : { format },
  };
}

/** Both interfaces name a grammar: one beside the format's type, the other in an object of its own. */
function patternOf(
  format: SentFormat | null | undefined,
  unsupported: (syntax: string) => void,
): string | null {
  if (format == null || format.type !== "grammar") return null;
  const { syntax, definition } = { ...format, ...Object(format.grammar) };
  if (syntax === "regex" && typeof definition === "string") return `^(?:${definition})$`;
  unsupported(String(syntax));
  return null;
}

export const customNames = (request: ApiRequest | null): ReadonlySet<string> =>
  new Set((request?.tools ?? []).flatMap((tool) => (tool.custom === undefined ? [] : [tool.name])));

/** The text of a call, as far as it came. */
export function inputOf(given: string): string {
  try {
    const { input } = Object(JSON.parse(given));
    return typeof input === "string" ? input : given;
  } catch {
    return begunInput(given);
  }
}

/** Up to the last character that is whole: an escape may be cut, and half of a pair of them. */
function begunInput(given: string): string {
  const [head = ""] = /^\s*\{\s*"input"\s*:\s*"/.exec(given) ?? [];
  if (head === "") return "";
  const rest = given.slice(head.length);
  let end = 0;
  while (end < rest.length && rest[end] !== '"') {
    const length = rest[end] !== "\\" ? 1 : rest[end + 1] === "u" ? 6 : 2;
    if (end + length > rest.length) break;
    end += length;
  }
  try {
    return String(JSON.parse(`"${rest.slice(0, end)}"`)).replace(/[\uD800-\uDBFF]$/, "");
  } catch {
    return "";
  }
}

/** What the pieces of a call's JSON add to its text. */
export class InputPieces {
  #json = "";
  #told = "";

  push(piece: string): string {
    this.#json += piece;
    const input = begunInput(this.#json);
    const fresh = input.slice(this.#told.length);
    this.#told = input;
    return fresh;
  }
}

export const calledCustom = ({ id, name, arguments: given }: ToolCall) => ({
  id,
  type: "custom" as const,
  custom: { name, input: inputOf(given) },
});

interface CustomDelta extends Omit<CallDelta, "type" | "function"> {
  readonly type?: "custom";
  readonly custom: { readonly name?: string; readonly input: string };
}

/** The pieces of calls in the form of their tools. */
export class CustomDeltas {
  readonly #names: ReadonlySet<string>;
  readonly #begun = new Map<number, InputPieces>();

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  /** null: nothing new of the text */
  of(delta: CallDelta): CallDelta | CustomDelta | null {
    const { index, id, function: called } = delta;
    if (called.name !== undefined && this.#names.has(called.name)) {
      const pieces = new InputPieces();
      this.#begun.set(index, pieces);
      const custom = { name: called.name, input: pieces.push(called.arguments) };
      return { index, ...(id === undefined ? {} : { id }), type: "custom", custom };
    }
    const pieces = this.#begun.get(index);
    if (pieces === undefined) return delta;
    const input = pieces.push(called.arguments);
    return input === "" ? null : { index, custom: { input } };
  }
}
