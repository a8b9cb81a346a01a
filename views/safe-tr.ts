/** Texts of the interface within elements, as HTML. For attributes, and for elements that are `safe`, there is `tr`. */
import { escapeHtml } from "@kitajs/html";
import { languageOfReader } from "../src/texts/reader-language.ts";
import { inLanguage, say } from "../src/texts/say.ts";

interface Element {
  readonly html: string;
}

/**
 * safeTr`Type ${element(<b safe>{name}</b>)} to confirm`: a text in the reader's language.
 * @param values texts, which are escaped; numbers; elements
 */
export function safeTr(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Element)[]
): "safe" {
  const language = languageOfReader();
  const gaps = values.map((_, index) => ({ verbatim: `{${index}}` }));
  const template = inElement(inLanguage(say(parts, ...gaps), language));
  const filled = template.replaceAll(/\{(\d+)\}/g, (_, index: string) => htmlOf(values[Number(index)] ?? ""));
  return filled as "safe";
}

/** Within an element quotes stay as they are. */
const inElement = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** An element for a gap of `safeTr`. */
export const element = (html: JSX.Element): Element => ({ html: String(html) });

const htmlOf = (value: string | number | Element): string => {
  if (typeof value === "object") return value.html;
  return typeof value === "string"
    ? escapeHtml(value)
    : inLanguage({ decimal: String(value), isUngrouped: true }, languageOfReader());
};
