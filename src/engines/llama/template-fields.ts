/** Templates that take values from a request: those of Qwen think or do not, and one in Jinja has whatever names it has. */
import { type ChatWrapper, JinjaTemplateChatWrapper, type LlamaModel, QwenChatWrapper } from "node-llama-cpp";

/** @returns the same one where its template knows none of the fields */
export function withTemplateFields(
  wrapper: ChatWrapper,
  fields: Readonly<Record<string, unknown>>,
  { tokenizer }: Pick<LlamaModel, "tokenizer">,
): ChatWrapper {
  if (Object.keys(fields).length === 0) return wrapper;
  if (wrapper instanceof QwenChatWrapper) {
    const { keepOnlyLastThought, variation } = wrapper;
    return fields.enable_thinking === false
      ? new QwenChatWrapper({ keepOnlyLastThought, variation, thoughts: "discourage" })
      : wrapper;
  }
  if (!(wrapper instanceof JinjaTemplateChatWrapper)) return wrapper;
  const { template, modelRoleName, userRoleName, systemRoleName, joinAdjacentMessagesOfTheSameType } =
    wrapper;
  const { trimLeadingWhitespaceInResponses, keepOnlyLastThought, additionalRenderParameters } = wrapper;
  const { convertUnsupportedSystemMessagesToUserMessages: convert } = wrapper;
  return new JinjaTemplateChatWrapper({
    // The library sets enable_thinking by itself.
    reasoning: typeof fields.enable_thinking === "boolean" ? fields.enable_thinking : wrapper.reasoning,
    ...{ template, modelRoleName, userRoleName, systemRoleName, joinAdjacentMessagesOfTheSameType },
    ...{ trimLeadingWhitespaceInResponses, keepOnlyLastThought, tokenizer },
    ...(convert === undefined ? {} : { convertUnsupportedSystemMessagesToUserMessages: convert }),
    additionalRenderParameters: { ...additionalRenderParameters, ...fields },
  });
}
