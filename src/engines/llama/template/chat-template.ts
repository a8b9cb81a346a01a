/**
 * A model's own chat template, in Jinja: it decides how turns, tools and thoughts are written, and what opens an answer. What it
 * refuses is tried in the ways that templates commonly take. It knows nothing of tokens.
 * @see https://huggingface.co/docs/transformers/chat_templating
 */
import { Template } from "@huggingface/jinja";
import type { ChatMessage, Tool } from "../../../chat/engine.ts";
import { type PromptPiece, StandIns } from "./rendered-pieces.ts";

/** The texts of the tokens that begin and end a sequence; null: the model has none. */
export interface EdgeTokens {
  readonly bos: string | null;
  readonly eos: string | null;
}

export interface Conversation {
  readonly messages: readonly TemplateMessage[];
  readonly tools?: readonly Tool[];
  /** Values of the template's own (`enable_thinking`, …). */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Whether an answer is opened at the end. */
  readonly opensAnswer: boolean;
}

/** A message, with the thought before it where a template shall show how it writes one. */
export type TemplateMessage = Pick<ChatMessage, "role" | "content" | "toolCalls" | "toolCallId"> & {
  readonly thought?: string;
};

type Value = string | boolean | number | null | readonly Value[] | { readonly [name: string]: Value };

/** How a conversation is changed for a template that refuses it as it is. */
const ways: readonly ((messages: readonly TemplateMessage[]) => readonly TemplateMessage[])[] = [
  (messages) => messages,
  joined,
  systemAsUser,
  (messages) => joined(systemAsUser(messages)),
];

export class ChatTemplate {
  readonly #template: Template;
  readonly #edges: EdgeTokens;
  /** Whether the template itself says what tools there are. */
  readonly takesTools: boolean;

  private constructor(
    readonly source: string,
    template: Template,
    edges: EdgeTokens,
  ) {
    this.#template = template;
    this.#edges = edges;
    this.takesTools = this.#showsTools();
  }

  /** @returns null where the text is no template that shows a conversation as it is */
  static of(text: string, edges: EdgeTokens): ChatTemplate | null {
    try {
      const template = new ChatTemplate(text, new Template(text), edges);
      template.render({ messages: sample, opensAnswer: true });
      return template;
    } catch {
      // Whatever it lacks: the library has ways of its own for such a model.
      return null;
    }
  }

  /** @throws Error when the template refuses the conversation in every way */
  render(conversation: Conversation): readonly PromptPiece[] {
    let refusal: unknown;
    for (const way of ways) {
      try {
        return this.#rendered({ ...conversation, messages: way(conversation.messages) });
      } catch (error) {
        refusal ??= error;
      }
    }
    throw refusal;
  }

  /** The same as one text. */
  text(conversation: Conversation): string {
    return this.render(conversation)
      .map(({ text }) => text)
      .join("");
  }

  #rendered({ messages, tools = [], fields = {}, opensAnswer }: Conversation): readonly PromptPiece[] {
    const standIns = new StandIns();
    const names = new Map(
      messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id, name }) => [id, name])),
    );
    const ids = [...names.keys()];
    const given = {
      ...fields,
      messages: messages.map((message) => messageValue(message, { standIns, names, ids })),
      add_generation_prompt: opensAnswer,
      bos_token: this.#edges.bos ?? "",
      eos_token: this.#edges.eos ?? "",
      ...(tools.length === 0 ? {} : { tools: tools.map((tool) => toolValue(tool, standIns)) }),
    };
    return standIns.piecesOf(this.#template.render(given));
  }

  /** Some show the tools, but leave out the calls of earlier turns. */
  #showsTools(): boolean {
    const name = "name_of_a_tool";
    const tools = [{ name, description: "What it does.", parameters: { type: "object", properties: {} } }];
    const toolCalls = [{ id: "call", name, arguments: '{"key":"word"}' }];
    const called: TemplateMessage[] = [
      { role: "assistant", content: "", toolCalls },
      { role: "tool", content: "result", toolCallId: "call" },
    ];
    try {
      const shown = this.text({ messages: sample, tools, opensAnswer: true });
      this.text({ messages: [...sample, ...called, ...sample.slice(1)], tools, opensAnswer: true });
      return shown.includes(name);
    } catch {
      return false;
    }
  }
}

const sample: readonly TemplateMessage[] = [
  { role: "user", content: "One." },
  { role: "assistant", content: "Two." },
  { role: "user", content: "Three." },
];

interface Naming {
  readonly standIns: StandIns;
  /** Of calls, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly ids: readonly string[];
}

/** In the form that programs send, which templates expect. */
function messageValue(message: TemplateMessage, { standIns, names, ids }: Naming): Value {
  const { role, content, toolCalls = [], toolCallId, thought } = message;
  const said = { role, content: standIns.of(content) };
  if (role === "tool" && toolCallId !== undefined)
    return { ...said, tool_call_id: shortId(ids.indexOf(toolCallId)), name: names.get(toolCallId) ?? "tool" };
  // Templates have three names for it.
  const thinking = thought === undefined ? {} : thoughtNames(standIns.of(thought));
  if (toolCalls.length === 0) return { ...said, ...thinking };
  return {
    ...said,
    ...thinking,
    tool_calls: toolCalls.map(({ id, name, arguments: given }) => ({
      id: shortId(ids.indexOf(id)),
      type: "function",
      function: { name, arguments: argumentsValue(given, standIns) },
    })),
  };
}

const thoughtNames = (thought: string) => ({
  reasoning_content: thought,
  reasoning: thought,
  thinking: thought,
});

/** Mistral's templates take ids of nine letters alone. */
const shortId = (index: number) => `call${String(Math.max(0, index)).padStart(5, "0")}`;

function argumentsValue(given: string, standIns: StandIns): Value {
  try {
    const value: unknown = JSON.parse(given.trim() === "" ? "{}" : given);
    return standingIn(value, standIns);
  } catch {
    // A call that was cut off.
    return standIns.of(given);
  }
}

function standingIn(value: unknown, standIns: StandIns): Value {
  if (typeof value === "string") return standIns.of(value);
  if (Array.isArray(value)) return value.map((item) => standingIn(item, standIns));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, standingIn(item, standIns)]),
    );
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** What a program says of its tool is text, too; its names and its schema are read by some templates. */
function toolValue({ name, description, parameters }: Tool, standIns: StandIns): Value {
  return {
    type: "function",
    function: {
      name,
      ...(description === undefined ? {} : { description: standIns.of(description) }),
      parameters: plainValue(parameters),
    },
  };
}

const plainValue = (value: unknown): Value => JSON.parse(JSON.stringify(value));

/** Templates of some models want turns to alternate. */
function joined(messages: readonly TemplateMessage[]): readonly TemplateMessage[] {
  const result: TemplateMessage[] = [];
  for (const message of messages) {
    const last = result.at(-1);
    const isPlain = (one: TemplateMessage) => one.role !== "tool" && (one.toolCalls ?? []).length === 0;
    if (last !== undefined && last.role === message.role && isPlain(last) && isPlain(message))
      result[result.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` };
    else result.push(message);
  }
  return result;
}

/** Some know no system message: it stands before the first question. */
function systemAsUser(messages: readonly TemplateMessage[]): readonly TemplateMessage[] {
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const rest = messages.filter(({ role }) => role !== "system");
  const [first, ...others] = rest;
  if (system.length === 0 || first === undefined) return messages;
  if (first.role !== "user") return [{ role: "user", content: system.join("\n\n") }, ...rest];
  return [{ ...first, content: [...system, first.content].join("\n\n") }, ...others];
}

/** @returns how long the beginning is that two texts share; it ends before a mark that it would cut */
export function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  const mark = one.lastIndexOf("<", length - 1);
  return mark >= 0 && !one.slice(mark, length).includes(">") ? mark : length;
}
