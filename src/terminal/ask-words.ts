/** What the words after `ask` say. */
export type AskWords =
  | { readonly type: "help" }
  | { readonly type: "misused"; readonly problem: string }
  | {
      readonly type: "ask";
      /** Empty: it comes from standard input. */
      readonly question: string;
      readonly model: string | null;
      readonly conversation: string | null;
      /** One JSON object instead of text. */
      readonly json: boolean;
      /** Text as it is written, instead of whole. */
      readonly streams: boolean;
    };

export const askUsage = `Usage: ask [OPTIONS] [QUESTION …]

  The answer is written to standard output as it comes, everything else to standard error. What comes through
  standard input is the question, or with a question beside it what the question is about:
  cat report.txt | ./run.sh ask "Sum this up in three sentences."
  Both together may have 20,000 characters.

  --json               one JSON object: response, model, finish_reason, usage, conversation_id, generation_id
  --model NAME         ask this model (an id or an alias)
  --conversation ID    go on with this conversation
  --no-stream          the answer at once when it is whole
  --                   what follows is the question, whatever it looks like

Exit codes: 0 answered, 1 the server cannot be reached or lets nobody in, 2 wrong use, 3 the answer failed, 78 a setting
is wrong, 130 stopped by Ctrl-C. What was written until then is kept in the conversation.`;

export function parseAskWords(words: readonly string[]): AskWords {
  const question: string[] = [];
  const values: { model: string | null; conversation: string | null } = { model: null, conversation: null };
  let json = false;
  let streams = true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [, name = "", inline] = /^--(model|conversation)(?:=(.*))?$/s.exec(word) ?? [];
    if (word === "--") {
      question.push(...words.slice(at + 1));
      break;
    }
    if (word === "--help" || word === "-h") return { type: "help" };
    if (word === "--json") json = true;
    else if (word === "--no-stream") streams = false;
    else if (name === "model" || name === "conversation") {
      const value = inline ?? words[++at];
      if (value === undefined || value === "") return misused(`--${name} wants a value after it.`);
      values[name] = value;
    } else if (word.startsWith("--")) return misused(`There is no option ${word}.`);
    else question.push(word);
  }
  return { type: "ask", question: question.join(" ").trim(), ...values, json, streams: streams && !json };
}

const misused = (problem: string): AskWords => ({ type: "misused", problem });
