/** What an answer shows of the tools that its model called. */
import type { ToolCallProps } from "../../views/tool-call-props.ts";
import { calculatorNamed } from "../finance/calculators/calculators.ts";
import type { Fact } from "../finance/facts/fact.ts";
import { indicatorNamed } from "../finance/indicators/indicators.ts";
import { statisticNamed } from "../finance/statistics/statistics.ts";
import type { LoggedToken } from "../store/schema.ts";
import { tr, translated } from "../texts/reader-language.ts";

/** In the order of the log. @param isOver the answer has ended: what has no result will have none */
export function toolCallsOf(tokens: readonly LoggedToken[], isOver: boolean): readonly ToolCallProps[] {
  const calls = new Map<string, ToolCallProps>();
  let facts: readonly Fact[] = [];
  for (const { toolUse, toolResult, facts: some } of tokens) {
    if (some !== undefined) facts = some;
    if (toolUse !== undefined)
      calls.set(toolUse.id, {
        title: titleOf(toolUse.name),
        given: toolUse.arguments,
        result: isOver ? { problem: tr`The answer ended before that.` } : null,
      });
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

/** As workspace/model-tools.ts writes it; an archive may have anything. */
function problemIn(content: string): string {
  try {
    const told: unknown = JSON.parse(content);
    if (typeof told === "object" && told !== null && "error" in told && typeof told.error === "string")
      return told.error;
  } catch {
    // It is no JSON: it is shown as it is.
  }
  return content;
}
