/**
 * The tools of a request of /v1: functions, and tools that take a text, are offered to the model; other kinds run nowhere here
 * and are passed over.
 */
import type { Tool, ToolChoice } from "../chat/engine.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { customTool } from "./custom-tools.ts";

/** A function as both interfaces describe it. */
interface SentFunction {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly parameters?: Readonly<Record<string, unknown>> | null;
  readonly strict?: boolean | null;
  /** Of a tool that takes a text. */
  readonly format?: Readonly<Record<string, unknown>> | null;
}

interface SentTool {
  readonly type: string;
  /** null: it stands at another place, or is missing. */
  readonly described: SentFunction | null;
}

/** @throws BadFieldError for a function or a custom tool that has no name */
export function offeredTools(tools: readonly SentTool[], ignored: IgnoredFields): readonly Tool[] {
  return tools.flatMap(({ type, described }, index) => {
    const place = `tools[${index}]`;
    if (type !== "function" && type !== "custom") {
      ignored.note(`${place}.type=${type}`);
      return [];
    }
    if (described?.name == null)
      throw new BadFieldError(place, `must be a ${type === "custom" ? "custom tool" : type} with a name.`);
    const { name, description, format } = described;
    if (type === "function") return [toolOf(described, name)];
    return [customTool(name, description, format, (syntax) => ignored.note(`${place}.format=${syntax}`))];
  });
}

export function toolOf({ description, parameters, strict }: SentFunction, name: string): Tool {
  return {
    name,
    parameters: parameters ?? {},
    ...(description == null ? {} : { description }),
    ...(strict == null ? {} : { strict }),
  };
}

/** What a client may send in place of a word: a function's name, the tools that are allowed, or a tool of another kind. */
interface SentChoice {
  readonly type: string;
  readonly name?: string | null;
  /** Of allowed_tools: how many of them are called. */
  readonly mode?: string | null;
}

/** @throws BadFieldError when it names a function that is not offered */
export function choiceOf(
  choice: string | SentChoice,
  tools: readonly Tool[],
  ignored: IgnoredFields,
): ToolChoice {
  if (typeof choice === "string") return choiceInWords(choice, tools, ignored);
  if (choice.type === "allowed_tools") {
    ignored.note("tool_choice.tools");
    return choiceInWords(choice.mode ?? "auto", tools, ignored);
  }
  if (choice.type !== "function" && choice.type !== "custom") {
    ignored.note(`tool_choice.type=${choice.type}`);
    return "auto";
  }
  const { name } = choice;
  if (name == null || tools.every((tool) => tool.name !== name))
    throw new BadFieldError(
      "tool_choice",
      `names a ${choice.type === "custom" ? "tool" : "function"} that is not among the tools.`,
    );
  return { name };
}

function choiceInWords(choice: string, tools: readonly Tool[], ignored: IgnoredFields): ToolChoice {
  if (choice !== "auto" && choice !== "none" && choice !== "required")
    throw new BadFieldError("tool_choice", 'must be "none", "auto", "required" or name a function.');
  if (choice !== "required" || tools.length > 0) return choice;
  if (ignored.has("tools[")) {
    ignored.note("tool_choice=required");
    return "auto";
  }
  throw new BadFieldError("tool_choice", "requires a call, but there are no tools.");
}
