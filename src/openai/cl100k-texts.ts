/**
 * Texts of token ids of OpenAI's embedding models (cl100k_base): LangChain for Python cuts texts into these ids by itself and
 * sends them in place of the texts. The table is loaded when it is first needed (1 MB, about 0.1 s).
 */
import type { Tiktoken } from "js-tiktoken/lite";

let loading: Promise<Tiktoken> | undefined;

async function load(): Promise<Tiktoken> {
  const [{ Tiktoken: Encoding }, { default: ranks }] = await Promise.all([
    import("js-tiktoken/lite"),
    import("js-tiktoken/ranks/cl100k_base"),
  ]);
  return new Encoding(ranks);
}

/** Those that stand for text; some marks have greater ones. */
export const mostId = 100_255;

/** @returns the text of each list of ids; null for one with an id that stands for no text */
export async function textsOfCl100k(
  lists: readonly (readonly number[])[],
): Promise<readonly (string | null)[]> {
  loading ??= load();
  const encoding = await loading;
  return lists.map((ids) => (ids.every((id) => id <= mostId) ? encoding.decode([...ids]) : null));
}
