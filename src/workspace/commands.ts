/**
 * The commands that can be written in place of a question: "/remember My broker charges $7 a lot". The list, the help and the
 * reading of them follow from this table and from the calculators. It runs none of them.
 */
import type { Calculator } from "../finance/calculators/calculator.ts";
import { calculators } from "../finance/calculators/calculators.ts";
import { commandLineIn } from "../finance/desk/slash-command.ts";

interface CommandWords {
  readonly name: string;
  /** What is written after the name; '' for nothing. */
  readonly takes: string;
  readonly meaning: string;
  /** A calculator's command with inputs, which can be changed and sent. */
  readonly example?: string;
  /** Other words by which it is found. */
  readonly alsoFoundBy: readonly string[];
}

const chatCommands = [
  {
    name: "remember",
    aliases: ["merken", "recordar"],
    takes: "TEXT",
    meaning: "Remember something for all conversations",
  },
  {
    name: "forget",
    aliases: ["vergessen", "olvidar"],
    takes: "WORDS",
    meaning: "Find what is remembered, and forget it",
  },
  { name: "model", aliases: ["modell", "modelo"], takes: "[NAME]", meaning: "Choose the model that answers" },
  {
    name: "preset",
    aliases: ["vorlage", "preajuste"],
    takes: "[NAME | off]",
    meaning: "Choose a preset, or take it off",
  },
  {
    name: "system",
    aliases: ["anweisung", "instrucciones"],
    takes: "[TEXT]",
    meaning: "Give instructions for this conversation",
  },
  {
    name: "export",
    aliases: ["exportieren", "exportar"],
    takes: "[markdown | html | json]",
    meaning: "Save this conversation as a file",
  },
  {
    name: "temp",
    aliases: ["temporary", "temporär", "temporal"],
    takes: "[QUESTION]",
    meaning: "Begin a chat that is not kept",
  },
  { name: "help", aliases: ["hilfe", "ayuda"], takes: "", meaning: "Show all commands" },
] as const satisfies readonly {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly takes: string;
  readonly meaning: string;
}[];

type ChatCommandName = (typeof chatCommands)[number]["name"];

/** What a text says that is no question. */
export type ReadCommand =
  | { readonly type: "chat"; readonly name: ChatCommandName; readonly rest: string }
  | {
      readonly type: "unknown";
      readonly word: string;
      /** The name that looks most like it; null: none does. */
      readonly nearest: string | null;
    };

/** First those of the chat, then the calculators. */
export const allCommands: readonly CommandWords[] = [
  ...chatCommands.map(({ aliases, ...words }) => ({ ...words, alsoFoundBy: aliases })),
  ...calculators.map(commandOfCalculator),
];

function commandOfCalculator({ name, title, asked }: Calculator): CommandWords {
  const inputs = Object.entries(asked.examples[0]?.inputs ?? {}).map(
    ([input, value]) => `${input}=${/[\s"]/.test(`${value}`) ? `"${value}"` : value}`,
  );
  return {
    ...{ name, takes: "NAME=VALUE …", meaning: title },
    // A command is one word.
    alsoFoundBy: asked.phrases.filter((phrase) => !phrase.includes(" ")),
    example: [`/${name}`, ...inputs].join(" "),
  };
}

/** @returns null: it is a question, or a command that the desk answers */
export function commandIn(text: string): ReadCommand | null {
  const line = commandLineIn(text);
  if (line === null) return null;
  const { name: word, rest } = line;
  const found = chatCommands.find(
    ({ name, aliases }) => name === word || aliases.some((alias) => alias === word),
  );
  if (found !== undefined) return { type: "chat", name: found.name, rest };
  if (calculators.some(({ name }) => name === word)) return null;
  return { type: "unknown", word, nearest: nearestTo(word) };
}

/** More changes make another word of it. */
const mostChanges = 3;
const longestName = Math.max(...allCommands.map(({ name }) => name.length));

function nearestTo(word: string): string | null {
  let nearest: string | null = null;
  let fewest = mostChanges + 1;
  if (word.length > longestName + mostChanges) return null;
  for (const { name } of allCommands) {
    // The beginning of a name, or a part of it, is as good as one wrong letter.
    const changes = word.length > 2 && name.includes(word) ? 1 : changesBetween(word, name);
    if (changes >= fewest || changes > word.length / 2) continue;
    fewest = changes;
    nearest = name;
  }
  return nearest;
}

/** Letters to insert, remove or replace: V. I. Levenshtein, Soviet Physics Doklady 10 (1966). */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 0; at < other.length; at++)
      next.push(
        Math.min(
          (row[at] ?? 0) + (other[at] === letter ? 0 : 1),
          (row[at + 1] ?? 0) + 1,
          (next[at] ?? 0) + 1,
        ),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}
