/**
 * The tools that a model is offered in an owner's chat: calculators, and indicators and statistics over the owner's series. They
 * compute, and change nothing. What a model is trusted with depends on its size. It knows nothing of engines or of HTTP.
 */
import { AppError } from "../errors.ts";
import { calculatorNamed } from "../finance/calculators/calculators.ts";
import type { Fact } from "../finance/facts/fact.ts";
import { indicatorNamed } from "../finance/indicators/indicators.ts";
import { subjectsOf } from "../finance/numbers/named-subjects.ts";
import { statisticNamed } from "../finance/statistics/statistics.ts";
import { toolsFor } from "../finance/tools/finance-tools.ts";
import { type IsKnown, statedArguments } from "../finance/tools/stated-arguments.ts";
import { argumentsIn, noArguments } from "../generations/call-arguments.ts";
import { notComputed, type OwnTools, type ToolLimits } from "../generations/own-tools.ts";
import { inLanguage, type Language } from "../texts/say.ts";
import type { OwnDatasets } from "./datasets.ts";
import type { Finance } from "./finance.ts";
import type { OwnSeriesFigures } from "./series-figures.ts";

interface ModelToolsDeps {
  readonly finance: Pick<Finance, "calculate" | "specifications">;
  readonly figures: Pick<OwnSeriesFigures, "compute">;
  readonly datasets: Pick<OwnDatasets, "list">;
  /** Of the facts' words. */
  readonly language: Language;
  /** By a model's name: its parameters in billions; null: not known. */
  readonly sizeOf: (model: string) => number | null;
}

/** @returns null: no tool has any bearing on the question */
export function modelToolsOf(
  { finance, figures, datasets, language, sizeOf }: ModelToolsDeps,
  question: string,
): OwnTools | null {
  const named = new Set(subjectsOf(finance.specifications())(question).map(({ symbol }) => symbol));
  const series = datasets.list().map(({ symbol, timeframe }) => ({
    name: `${symbol} ${timeframe}`.trim(),
    isNamed: named.has(symbol),
  }));
  const tools = toolsFor(question, series);
  if (tools.length === 0) return null;

  async function factsOf(
    name: string,
    given: Readonly<Record<string, unknown>>,
    isKnown: IsKnown,
  ): Promise<readonly Fact[] | null> {
    const calculator = calculatorNamed(name);
    if (calculator !== undefined) {
      const inputs = statedArguments(calculator.inputs, given, isKnown);
      return finance.calculate(name, inputs, false, language).facts;
    }
    // An indicator's period is seen in the figure's own name, and states nothing about the world.
    if (indicatorNamed(name) !== undefined)
      return (await figures.compute(name, given, language))?.facts ?? null;
    const statistic = statisticNamed(name);
    if (statistic === undefined) return null;
    const { dataset, other, from, to, ...parameters } = given;
    const inputs = statedArguments(statistic.parameters, parameters, isKnown);
    const whole = { dataset, other, from, to, ...inputs };
    return (await figures.compute(name, withoutUndefined(whole), language))?.facts ?? null;
  }

  return {
    tools,
    limits: (model) => toolLimits(sizeOf(model)),
    async call(call, isKnown) {
      const given = argumentsIn(call.arguments);
      if (given === null) return notComputed(noArguments);
      try {
        const facts = await factsOf(call.name, given, isKnown);
        return facts === null
          ? notComputed(`There is no tool ${call.name}.`)
          : { content: JSON.stringify(resultOf(facts)), facts };
      } catch (error) {
        if (error instanceof AppError) return notComputed(inLanguage(error.words, language));
        throw error;
      }
    },
  };
}

/** Below a billion parameters a model calls at random; up to eight it is lost with many tools, or with the results of several calls. */
export function toolLimits(billions: number | null): ToolLimits {
  if (billions !== null && billions < 1) return { offered: 0, rounds: 0, parallel: false };
  if (billions === null || billions <= 8) return { offered: 8, rounds: 1, parallel: false };
  return { offered: 16, rounds: 4, parallel: true };
}

const withoutUndefined = (given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** What a model needs to write about it: what it is not told it cannot mistake for a result. */
function resultOf(facts: readonly Fact[]) {
  const [first] = facts;
  return {
    results: facts.map(({ label, value, unit, subject, asOf }) => ({
      ...{ label, value },
      ...(unit === null ? {} : { unit }),
      ...(subject === null ? {} : { of: subject }),
      ...(asOf === null ? {} : { as_of: asOf.instant }),
    })),
    ...((first?.assumptions ?? []).length > 0 ? { assumptions: first?.assumptions } : {}),
    ...((first?.warnings ?? []).length > 0 ? { warnings: first?.warnings } : {}),
  };
}
