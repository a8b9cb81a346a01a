/** Grammars of answers that are no JSON: in GBNF as a program sends it, of a regular expression, of a list of texts. */
import type { Llama, LlamaGrammar } from "node-llama-cpp";
import type { PlainForm } from "../../chat/engine.ts";
import { UnsupportedRequestError } from "../../errors.ts";
import { isFollowable } from "./grammar-cost.ts";
import { wholeTextRule } from "./pattern-rule.ts";

/** In characters; what repeats in it is written out, and the reader of a grammar holds up everything else. */
const longestGrammar = 50_000;

/** @throws UnsupportedRequestError that says what is wrong with it */
export async function plainFormGrammar(llama: Llama, form: PlainForm): Promise<LlamaGrammar> {
  const grammar = grammarText(form);
  if (grammar.length > longestGrammar) throw tooLarge(form);
  try {
    return await llama.createGrammar({ grammar });
  } catch (cause) {
    if (form.type !== "grammar") throw tooLarge(form, cause);
    throw new UnsupportedRequestError(
      "The grammar cannot be read. Write it in GBNF, with a rule named root, and without a rule that begins with itself.",
      { param: "grammar" },
      { cause },
    );
  }
}

/** The form in GBNF. @throws UnsupportedRequestError */
export function grammarText(form: PlainForm): string {
  if (form.type === "choice") return `root ::= ${form.choices.map(literal).join(" | ")}`;
  if (form.type === "grammar") {
    if (form.grammar.length > longestGrammar || !isFollowable(form.grammar)) throw tooLarge(form);
    return form.grammar;
  }
  const rule = wholeTextRule(form.pattern);
  if (rule !== null) return `root ::= ${rule}`;
  throw new UnsupportedRequestError(
    "This engine cannot hold an answer to this regular expression: leave out what looks around, refers back, names classes of Unicode or has many readings.",
    { param: "guided_regex" },
  );
}

/** Quotes, backslashes and control characters as GBNF writes them. */
const literal = (text: string) =>
  `"${[...text].map((character) => (/[\p{Cc}"\\]/u.test(character) ? escaped(character) : character)).join("")}"`;

const escaped = (character: string) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`;

const params = { grammar: "grammar", regex: "guided_regex", choice: "guided_choice" } as const;

const tooLarge = ({ type }: PlainForm, cause?: unknown) =>
  new UnsupportedRequestError(
    "The form of the answer is too large for this engine, or has too many readings. Take repetitions and alternatives out of it that begin alike or may be empty.",
    { param: params[type] },
    { cause },
  );
