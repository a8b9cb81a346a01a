/**
 * How a model writes calls of tools, found out from its template: it is given calls of made-up tools, and what it writes around
 * their names, parameters and values is the form. So a new family needs no code. It knows nothing of grammars.
 */
import type { Tool, ToolCall } from "../../../chat/engine.ts";
import { type ChatTemplate, sharedLength, type TemplateMessage } from "./chat-template.ts";
import { JsonScan } from "./json-scan.ts";

/** All texts as the model writes them, marks among them. */
export interface CallForm {
  /** By this mark alone an answer is known to begin a call. */
  readonly mark: string;
  /** What opens the first call, the mark and the blanks around it, and what stands then before the tool's name. */
  readonly opening: string;
  readonly begin: string;
  /** All that stands before the names of further ones. */
  readonly next: string;
  readonly arguments: JsonArguments | ParameterList;
  /** After the arguments of each call, and after the last one, where some models leave it out. */
  readonly close: string;
  readonly end: string;
}

/** An object in JSON. */
interface JsonArguments {
  readonly kind: "json";
  readonly afterName: string;
}

/** One parameter after the other. */
export interface ParameterList {
  readonly kind: "parameters";
  /** Between the name of the tool and the first parameter's, between a value and the next name, and after the last value. */
  readonly first: string;
  readonly between: string;
  readonly last: string;
  /** In place of all of these for a call without parameters. */
  readonly none: string;
  /** Around a value that is a text, and around others, which are JSON. */
  readonly text: Enclosed;
  readonly other: Enclosed;
}

interface Enclosed {
  readonly open: string;
  readonly close: string;
}

/** The form that Hermes, Qwen and SmolLM models were trained on; models whose templates know no tools are told of it. */
export const hermesForm: CallForm = {
  mark: "<tool_call>",
  opening: "<tool_call>\n",
  begin: '{"name": "',
  next: '\n<tool_call>\n{"name": "',
  arguments: { kind: "json", afterName: '", "arguments": ' },
  close: "}\n</tool_call>",
  end: "",
};

const question: TemplateMessage = { role: "user", content: "question-zero" };
/** Names that no template has. */
const [nameOne, nameTwo, keyOne, keyTwo] = ["tool_qa", "tool_qb", "key_qc", "key_qd"] as const;
const [wordOne, wordTwo] = ["value-qe", "value-qf"] as const;
const [numberOne, numberTwo] = [4_711, 4_712] as const;
const tools: readonly Tool[] = [nameOne, nameTwo].map((name) => ({
  name,
  description: "What it does.",
  parameters: {
    type: "object",
    properties: { [keyOne]: { type: "string" }, [keyTwo]: { type: "string" } },
  },
}));

type Values = Readonly<Record<string, string | number>>;

/**
 * @param thoughtClose what ends a thought there: an empty one may stand before a call
 * @returns null where calls are not shown, or have no mark by which they are known
 */
export function callFormOf(template: ChatTemplate, thoughtClose: string): CallForm | null {
  if (!template.takesTools) return null;
  try {
    return formOf((...calls) => writtenCalls(template, thoughtClose, calls));
  } catch (error) {
    // A form of which something is not where it should be; what a template throws is of any kind.
    if (error instanceof Error) return null;
    throw error;
  }
}

type Written = (...calls: readonly (readonly [name: string, values: Values])[]) => string;

function formOf(written: Written): CallForm | null {
  const words = { [keyOne]: wordOne, [keyTwo]: wordTwo };
  const numbers = { [keyOne]: numberOne, [keyTwo]: numberTwo };
  const one = written([nameOne, words]);
  const head = before(one, nameOne).trimStart();
  const [opening, mark] = /^(<[^<>\n]{1,40}>|\[[A-Z_]+\])\s*/u.exec(head) ?? [];
  if (opening === undefined || mark === undefined) return null;
  const two = written([nameOne, words], [nameTwo, words]);
  const form = jsonForm(one, two) ?? parameterForm(written, one, two, numbers);
  return { mark, opening, begin: head.slice(opening.length), ...form };
}

type Rest = Pick<CallForm, "arguments" | "close" | "next" | "end">;

/** @returns null where the arguments are no JSON */
function jsonForm(one: string, two: string): Rest | null {
  const rest = after(one, nameOne);
  const start = rest.indexOf("{", 0);
  const found = start < 0 ? null : objectAt(rest, start);
  if (found?.[keyOne] !== wordOne) return null;
  const length = JSON.stringify(found).length;
  const end = endOfObject(rest, start);
  if (end - start < length) return null;
  const tail = rest.slice(end);
  const restTwo = after(two, nameOne);
  const mid = before(restTwo.slice(endOfObject(restTwo, start)), nameTwo);
  const close = tail.slice(0, sharedLength(tail, mid));
  return {
    arguments: { kind: "json", afterName: rest.slice(0, start) },
    close,
    next: mid.slice(close.length),
    end: tail.slice(close.length).trimEnd(),
  };
}

function parameterForm(written: Written, one: string, two: string, numbers: Values): Rest {
  const other = written([nameOne, numbers]);
  const empty = after(written([nameOne, {}]), nameOne);
  const first = between(other, nameOne, keyOne);
  const [openText, openOther] = [between(one, keyOne, wordOne), between(other, keyOne, String(numberOne))];
  const separator = between(other, String(numberOne), keyTwo);
  const textSeparator = between(one, wordOne, keyTwo);
  const closeText = textSeparator.slice(0, textSeparator.length - separator.length);
  if (closeText + separator !== textSeparator) throw new RangeError("Texts are enclosed in another way.");
  const tail = after(other, String(numberTwo));
  const shared = commonSuffix(tail, empty);
  const last = tail.slice(0, tail.length - shared.length);
  const mid = before(after(two, wordTwo), nameTwo).slice(closeText.length + last.length);
  const close = shared.slice(0, sharedLength(shared, mid));
  return {
    arguments: {
      kind: "parameters",
      first,
      between: separator,
      last,
      none: empty.slice(0, empty.length - shared.length),
      text: { open: openText, close: closeText },
      other: { open: openOther, close: "" },
    },
    close,
    next: mid.slice(close.length),
    end: shared.slice(close.length).trimEnd(),
  };
}

/** What the model would have written in its turn, without the mark that ends it. */
function writtenCalls(
  template: ChatTemplate,
  thoughtClose: string,
  calls: readonly (readonly [name: string, values: Values])[],
): string {
  const toolCalls: ToolCall[] = calls.map(([name, values], index) => ({
    id: `call-${index}`,
    name,
    arguments: JSON.stringify(values),
  }));
  const called: TemplateMessage = { role: "assistant", content: "", toolCalls };
  const opened = template.text({ messages: [question], tools, opensAnswer: true });
  const whole = template.text({ messages: [question, called], tools, opensAnswer: false });
  const turn = whole.slice(sharedLength(opened, whole));
  const thought = turn.lastIndexOf(thoughtClose, turn.indexOf(calls[0]?.[0] ?? ""));
  const spoken = thought < 0 ? turn : turn.slice(thought + thoughtClose.length);
  return withoutEnd(spoken, turnEnd(template));
}

/** What follows an answer's text in its turn. */
function turnEnd(template: ChatTemplate): string {
  const answer: TemplateMessage = { role: "assistant", content: "answer-one" };
  return after(template.text({ messages: [question, answer], opensAnswer: false }), "answer-one");
}

function withoutEnd(text: string, end: string): string {
  const shared = commonSuffix(text, end);
  return text.slice(0, text.length - shared.length);
}

function objectAt(text: string, start: number): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.slice(start, endOfObject(text, start)));
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    // It is another form.
    return null;
  }
}

/** @returns the end of the object of JSON that begins there; the text's length when it does not end */
function endOfObject(text: string, start: number): number {
  return new JsonScan().endIn(text, start) ?? text.length;
}

function at(text: string, part: string): number {
  const index = text.indexOf(part);
  if (index < 0) throw new RangeError(`${part} is not shown`);
  return index;
}

const before = (text: string, part: string) => text.slice(0, at(text, part));
const after = (text: string, part: string) => text.slice(at(text, part) + part.length);
const between = (text: string, from: string, to: string) => before(after(text, from), to);

function commonSuffix(one: string, other: string): string {
  let length = 0;
  while (length < one.length && length < other.length && one.at(-1 - length) === other.at(-1 - length))
    length++;
  return one.slice(one.length - length);
}
