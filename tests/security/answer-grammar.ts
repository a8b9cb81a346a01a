/**
 * What the HTML of an answer may be, written down apart from the code that makes it: text, and these tags exactly. What
 * is left has no "<" in it, so that no parser of HTML, however lenient, finds anything else there.
 */
const link = '<a href="https?://[^"<>\\s]*" target="_blank" rel="noopener noreferrer nofollow">';
const ownPage =
  '<a class="own" href="/(?:(?:calculators|facts)/[A-Za-z0-9][^"<>\\s]*|data/[0-9a-fA-F-]{36})">';
/** What KaTeX makes of a formula: presentation alone, without a link, a style or a handler. */
const mathMl =
  "math|semantics|annotation|m(?:row|i|n|o|s|text|space|sup|sub|subsup|frac|sqrt|root|table|tr|td|over|under|underover|style|padded|phantom|enclose|multiscripts|prescripts)";
const tags = [
  `<(?:${mathMl})(?: (?!href|style|src|on|id)[a-zA-Z]+="[^"<>]*")*/?>`,
  `</(?:${mathMl})>`,
  '<(?:span|div) class="maths" dir="ltr"(?: tabindex="0" role="group" aria-label="Formula")?>',
  '<span class="(?:katex|language-\\w+|hljs-[\\w -]+)">',
  '<code class="tex">',
  '<small class="maths-figures">',
  "</small>",
  link,
  ownPage,
  "</?(?:p|strong|em|s|blockquote|ul|thead|tbody|tr|table|h[34])>",
  '<(?:p|blockquote|ul|table) dir="auto">',
  '<h[34] class="depth-[1-6]"(?: dir="auto")?>',
  "<(?:hr|br)>",
  '<code(?: class="unchecked" title="Figures in code are not checked")?>',
  "</(?:a|code|pre|ol|li|th|td|div|figure|figcaption|span|button)>",
  '<ol(?: dir="auto")?(?: start="\\d+")?(?: class="long-numbers")?>',
  '<li(?: value="\\d+")?>',
  '<li(?: value="\\d+")? class="task"><input type="checkbox" disabled(?: checked)? aria-label="(?:Done|To do)">',
  "</?sup>",
  '<t[hd](?: class="align-(?:left|center|right)")?(?: data-value="-?[\\d.e+-]+")?>',
  '<div class="table-block">',
  '<div class="table" role="group" aria-label="Table(?:: [^"<>]*)?" tabindex="0">',
  '<button type="button" class="sort" data-table="sort" aria-label="Sort by [^"<>]*">',
  '<div class="table-tools">',
  '<button type="button" class="copy" data-table="(?:csv" data-copy="csv|chart" aria-pressed="false)">',
  '<div class="chart-place" hx-morph-skip-children>',
  '<figure class="code" dir="ltr"><figcaption><span>[\\w+#.-]*</span>(?:<span class="unchecked">Figures not checked</span>)?(?:<button type="button" class="copy" data-code="wrap" aria-pressed="false">Wrap</button>)?<button type="button" class="copy" data-code="listing\\.[a-z0-9]+">Download</button><button type="button" class="copy" data-copy>Copy</button></figcaption><pre tabindex="0">',
  '<span class="streaming-cursor" aria-hidden="true">',
  '<section class="desk-card" aria-label="Computed by the program">',
  "</section>",
  // Marks on figures: their titles are the program's own words.
  '<a class="figure (?:computed|derived)" href="/facts/[\\w-]+"(?: title="[^"<>]*")? data-fact="[\\w-]+">',
  '<a class="figure quoted" href="#m-[\\w-]+"(?: title="[^"<>]*")?>',
  '<span class="figure (?:computed|derived|quoted|convention|unsupported|pending)"(?: title="[^"<>]*")?>',
  '<span class="visually-hidden">',
];
const allowed = new RegExp(tags.join("|"), "g");

/** @returns the beginning of the first part that is neither text nor an allowed tag; null: there is none */
export function foreignPart(html: string): string | null {
  const text = html.replaceAll(allowed, "");
  const at = text.search(/[<>]/);
  if (at >= 0) return text.slice(at, at + 80);
  // Outside of tags an ampersand begins one of these, or the parser would read something else than was said.
  const reference = text.search(/&(?!(?:amp|lt|gt|quot|#x27);)/);
  return reference < 0 ? null : text.slice(reference, reference + 80);
}
