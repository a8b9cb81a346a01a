/**
 * Answers without digits, as vLLM offers them: the whole answer must match a regular expression. It knows nothing of HTTP.
 * @see https://docs.vllm.ai/en/stable/features/structured_outputs.html
 */
import type { GenerateRequest } from "../../chat/engine.ts";
import { UnsupportedRequestError } from "../../errors.ts";

/** The characters of \p{N} as ranges: not every vLLM backend for regular expressions knows classes of Unicode. */
function numberRanges(): string {
  const ranges: [first: number, last: number][] = [];
  for (let code = 0; code <= 0x10_ff_ff; code++) {
    if (!/\p{N}/u.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges
    .map(([first, last]) =>
      first === last
        ? String.fromCodePoint(first)
        : `${String.fromCodePoint(first)}-${String.fromCodePoint(last)}`,
    )
    .join("");
}

let pattern: string | null = null;

/** What a whole answer without digits matches, as a regular expression and as the right side of a rule in GBNF. */
export function withoutDigitsPattern(): string {
  pattern ??= `[^${numberRanges()}]*`;
  return pattern;
}

/** The field of the request that bans digits. */
export const digitBan = () => ({ structured_outputs: { regex: withoutDigitsPattern() } });

/** @throws UnsupportedRequestError: OpenAI's interface itself has nothing that bans digits, nor forms but JSON */
export function checkFormat({ withoutDigits, format }: GenerateRequest, isVllm: boolean): void {
  if (withoutDigits && (!isVllm || format !== undefined)) throw cannot();
  if (isVllm || format === undefined || format.type === "json" || format.type === "json-schema") return;
  throw new UnsupportedRequestError(
    "The model server cannot hold an answer to a grammar, a regular expression or a choice. Use a JSON schema, the llama engine or a vLLM.",
    { param: format.type === "grammar" ? "grammar" : `guided_${format.type}` },
  );
}

/** An old vLLM ignores the field. @throws UnsupportedRequestError for a text with a digit */
export function checkWithoutDigits({ withoutDigits }: GenerateRequest, text: string): void {
  if (withoutDigits && /\p{N}/u.test(text)) throw cannot();
}

const cannot = () =>
  new UnsupportedRequestError(
    "The model server cannot hold digits back. Use the llama engine or a newer vLLM, or set ANSWERS_PROSE=none.",
  );
