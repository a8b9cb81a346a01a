/** What the page of a calculator shows: its form, and the result of the inputs in its address. */
import type {
  CalculatorLink,
  CalculatorProps,
  RecentProps,
  ResultProps,
  TopicProps,
} from "../../../views/finance-props.ts";
import { shownFigure } from "../../../views/shown-figure.ts";
import { AppError } from "../../errors.ts";
import { type Calculator, topics } from "../../finance/calculators/calculator.ts";
import { askedIn, examplesIn } from "../../finance/desk/asked-in.ts";
import type { Computed } from "../../finance/facts/compute.ts";
import type { Fact } from "../../finance/facts/fact.ts";
import { describeError } from "../../http/html-reply.tsx";
import { languageOfReader, tr, translated } from "../../texts/reader-language.ts";
import type { Finance } from "../../workspace/finance.ts";
import { fieldsOf } from "./calculator-fields.ts";

const linkOf = ({ name, title, summary }: Calculator): CalculatorLink => ({
  name,
  title: translated(title),
  summary: translated(summary),
});

const topicTitles = (): Readonly<Record<Calculator["topic"], string>> => ({
  trading: tr`Trading`,
  saving: tr`Saving`,
  borrowing: tr`Borrowing`,
  investing: tr`Investing`,
  arithmetic: tr`Arithmetic`,
});

/** By topic. @param text keeps those whose words have it */
export function topicsOf(calculators: readonly Calculator[], text = ""): readonly TopicProps[] {
  const isNamed = namedBy(text);
  const found = calculators.filter((calculator) => {
    const { name, title, summary, topic, asked } = calculator;
    const inSpanish = askedIn(calculator, "es")?.phrases ?? [];
    const words = [name, title, translated(title), summary, translated(summary), topic];
    return isNamed([...words, ...asked.phrases, ...inSpanish].join("\n"));
  });
  return topics.flatMap((topic) => {
    const some = found.filter((calculator) => calculator.topic === topic);
    return some.length === 0 ? [] : [{ title: topicTitles()[topic], calculators: some.map(linkOf) }];
  });
}

/** @returns whether all words of a search stand in a text, each at least as a part of a word */
export function namedBy(search: string): (text: string) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => {
    const whole = text.toLowerCase();
    return words.every((word) => whole.includes(word));
  };
}

export const calculatorUrl = (name: string, inputs: Readonly<Record<string, unknown>>) =>
  `/calculators/${name}?${new URLSearchParams(Object.entries(inputs).map(([key, value]) => [key, String(value)]))}`;

/** An example that is shown is one to try. */
const mostExamples = 3;

/**
 * @param values the inputs in the address
 * @param isKept the facts are stored
 */
export function calculatorProps(
  finance: Finance,
  calculator: Calculator,
  values: Readonly<Record<string, string>>,
  isKept: boolean,
): CalculatorProps {
  const { result, problem } = resultOf(finance, calculator, values, isKept);
  const instruments = finance.specifications();
  const fields = fieldsOf(calculator, {
    values,
    problem,
    quoteOf: (symbol) => instruments.find(symbol)?.quote ?? null,
  });
  return {
    ...linkOf(calculator),
    topic: topicTitles()[calculator.topic],
    formula: translated(calculator.formula),
    source: calculator.source,
    fields,
    instruments: instruments.all().map(({ symbol, name }) => ({ symbol, name })),
    examples: examplesIn(calculator, languageOfReader())
      .slice(0, mostExamples)
      .map(({ question, inputs }) => ({ question, url: `${calculatorUrl(calculator.name, inputs)}#result` })),
    problem: problem === null || fields.some(({ name }) => name === problem.param) ? null : problem.message,
    result,
  };
}

function resultOf(
  finance: Finance,
  calculator: Calculator,
  values: Readonly<Record<string, string>>,
  isKept: boolean,
) {
  if (Object.keys(values).length === 0) return { result: null, problem: null };
  try {
    const computed = finance.calculate(calculator.name, values, isKept, languageOfReader());
    return { result: resultProps(computed, isKept), problem: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 422) throw error;
    const { param } = error.facts;
    return {
      result: null,
      problem: { param: typeof param === "string" ? param : "", message: describeError(error).message },
    };
  }
}

const resultProps = ({ calculator, calculation, facts }: Computed, isKept: boolean): ResultProps => ({
  facts,
  isKept,
  warnings: calculation.warnings,
  assumptions: calculation.assumptions,
  table: calculation.table ?? null,
  askUrl: `/?${new URLSearchParams({ draft: questionAbout(translated(calculator.title), facts[0]) })}`,
});

/** Inputs may be long lists of payments. */
const longestInput = 200;

function questionAbout(title: string, { label, value, unit, inputs }: Fact): string {
  const said = inputs
    .filter(({ from }) => from === "user")
    .map((input) => `${input.title}: ${shownFigure(input.value, input.unit).slice(0, longestInput)}`);
  const result = `${label}: ${shownFigure(value, unit)}`;
  return tr`${title}. ${said.join("; ")}. Result: ${result}. What should I consider?`.replaceAll(
    "\u00a0",
    " ",
  );
}

/** One of each calculation: its first result, which was stored first. @param facts newest first */
export function recentProps(finance: Finance, facts: readonly Fact[], most: number): readonly RecentProps[] {
  const titles = new Map(finance.calculators().map(({ name, title }) => [name, translated(title)]));
  const byInputs = Map.groupBy(facts, ({ formula, inputsHash }) => `${formula.id} ${inputsHash}`);
  return [...byInputs.values()].slice(0, most).flatMap((some) => {
    const fact = some.at(-1);
    if (fact === undefined) return [];
    const title = titles.get(fact.formula.id) ?? fact.formula.id;
    return [{ fact: finance.inWordsOf(fact, languageOfReader()), title }];
  });
}
