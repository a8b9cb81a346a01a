/** What an answer shows of the tools that its model called. */
import type { ToolCallProps } from "../../views/tool-call-props.ts";
import { calculatorNamed } from "../finance/calculators/calculators.ts";
import type { Fact } from "../finance/facts/fact.ts";
import { indicatorNamed } from "../finance/indicators/indicators.ts";
import { statisticNamed } from "../finance/statistics/statistics.ts";
import type { LoggedToken, ToolResult, ToolStep } from "../store/schema.ts";
import { tr, translated } from "../texts/reader-language.ts";

/** Of another program's words, in a card. */
const shownLength = 2_000;

/**
 * In the order of the log.
 * @param isOver the answer has ended: what has no result will have none
 * @param generationId of the answer
 */
export function toolCallsOf(
  tokens: readonly LoggedToken[],
  isOver: boolean,
  generationId: string,
): readonly ToolCallProps[] {
  const calls = new Map<string, ToolCallProps>();
  let facts: readonly Fact[] = [];
  for (const { toolUse, toolStep, toolResult, facts: some } of tokens) {
    if (some !== undefined) facts = some;
    if (toolUse !== undefined)
      calls.set(toolUse.id, {
        title: titleOf(toolUse.name),
        given: toolUse.arguments,
        result: isOver ? { problem: tr`The answer ended before that.` } : null,
      });
    const id = toolResult?.id ?? toolStep?.id ?? "";
    const call = calls.get(id);
    if (call === undefined) continue;
    if (toolStep !== undefined) calls.set(id, { ...call, ...steppedOn(call, toolStep, generationId) });
    if (toolResult === undefined) continue;
    calls.set(id, { ...call, result: resultOf(toolResult, facts) });
    facts = [];
  }
  return [...calls.values()];
}

function steppedOn(
  { foreign }: ToolCallProps,
  { id, step, call }: ToolStep,
  generationId: string,
): Partial<ToolCallProps> {
  const isWaiting = step === "asked";
  if (call === undefined) return foreign === undefined ? {} : { foreign: { ...foreign, isWaiting } };
  const { server, tool, readsOnly, why = null, origins } = call;
  const address = `/generations/${generationId}/calls/${encodeURIComponent(id)}`;
  return {
    title: `${server}: ${tool}`,
    foreign: { ...{ server, readsOnly, why, origins, isWaiting, address } },
  };
}

function resultOf({ content, failed, from }: ToolResult, facts: readonly Fact[]): ToolCallProps["result"] {
  if (failed) return { problem: problemIn(content) };
  return from === undefined ? { facts } : { text: content.slice(0, shownLength), length: content.length };
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
