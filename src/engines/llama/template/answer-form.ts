/** How a model reads its conversations, and writes thoughts and calls: all that follows from its own template. It knows nothing of tokens. */
import type { ChatMessage, GenerateRequest, Tool } from "../../../chat/engine.ts";
import { withOneOpening, withTools } from "../tool-prompt.ts";
import { type CallForm, callFormOf, hermesForm } from "./call-form.ts";
import { ChatTemplate, type EdgeTokens } from "./chat-template.ts";
import type { PromptPiece } from "./rendered-pieces.ts";
import { type ThoughtForm, thoughtFormOf, usualThought } from "./thought-form.ts";

export class AnswerForm {
  readonly #template: ChatTemplate | null;
  readonly thought: ThoughtForm;
  readonly calls: CallForm;
  /** The template's own; otherwise the system message tells of tools. */
  readonly #hasCalls: boolean;

  /** @param template in Jinja; left out: the file has none */
  constructor(template: string | undefined, edges: EdgeTokens) {
    this.#template = template === undefined ? null : ChatTemplate.of(template, edges);
    this.thought = this.#template === null ? usualThought : thoughtFormOf(this.#template);
    const own = this.#template === null ? null : callFormOf(this.#template, this.thought.close);
    this.#hasCalls = own !== null;
    this.calls = own ?? hermesForm;
  }

  /**
   * The whole prompt, up to and including what opens the answer.
   * @returns null where the model has no template that shows this conversation: then `plainMessages` are what to write in another way
   */
  prompt(
    messages: readonly ChatMessage[],
    tools: readonly Tool[],
    fields: NonNullable<GenerateRequest["templateFields"]>,
  ): readonly PromptPiece[] | null {
    const template = this.#template;
    if (template === null) return null;
    const given = { fields, opensAnswer: true };
    try {
      return this.#hasCalls
        ? template.render({ ...given, messages: withOneOpening(messages), tools })
        : template.render({ ...given, messages: withTools(messages, tools) });
    } catch {
      // It refuses the conversation in every way; what templates throw is of any kind.
      return null;
    }
  }

  /** The marks of thoughts and calls, which are told from the text although some are no text of the model's. */
  get marks(): readonly string[] {
    const { open, close, turn, answer } = this.thought;
    const { opening, begin, next, close: callClose, end, arguments: form } = this.calls;
    const inside =
      form.kind === "json"
        ? [form.afterName]
        : [
            form.first,
            form.between,
            form.last,
            form.none,
            ...[form.text, form.other].flatMap((one) => [one.open, one.close]),
          ];
    return [open, close, turn, answer, opening, begin, next, callClose, end, ...inside];
  }
}
