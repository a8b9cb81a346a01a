/** How a request of /v1/messages becomes a question. */
import type { ApiRequest } from "../chat/api-request.ts";
import type { Tool, ToolChoice } from "../chat/engine.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { mostTokens, refuseEndless } from "../dialects/prompt-size.ts";
import { samplingOf } from "../dialects/sampling.ts";
import { schemaForm } from "../dialects/schema-form.ts";
import { onlyBlankQuestion } from "../dialects/sent-messages.ts";
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { messagesFrom } from "./message-blocks.ts";
import type { CountRequest, MessageRequest, Tool as SentTool } from "./message-shapes.ts";

/**
 * @param ignored gets what has no effect
 * @throws BadFieldError
 */
export function questionFromMessages(
  request: MessageRequest,
  idempotencyKey: string | null,
  ignored: IgnoredFields,
): Question {
  const prompt = promptFrom(request, ignored);
  const { messages } = prompt;
  if (onlyBlankQuestion(messages) !== null)
    throw new BadFieldError("messages", "must hold a text of the user that is not empty.");
  const last = messages.findLast(({ role }) => role === "user") ?? messages.at(-1);
  const fields = templateFieldsOf(request);
  return {
    message: last?.content ?? "",
    model: request.model === "" ? "auto" : request.model,
    memoryContext: 0,
    sampling: samplingOf(
      {
        ...request,
        stop: request.stop_sequences ?? [],
        top_k: request.top_k ?? null,
        thinking_token_budget: request.thinking?.budget_tokens ?? null,
      },
      { maxTokens: Math.min(request.max_tokens, mostTokens), topLogprobs: null },
    ),
    request: { ...prompt, ...formOf(request), ...(fields === null ? {} : { templateFields: fields }) },
    isKept: false,
    ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
  };
}

/** The messages and the tools. @throws BadFieldError */
export function promptFrom(
  request: CountRequest,
  ignored: IgnoredFields,
): Pick<ApiRequest, "messages" | "tools" | "toolChoice" | "parallelToolCalls"> {
  const messages = messagesFrom(request, ignored);
  refuseEndless(messages);
  const tools = toolsFrom(request.tools ?? [], ignored);
  const { tool_choice: choice } = request;
  return {
    messages,
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice == null ? {} : { toolChoice: choiceOf(choice, tools, ignored) }),
    ...(choice?.disable_parallel_tool_use === true ? { parallelToolCalls: false } : {}),
  };
}

/** Those that run at Anthropic's, or that its models know by heart, are passed over: no model here knows their parameters. */
function toolsFrom(tools: readonly SentTool[], ignored: IgnoredFields): readonly Tool[] {
  return tools.flatMap(({ type, name, description, input_schema, strict }, index) => {
    if (type != null && type !== "custom") {
      ignored.note(`tools[${index}].type=${type}`);
      return [];
    }
    return [
      {
        name,
        parameters: input_schema ?? {},
        ...(description == null ? {} : { description }),
        ...(strict == null ? {} : { strict }),
      },
    ];
  });
}

type SentChoice = NonNullable<CountRequest["tool_choice"]>;

function choiceOf({ type, name }: SentChoice, tools: readonly Tool[], ignored: IgnoredFields): ToolChoice {
  switch (type) {
    case "auto":
    case "none":
      return type;
    case "any":
      if (tools.length > 0) return "required";
      if (!ignored.has("tools["))
        throw new BadFieldError("tool_choice", "requires a call, but there are no tools.");
      ignored.note("tool_choice.type=any");
      return "auto";
    case "tool":
      if (name == null || tools.every((tool) => tool.name !== name))
        throw new BadFieldError("tool_choice.name", "names a tool that is not among the tools.");
      return { name };
    default:
      throw new BadFieldError("tool_choice.type", "must be auto, any, tool or none.");
  }
}

function formOf({ output_config, output_format }: MessageRequest): Pick<ApiRequest, "format"> {
  const [field, format] =
    output_config?.format != null
      ? (["output_config.format", output_config.format] as const)
      : (["output_format", output_format] as const);
  if (format == null) return {};
  if (format.type !== "json_schema") throw new BadFieldError(`${field}.type`, 'must be "json_schema".');
  return { format: schemaForm(format.schema, `${field}.schema`) };
}

/** Whether it is to think, as templates ask for it. */
function templateFieldsOf({
  thinking,
  output_config: output,
}: MessageRequest): Readonly<Record<string, boolean | string>> | null {
  if (thinking != null && !["enabled", "disabled", "adaptive"].includes(thinking.type))
    throw new BadFieldError("thinking.type", "must be enabled, disabled or adaptive.");
  const { effort } = output ?? {};
  const fields = {
    ...(thinking == null || thinking.type === "adaptive"
      ? {}
      : { enable_thinking: thinking.type === "enabled" }),
    ...(effort == null ? {} : { reasoning_effort: effort }),
  };
  return Object.keys(fields).length === 0 ? null : fields;
}
