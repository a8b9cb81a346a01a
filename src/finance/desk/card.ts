/**
 * The card of an answer: Markdown that also reads well as plain text. The result comes first, then what was read from the
 * question, the formula with the numbers in it, assumptions and warnings. It computes nothing.
 */
import { choiceIn, inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import type { Calculator, Result } from "../calculators/calculator.ts";
import { type Computed, unitOf } from "../facts/compute.ts";
import type { FactInput } from "../facts/fact.ts";
import type { Inputs, ReadInput } from "./read-inputs.ts";
import type { Route } from "./route-question.ts";
import { asText, withUnit } from "./shown-figure.ts";

/** The page of a calculator, with its form filled. */
const addressOf = ({ name }: Calculator, inputs: Inputs): string => {
  const query = new URLSearchParams(
    Object.entries(inputs).map(([key, value]) => [key, String(value)]),
  ).toString();
  return `/calculators/${name}${query === "" ? "" : `?${query}`}`;
};

const whole = (blocks: readonly (string | null)[]): string =>
  `${blocks.filter((block) => block !== null && block !== "").join("\n\n")}\n\n`;

/** What was computed. @param read how the inputs were read from the question */
export function cardOf(
  computed: Computed,
  read: readonly ReadInput[],
  inputs: Inputs,
  language: Language,
): string {
  const { calculator, calculation, facts } = computed;
  const [first, ...rest] = calculation.results;
  const address = addressOf(calculator, inputs);
  const own = (words: Words) => inLanguage(words, language);
  return whole([
    `### ${headline(first, language)}`,
    first.value === null && first.reason !== undefined ? first.reason : null,
    ...calculation.warnings.map((warning) => `**${own(say`Note:`)}** ${warning}`),
    tableOf(rest, language),
    listOf(
      own(say`Inputs`),
      facts[0].inputs.filter(({ from }) => from !== "data").map((input) => inputLine(input, read, language)),
    ),
    `**${own(say`Formula:`)}** ${facts[0].formula.words}`,
    listOf(
      own(say`Calculation`),
      calculation.results.map(({ label, steps }) => `${label}: ${steps}`),
    ),
    listOf(own(say`Assumptions`), calculation.assumptions),
    `[${own(say`Open the calculator`)}](${address}) · [${own(say`Change the inputs`)}](${address}#inputs)`,
  ]);
}

/** "Position size: 0.40 lots (EURUSD)" */
function headline({ label, value, unit, subject }: Result<string>, language: Language): string {
  const figure = value === null ? inLanguage(say`undefined`, language) : withUnit(value, unit, language);
  return `${label}: **${figure}**${subject === null ? "" : ` (${asText(subject)})`}`;
}

function tableOf(results: readonly Result<string>[], language: Language): string | null {
  if (results.length === 0) return null;
  const own = (words: Words) => inLanguage(words, language);
  const rows = results.map(
    ({ label, value, unit, reason }) =>
      `| ${label} | ${value === null ? (reason ?? own(say`undefined`)) : withUnit(value, unit, language)} |`,
  );
  return [`| ${own(say`Result`)} | ${own(say`Value`)} |`, "| --- | ---: |", ...rows].join("\n");
}

const listOf = (title: string, lines: readonly string[]): string | null =>
  lines.length === 0 ? null : [`**${title}**`, "", ...lines.map((line) => `- ${line}`)].join("\n");

/** 'Account balance: 10,000 USD (read from "$10,000")' */
function inputLine(
  { name, title, value, unit, from }: FactInput,
  read: readonly ReadInput[],
  language: Language,
): string {
  const words = read.find((each) => each.name === name)?.words;
  const origin =
    from === "default"
      ? say`(default)`
      : words === undefined
        ? null
        : say`(read from “${{ verbatim: asText(words) }}”)`;
  const shown = `${title}: ${asText(withUnit(chosen(name, value, language), unit, language))}`;
  return origin === null ? shown : `${shown} ${inLanguage(origin, language)}`;
}

/** A word of a list, such as "monthly", in the language; anything else as it is. */
const chosen = (input: string, value: string, language: Language): string =>
  /^[a-z-]+$/.test(value) ? choiceIn(input, value, language) : value;

/** The calculator refuses these inputs. @param message says what to do */
export const refusedCard = (
  { calculator, inputs, read, language }: Extract<Route, { kind: "answer" }>,
  message: Words,
): string =>
  whole([
    `### ${inLanguage(say`${calculator.title}: not computed`, language)}`,
    asText(inLanguage(message, language)),
    readList(calculator, inputs, read, language),
    `[${inLanguage(say`Change the inputs`, language)}](${addressOf(calculator, inputs)}#inputs)`,
  ]);

export const missingCard = ({
  calculator,
  inputs,
  read,
  missing,
  language,
}: Extract<Route, { kind: "missing" }>): string =>
  whole([
    `### ${inLanguage(missing.length === 1 ? say`${calculator.title}: one input is missing` : say`${calculator.title}: some inputs are missing`, language)}`,
    readList(calculator, inputs, read, language),
    listOf(
      inLanguage(say`State also`, language),
      missing.map((name) => missingLine(calculator, name, language)),
    ),
    inLanguage(
      say`[Fill in the form](${{ verbatim: addressOf(calculator, inputs) }}#inputs), or ask again with all of them.`,
      language,
    ),
  ]);

/** Any input of a group that is needed will do. */
function missingLine(
  { inputs: { properties }, needs = [] }: Calculator,
  name: string,
  language: Language,
): string {
  const group = needs.find((names) => names[0] === name) ?? [name];
  return group
    .map((each) => titleOf(properties[each], each, language))
    .join(inLanguage(say`, or `, language));
}

export const choiceCard = ({ options, read, language }: Extract<Route, { kind: "choice" }>): string =>
  whole([
    `### ${inLanguage(say`Your question can be read in more than one way`, language)}`,
    options
      .map(({ calculator, inputs }) => {
        const lines = readLines(calculator, inputs, read, language).join("; ");
        const link = `[${inLanguage(say`Compute this`, language)}](${addressOf(calculator, inputs)})`;
        return `- **${inLanguage(calculator.title, language)}**: ${lines}. ${link}`;
      })
      .join("\n"),
    inLanguage(say`Choose one, or ask again in other words.`, language),
  ]);

const readList = (
  calculator: Calculator,
  inputs: Inputs,
  read: readonly ReadInput[],
  language: Language,
): string | null =>
  listOf(inLanguage(say`Read from your question`, language), readLines(calculator, inputs, read, language));

function readLines(
  calculator: Calculator,
  inputs: Inputs,
  read: readonly ReadInput[],
  language: Language,
): string[] {
  const { properties } = calculator.inputs;
  return Object.entries(inputs).map(([name, value]) => {
    const field = properties[name];
    const unit = unitOf(field?.["x-unit"], inputs);
    const words = read.find((each) => each.name === name)?.words;
    const origin = words === undefined ? "" : ` (“${asText(words)}”)`;
    const shown =
      typeof value === "number"
        ? withUnit(String(value), unit, language)
        : asText(chosen(name, value, language)) + (unit === null ? "" : ` ${unit}`);
    return `${titleOf(field, name, language)}: ${shown}${origin}`;
  });
}

const titleOf = (
  field: Calculator["inputs"]["properties"][string] | undefined,
  name: string,
  language: Language,
): string => inLanguage(field?.title ?? name, language);
