/** What an answer's log says, without the model's reasoning: the text that is shown and that later prompts repeat. */
import type { LoggedToken } from "../../store/schema.ts";

export const saidIn = (tokens: readonly LoggedToken[]): string =>
  tokens.map(({ text, reasoning }) => (reasoning ? "" : text)).join("");
