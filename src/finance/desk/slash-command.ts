/** Reads "/position-size balance=10000 riskPercent=1": a calculator by its name, and its inputs by theirs. Nothing is guessed. */
import { InvalidRequestError } from "../../errors.ts";
import { say, type Words } from "../../texts/say.ts";
import type { Calculator } from "../calculators/calculator.ts";
import { calculatorNamed } from "../calculators/calculators.ts";

interface SlashCommand {
  readonly calculator: Calculator;
  /** As they were written, by the names of the calculator. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What could not be read; null: nothing. */
  readonly problem: InvalidRequestError | null;
}

/** "/etc/hosts" and "/5" begin a question. */
const command = /^\/(\p{L}[\p{L}\d-]*)(?:\s+([\s\S]*))?$/u;
/** Quotation marks hold a value with spaces together. */
const pair = /^([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|(\S+))(?:\s+|$)/;
const longestCommand = 50_000;

/** @returns the word behind the slash, in lower case, and what follows it; null: the text is no command */
export function commandLineIn(text: string): { readonly name: string; readonly rest: string } | null {
  const line = text.trim();
  if (!line.startsWith("/") || line.length > longestCommand) return null;
  const [, name, rest = ""] = command.exec(line) ?? [];
  return name === undefined ? null : { name: name.toLowerCase(), rest: rest.trim() };
}

/** @returns null: the question is no command of a calculator */
export function slashCommandIn(question: string): SlashCommand | null {
  const line = commandLineIn(question);
  const calculator = calculatorNamed(line?.name ?? "");
  if (line === null || calculator === undefined) return null;
  const known = new Map(Object.keys(calculator.inputs.properties).map((each) => [each.toLowerCase(), each]));
  const inputs: Record<string, string> = {};
  const refused = (problem: Words) => ({
    calculator,
    inputs,
    problem: new InvalidRequestError(
      say`${problem} Write each input as NAME=VALUE. ${calculator.title} has: ${{ verbatim: [...known.values()].join(", ") }}.`,
    ),
  });
  for (let rest = line.rest; rest !== ""; ) {
    const [whole, key = "", quoted, plain = ""] = pair.exec(rest) ?? [];
    if (whole === undefined) return refused(say`“${{ verbatim: rest.slice(0, 40) }}” is no input.`);
    const input = known.get(key.toLowerCase());
    if (input === undefined) return refused(say`There is no input “${{ verbatim: key.slice(0, 40) }}”.`);
    if (Object.hasOwn(inputs, input)) return refused(say`“${{ verbatim: input }}” is stated twice.`);
    inputs[input] = quoted ?? plain;
    rest = rest.slice(whole.length);
  }
  return { calculator, inputs, problem: null };
}
