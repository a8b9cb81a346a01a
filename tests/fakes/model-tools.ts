/** The program's own tools over a test's store, for a model of any size; and an engine that calls one before it answers. */
import type { GenerateRequest, ToolCall } from "../../src/chat/engine.ts";
import { datasetsOf } from "../../src/workspace/datasets.ts";
import { financeOf } from "../../src/workspace/finance.ts";
import { modelToolsOf } from "../../src/workspace/model-tools.ts";
import { seriesFiguresOf } from "../../src/workspace/series-figures.ts";
import type { AnsweringOptions } from "./answering.ts";
import type { Script } from "./scripted-engine.ts";

export const toolsOfSize =
  (billions: number | null = 7): NonNullable<AnsweringOptions["toolsFor"]> =>
  (store) =>
  (question, ownerId) => {
    const datasets = datasetsOf({ store }, ownerId);
    return modelToolsOf(
      {
        finance: financeOf(store, ownerId),
        figures: seriesFiguresOf({ store, datasets, ownerId }),
        ...{ datasets, language: "en", sizeOf: () => billions },
      },
      question,
    );
  };

/** It calls first, and answers when it has a result, or is offered nothing. @param said before it calls */
export const calling =
  (calls: readonly ToolCall[], answer: string, said = ""): ((request: GenerateRequest) => Script) =>
  ({ messages, tools = [], toolChoice }) =>
    messages.some(({ role }) => role === "tool") || tools.length === 0 || toolChoice === "none"
      ? { answer }
      : { answer: said, toolCalls: calls };
