/** What an answer shows of the tools that its model called. */
import type { ToolCallProps } from "../../views/tool-call-props.ts";
import { calculatorNamed } from "../finance/calculators/calculators.ts";
import type { Fact } from "../finance/facts/fact.ts";
import { indicatorNamed } from "../finance/indicators/indicators.ts";
import { statisticNamed } from "../finance/statistics/statistics.ts";
import type { LoggedToken } from "../store/schema.ts";
import { translated } from "../texts/reader-language.ts";

/** In the order of the log; one without a result is running, or was when the answer ended. */
export function toolCallsOf(tokens: readonly LoggedToken[]): readonly ToolCallProps[] {
  const calls = new Map<string, ToolCallProps>();
  let facts: readonly Fact[] = [];
  for (const { toolUse, toolResult, facts: some } of tokens) {
    if (some !== undefined) facts = some;
    if (toolUse !== undefined)
      calls.set(toolUse.id, { title: titleOf(toolUse.name), given: toolUse.arguments, result: null });
    const call = calls.get(toolResult?.id ?? "");
    if (toolResult === undefined || call === undefined) continue;
    calls.set(toolResult.id, {
      ...call,
      result: toolResult.failed ? { problem: problemIn(toolResult.content) } : { facts },
    });
    facts = [];
  }
  return [...calls.values()];
}

function titleOf(name: string): string {
  const tool = calculatorNamed(name) ?? indicatorNamed(name) ?? statisticNamed(name);
  return tool === undefined ? name : translated(tool.title);
}

/** The program wrote it itself (workspace/model-tools.ts). */
function problemIn(content: string): string {
  const { error = "" }: { error?: string } = JSON.parse(content);
  return error;
}
