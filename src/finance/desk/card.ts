/**
 * The card of an answer: Markdown that also reads well as plain text. The result comes first, then what was read from the
 * question, the formula with the numbers in it, assumptions and warnings. It computes nothing.
 */
import type { Calculator, Result } from "../calculators/calculator.ts";
import { type Computed, unitOf } from "../facts/compute.ts";
import type { FactInput } from "../facts/fact.ts";
import type { Inputs, ReadInput } from "./read-inputs.ts";
import type { Route } from "./route-question.ts";
import { asText, grouped, withUnit } from "./shown-figure.ts";

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
export function cardOf(computed: Computed, read: readonly ReadInput[], inputs: Inputs): string {
  const { calculator, calculation, facts } = computed;
  const [first, ...rest] = calculation.results;
  const address = addressOf(calculator, inputs);
  return whole([
    `### ${headline(first)}`,
    first.value === null && first.reason !== undefined ? first.reason : null,
    ...calculation.warnings.map((warning) => `**Note:** ${warning}`),
    tableOf(rest),
    listOf(
      "Inputs",
      facts[0].inputs.filter(({ from }) => from !== "data").map((input) => inputLine(input, read)),
    ),
    `**Formula:** ${calculator.formula}`,
    listOf(
      "Calculation",
      calculation.results.map(({ label, steps }) => `${label}: ${steps}`),
    ),
    listOf("Assumptions", calculation.assumptions),
    `[Open the calculator](${address}) · [Change the inputs](${address}#inputs)`,
  ]);
}

/** "Position size: 0.40 lots (EURUSD)" */
function headline({ label, value, unit, subject }: Result): string {
  const figure = value === null ? "undefined" : withUnit(value, unit);
  return `${label}: **${figure}**${subject === null ? "" : ` (${asText(subject)})`}`;
}

function tableOf(results: readonly Result[]): string | null {
  if (results.length === 0) return null;
  const rows = results.map(
    ({ label, value, unit, reason }) =>
      `| ${label} | ${value === null ? (reason ?? "undefined") : withUnit(value, unit)} |`,
  );
  return ["| Result | Value |", "| --- | ---: |", ...rows].join("\n");
}

const listOf = (title: string, lines: readonly string[]): string | null =>
  lines.length === 0 ? null : [`**${title}**`, "", ...lines.map((line) => `- ${line}`)].join("\n");

/** 'Account balance: 10,000 USD (read from "$10,000")' */
function inputLine({ name, title, value, unit, from }: FactInput, read: readonly ReadInput[]): string {
  const words = read.find((each) => each.name === name)?.words;
  const origin =
    from === "default" ? " (default)" : words === undefined ? "" : ` (read from “${asText(words)}”)`;
  return `${title}: ${asText(withUnit(value, unit))}${origin}`;
}

/** The calculator refuses these inputs. @param message says what to do */
export const refusedCard = (
  { calculator, inputs, read }: Extract<Route, { kind: "answer" }>,
  message: string,
): string =>
  whole([
    `### ${calculator.title}: not computed`,
    asText(message),
    listOf("Read from your question", readLines(calculator, inputs, read)),
    `[Change the inputs](${addressOf(calculator, inputs)}#inputs)`,
  ]);

export const missingCard = ({
  calculator,
  inputs,
  read,
  missing,
}: Extract<Route, { kind: "missing" }>): string =>
  whole([
    `### ${calculator.title}: ${missing.length === 1 ? "one input is" : "some inputs are"} missing`,
    listOf("Read from your question", readLines(calculator, inputs, read)),
    listOf(
      "State also",
      missing.map((name) => missingLine(calculator, name)),
    ),
    `[Fill in the form](${addressOf(calculator, inputs)}#inputs), or ask again with all of them.`,
  ]);

/** Any input of a group that is needed will do. */
function missingLine({ inputs: { properties }, needs = [] }: Calculator, name: string): string {
  const group = needs.find((names) => names[0] === name) ?? [name];
  return group.map((each) => titleOf(properties[each], each)).join(", or ");
}

export const choiceCard = ({ options, read }: Extract<Route, { kind: "choice" }>): string =>
  whole([
    "### Your question can be read in more than one way",
    [
      ...options.map(
        ({ calculator, inputs }) =>
          `- **${calculator.title}**: ${readLines(calculator, inputs, read).join("; ")}. [Compute this](${addressOf(calculator, inputs)})`,
      ),
    ].join("\n"),
    "Choose one, or ask again in other words.",
  ]);

function readLines(calculator: Calculator, inputs: Inputs, read: readonly ReadInput[]): string[] {
  const { properties } = calculator.inputs;
  return Object.entries(inputs).map(([name, value]) => {
    const field = properties[name];
    const unit = unitOf(field?.["x-unit"], inputs);
    const words = read.find((each) => each.name === name)?.words;
    const origin = words === undefined ? "" : ` (“${asText(words)}”)`;
    const shown = typeof value === "number" ? grouped(String(value)) : asText(value);
    return `${titleOf(field, name)}: ${shown}${unit === null ? "" : ` ${unit}`}${origin}`;
  });
}

const titleOf = (field: Calculator["inputs"]["properties"][string] | undefined, name: string): string =>
  field?.title ?? name;
