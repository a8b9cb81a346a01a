/** Parses a typed line into a command. It does not run it. */
export type Command =
  | { readonly type: "ask"; readonly message: string }
  | { readonly type: "open"; readonly which: string }
  | { readonly type: "model"; readonly name: string | null }
  | { readonly type: "memorize"; readonly key: string; readonly value: string }
  | { readonly type: PlainCommand }
  | { readonly type: "misused"; readonly problem: string };

type PlainCommand =
  | "nothing"
  | "toggle-streaming"
  | "exit"
  | "help"
  | "stop"
  | "new"
  | "list"
  | "continue"
  | "memories";

/** The words of the original chat, and those with a slash. */
const plain: Readonly<Record<string, PlainCommand>> = {
  "": "nothing",
  stream: "toggle-streaming",
  "/stream": "toggle-streaming",
  exit: "exit",
  quit: "exit",
  "/exit": "exit",
  "/quit": "exit",
  "/help": "help",
  "/?": "help",
  "/stop": "stop",
  "/new": "new",
  "/list": "list",
  "/continue": "continue",
};

export const helpText = `Type a question, or:
  /new                 begin a new conversation
  /list                the conversations of late
  /open N              go on with one of them
  /continue            go on with an answer that was stopped or cut
  /stop                end the answer that is being written (or Ctrl-C)
  /model [NAME]        which models there are; ask another one
  /memory              what is remembered
  /memory KEY = VALUE  remember something
  /CALCULATOR NAME=VALUE ...
                       compute, such as /loan amount=10000 rate=5 years=3
  stream               show answers as they are written, or whole
  exit                 leave (or Ctrl-D)
Several lines can be pasted as one question.`;

export function parseCommand(typed: string): Command {
  const line = typed.trim();
  const known = plain[line.toLowerCase()];
  if (known !== undefined) return { type: known };
  // Only one word after the slash: "/etc/hosts" may begin a question.
  const [, word, rest = ""] = /^\/([a-z?]+)(?:\s+(.*))?$/is.exec(line) ?? [];
  if (word === undefined) return { type: "ask", message: line };
  switch (word.toLowerCase()) {
    case "model":
      return { type: "model", name: rest === "" ? null : rest };
    case "open":
      return rest === ""
        ? { type: "misused", problem: "Which one? /list shows them with their numbers: /open 2" }
        : { type: "open", which: rest };
    case "memory":
      return memoryCommand(rest);
    default:
      // A calculator's command: the server knows them.
      if (/^[a-z][\w-]*\s*=/i.test(rest)) return { type: "ask", message: line };
      return plain[`/${word.toLowerCase()}`] === undefined
        ? { type: "misused", problem: `There is no command /${word}. /help shows the commands.` }
        : { type: "misused", problem: `/${word} stands alone.` };
  }
}

function memoryCommand(fact: string): Command {
  if (fact === "") return { type: "memories" };
  const at = fact.indexOf("=");
  const key = fact.slice(0, Math.max(0, at)).trim();
  const value = fact.slice(at + 1).trim();
  return at > 0 && key !== "" && value !== ""
    ? { type: "memorize", key, value }
    : { type: "misused", problem: "Write it as /memory KEY = VALUE, such as /memory broker = Example Bank" };
}
