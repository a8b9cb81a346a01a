/**
 * The grammars that hold an answer to JSON, or to calls of the tools that were offered. It knows nothing of sampling.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
 */
import type { GbnfJsonSchema, Llama, LlamaGrammar } from "node-llama-cpp";
import type { AnswerFormat, Tool, ToolChoice } from "../../chat/engine.ts";
import { InvalidRequestError, UnsupportedRequestError, UnsupportedToolError } from "../../errors.ts";
import { type HeldSchema, heldSchema } from "./grammar-schema.ts";
import { type Rules, withOptional } from "./optional-properties.ts";
import { plainFormGrammar } from "./plain-form.ts";
import type { CallForm, ParameterList } from "./template/call-form.ts";
import { choicesOf, isRequired, isText, parametersOf } from "./template/tool-parameters.ts";

/** The tools that an answer may call, and how. */
interface OfferedTools {
  readonly form: CallForm;
  readonly tools: readonly Tool[];
  readonly choice: ToolChoice | undefined;
  readonly parallel: boolean;
}

/** The most calls in one answer: a small model that has begun to call would never stop. */
const mostCalls = 8;

/** @throws UnsupportedRequestError */
export async function grammarOfFormat(llama: Llama, format: AnswerFormat): Promise<LlamaGrammar> {
  if (format.type !== "json" && format.type !== "json-schema") return await plainFormGrammar(llama, format);
  const { rule, rules } = await rulesOfFormat(llama, format);
  return await compiled(llama, [`root ::= ${rule}`, ...rules]);
}

/**
 * An answer that is either of a form or calls of tools, its opening of a first call included. What begins with the mark of a
 * call is one: no JSON does.
 * @throws UnsupportedRequestError
 */
export async function grammarOfFormatOrCalls(
  llama: Llama,
  format: AnswerFormat,
  offered: OfferedTools,
): Promise<LlamaGrammar> {
  const form = await rulesOfFormat(llama, format);
  const own = renaming(form.rules, "form");
  const calls = await rulesOfCalls(llama, { ...offered, choice: "auto" });
  return await compiled(llama, [
    `root ::= ${own(form.rule)} | ${literal(offered.form.opening)} ${calls.rule}`,
    ...form.rules.map(own),
    ...calls.rules,
  ]);
}

/**
 * What follows the opening of a first call: that call whole, and further ones where they are allowed. A tool that the choice
 * names is called once.
 * @see https://platform.openai.com/docs/guides/function-calling#tool-choice
 * @throws UnsupportedRequestError, InvalidRequestError when the choice names a tool that is not offered
 */
export async function grammarOfCalls(llama: Llama, offered: OfferedTools): Promise<LlamaGrammar> {
  const { rule, rules } = await rulesOfCalls(llama, offered);
  return await compiled(llama, [`root ::= ${rule}`, ...rules]);
}

async function rulesOfCalls(llama: Llama, { form, tools, choice, parallel }: OfferedTools): Promise<Rules> {
  const allowed = typeof choice === "object" ? tools.filter(({ name }) => name === choice.name) : tools;
  if (allowed.length === 0)
    throw new InvalidRequestError("tool_choice names a function that is not among the tools.", {
      param: "tool_choice",
    });
  // Names of definitions are each tool's own: every tool has its rules to itself.
  const calls = await Promise.all(
    allowed.map(async (tool, index) => {
      const { rule, rules } = await ofTool(tool.name, () => argumentRules(llama, form, tool));
      const own = renaming(rules, `tool${index}`);
      return [`call${index} ::= ${literal(tool.name)} ${own(rule)}`, ...rules.map(own)];
    }),
  );
  const isOne = !parallel || typeof choice === "object";
  const more = isOne ? "" : ` (${literal(form.next)} call){0,${mostCalls - 1}}`;
  const call = `call ::= (${allowed.map((_, index) => `call${index}`).join(" | ")}) ${literal(form.close)}`;
  const end = form.end === "" ? "" : ` ${literal(form.end)}?`;
  return { rule: `${literal(form.begin)} call${more}${end}`, rules: [call, ...calls.flat()] };
}

/** What follows the name of a tool. */
async function argumentRules(llama: Llama, { arguments: form }: CallForm, tool: Tool): Promise<Rules> {
  const { parameters, strict = false } = tool;
  if (form.kind === "parameters") return await parameterRules(llama, form, tool);
  const { rule, rules } = await ruleOf(llama, heldSchema(withObject(parameters), strict));
  return { rule: `${literal(form.afterName)} ${rule}`, rules };
}

/** One parameter after the other, in their order; those that need not be there may be left out. */
async function parameterRules(llama: Llama, form: ParameterList, tool: Tool): Promise<Rules> {
  const parameters = parametersOf(tool);
  const { $defs, definitions } = tool.parameters;
  const values = await Promise.all(
    parameters.map(async ([name, schema], index) => {
      const { open, close } = isText(schema) ? form.text : form.other;
      const head = `${literal(name + open)} value${index} ${literal(close)}`;
      if (isText(schema))
        return [`parameter${index} ::= ${head}`, `value${index} ::= ${textRule(schema, form)}`];
      const whole = {
        ...($defs === undefined ? {} : { $defs }),
        ...(definitions === undefined ? {} : { definitions }),
      };
      const { rule, rules } = await ruleOf(llama, heldSchema({ ...whole, ...schema }, tool.strict ?? false));
      const own = renaming(rules, `value${index}`);
      return [`parameter${index} ::= ${head}`, `value${index} ::= ${own(rule)}`, ...rules.map(own)];
    }),
  );
  // After each parameter the rest is another one, depending on whether one was written yet.
  const rests = parameters.flatMap(([name], index) => {
    const isNeeded = isRequired(tool, name);
    const skipped = (state: string) => (isNeeded ? "" : ` | ${state}${index + 1}`);
    return [
      `none${index} ::= ${literal(form.first)} parameter${index} some${index + 1}${skipped("none")}`,
      `some${index} ::= ${literal(form.between)} parameter${index} some${index + 1}${skipped("some")}`,
    ];
  });
  const ends = [
    `none${parameters.length} ::= ${literal(form.none)}`,
    `some${parameters.length} ::= ${literal(form.last)}`,
  ];
  return { rule: "none0", rules: [...rests, ...ends, ...values.flat()] };
}

/** A text up to what ends it, of which it has not even the beginning. */
function textRule(schema: Readonly<Record<string, unknown>>, form: ParameterList): string {
  const choices = choicesOf(schema);
  if (choices !== null) return choices.map(literal).join(" | ");
  const end = form.text.close + form.between;
  const mark = end.indexOf("<");
  if (mark < 0) return `[^${inClass(end.trimStart().charAt(0))}\\x00-\\x08]*`;
  return `([^<\\x00-\\x08] | "<" [^<${inClass(end.charAt(mark + 1))}])*`;
}

const inClass = (letter: string) => letter.replace(/[\]\\^-]/, "\\$&");

const compiled = (llama: Llama, rules: readonly string[]): Promise<LlamaGrammar> =>
  refusing(llama.createGrammar({ grammar: rules.join("\n") }));

/** What is written out bound by bound can become too large for llama.cpp, and it follows no schema that is itself. */
async function refusing<T extends LlamaGrammar>(making: Promise<T>): Promise<T> {
  try {
    return await making;
  } catch (cause) {
    throw new UnsupportedRequestError(
      "The schema is too large for this engine, or refers to nothing but itself. Take bounds (maxItems, maxLength) or levels out of it.",
      { param: "response_format" },
      { cause },
    );
  }
}

/** Names the tool whose parameters no grammar can express. */
async function ofTool<T>(name: string, making: () => Promise<T>): Promise<T> {
  try {
    return await making();
  } catch (cause) {
    if (!(cause instanceof UnsupportedRequestError)) throw cause;
    throw new UnsupportedToolError(name, `The tool ${name}: ${cause.message}`, { cause });
  }
}

const literal = (text: string) => JSON.stringify(text);

/**
 * Arguments are an object. One of which no property is named is what a tool without parameters looks like: left open, it
 * would have the model invent some.
 */
function withObject(parameters: Tool["parameters"]): Tool["parameters"] {
  const { type = "object", properties = {}, patternProperties } = parameters;
  if (type !== "object") return parameters;
  const takesNone = Object.keys(properties ?? {}).length === 0 && patternProperties === undefined;
  return { type, ...(takesNone ? { additionalProperties: false } : {}), ...parameters };
}

/** The library ends its root with blank lines, by which it knows the end; here the end of generation tells it. */
const libraryEnd = / "\\n\\n\\n\\n" \[\\n\]\*$/;

async function rulesOfFormat(llama: Llama, format: AnswerFormat): Promise<Rules> {
  if (format.type === "json") return { rule: "json-object", rules: jsonRules };
  if (format.type !== "json-schema")
    throw new UnsupportedRequestError(
      "This engine cannot hold an answer to such a form where it may call tools, too. Leave the form or the tools out.",
      { param: "tools" },
    );
  return await ruleOf(llama, heldSchema(format.schema, format.strict ?? false));
}

async function ruleOf(llama: Llama, { schema, leaves, optionalMark }: HeldSchema): Promise<Rules> {
  const { grammar } = await refusing(
    llama.createGrammarForJsonSchema<
      GbnfJsonSchema<Record<string, GbnfJsonSchema>>,
      Record<string, GbnfJsonSchema>
    >(schema),
  );
  const [root = "", ...rules] = grammar.split("\n");
  const rule = root.replace(/^root ::= /, "").replace(libraryEnd, "");
  if (rule === root || libraryEnd.test(root) === false)
    throw new Error("The library writes its grammars otherwise now.");
  const all = withOptional({ rule, rules: rules.map(withFiniteNumbers) }, optionalMark);
  return leaves.size === 0 ? all : withLeaves(all, leaves);
}

/** Puts rules of our own in the place of the texts that stand for them. */
function withLeaves({ rule, rules }: Rules, leaves: ReadonlyMap<string, string>): Rules {
  const names = new Map([...leaves.keys()].map((text, index) => [literal(literal(text)), `own-${index}`]));
  const replaced = (text: string) =>
    text.replaceAll(/"(?:\\.|[^"\\])*"/g, (quoted) => names.get(quoted) ?? quoted);
  return {
    rule: replaced(rule),
    rules: [
      ...rules.map(replaced),
      ...[...leaves.values()].map((expression, index) => `own-${index} ::= ${expression}`),
    ],
  };
}

const whole = '"-"? ("0" | [1-9] [0-9]{0,15})';
const numberRules: Readonly<Record<string, string>> = {
  "integer-number-rule": whole,
  "fractional-number-rule": `${whole} ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,2})?`,
};

/** Blanks are bounded, or a small model would write nothing else. */
const jsonRules = [
  'json-object ::= "{" json-blank (json-member ("," json-blank json-member)*)? "}"',
  'json-member ::= json-string ":" json-blank json-value json-blank',
  'json-array ::= "[" json-blank (json-item ("," json-blank json-item)*)? "]"',
  "json-item ::= json-value json-blank",
  'json-value ::= json-object | json-array | json-string | json-number | "true" | "false" | "null"',
  'json-string ::= "\\"" ([^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\\""',
  `json-number ::= ${numberRules["fractional-number-rule"]}`,
  'json-blank ::= | " " | "\\n" [ \\t]{0,20}',
];

/** The library's integers may be 1e-5, and its numbers 1e999, which no program can read as a number. */
function withFiniteNumbers(rule: string): string {
  const name = rule.slice(0, rule.indexOf(" ::= "));
  const number = numberRules[name];
  return number === undefined ? rule : `${name} ::= ${number}`;
}

/** Gives rules a prefix, in their own lines and where they are named; what stands in quotes or brackets is text. */
function renaming(rules: readonly string[], prefix: string): (text: string) => string {
  const names = new Set(rules.map((rule) => rule.slice(0, rule.indexOf(" ::= "))));
  return (text) =>
    text.replaceAll(/"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|[a-zA-Z][\w-]*/g, (token) =>
      names.has(token) ? `${prefix}-${token}` : token,
    );
}
