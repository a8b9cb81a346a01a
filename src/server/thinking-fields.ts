/** What a setting says to the templates of models that think; other templates pass over it. */
import type { PersonalValues } from "../settings/personal.ts";

/**
 * `enable_thinking` as Qwen's and others' templates read it, `reasoning_effort` as that of gpt-oss does.
 * @see https://huggingface.co/docs/transformers/chat_templating_writing
 */
export function thinkingFields(thinking: PersonalValues["thinking"]): Record<string, boolean | string> {
  if (thinking === "model") return {};
  if (thinking === "off") return { enable_thinking: false };
  return { enable_thinking: true, reasoning_effort: thinking };
}
