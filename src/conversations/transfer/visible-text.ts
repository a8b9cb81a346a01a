/** The text of an answer's log without the model's reasoning: users see it, and later prompts repeat it. */
import type { LoggedToken } from "../../store/schema.ts";

export const visibleText = (tokens: readonly LoggedToken[]): string =>
  tokens.map(({ text, reasoning }) => (reasoning ? "" : text)).join("");
