/** Parses the words after `ask`. */
import { parseArgs } from "node:util";
import { MisuseError } from "../cli/run.ts";

export interface AskWords {
  /** Empty: the question comes from standard input. */
  readonly question: string;
  readonly model: string | null;
  readonly conversation: string | null;
  /** One JSON object instead of text. */
  readonly json: boolean;
  /** Shows the text while it is generated, instead of at the end. */
  readonly streams: boolean;
}

export const askUsage = `Usage: ask [OPTIONS] [QUESTION …]

  The answer is written to standard output as it comes, everything else to standard error. What comes through
  standard input is the question, or with a question beside it what the question is about:
  cat report.txt | ./run.sh ask "Sum this up in three sentences."
  Both together may have 20,000 characters.

  --json               one JSON object: response, model, finish_reason, usage, facts, figures, conversation_id,
                       generation_id
  --model NAME         ask this model (an id or an alias)
  --conversation ID    go on with this conversation
  --no-stream          the answer at once when it is whole, with [?] after each figure that nothing proves
  --                   what follows is the question, whatever it looks like

Exit codes: 0 answered, 1 the server cannot be reached or lets nobody in, 2 wrong use, 3 the answer failed, 78 a setting
is wrong, 130 stopped by Ctrl-C. What was written until then is kept in the conversation.`;

const options = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  "no-stream": { type: "boolean" },
  model: { type: "string" },
  conversation: { type: "string" },
} as const;

/**
 * A word such as -5 is part of the question: only --names are options, and -h.
 * @throws MisuseError that names the option that is unknown or has no value
 */
export function parseAskWords(words: readonly string[]): AskWords | "help" {
  const end = words.indexOf("--");
  const named = end < 0 ? words : words.slice(0, end);
  const literal = new Set(named.filter((word) => /^-[^-h]/.test(word)));
  const args = named.map((word) => (literal.has(word) ? ` ${word}` : word));
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    if (!Object.hasOwn(options, token.name)) throw new MisuseError(`There is no option ${token.rawName}.`);
    const wantsValue = token.name === "model" || token.name === "conversation";
    if (wantsValue && (token.value ?? "") === "") throw new MisuseError(`${token.rawName} needs a value.`);
  }
  if (values.help === true) return "help";
  const question = [...positionals, ...(end < 0 ? [] : words.slice(end + 1))].map((word) => word.trim());
  const json = values.json === true;
  return {
    question: question.join(" ").trim(),
    model: textOf(values.model),
    conversation: textOf(values.conversation),
    json,
    streams: values["no-stream"] !== true && !json,
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : null);
