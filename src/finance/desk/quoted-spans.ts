/** What stands in quotation marks: a name, or somebody's words. It is not what the user asks. */

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "“": "”",
  "„": "“",
  "«": "»",
  "»": "«",
  "`": "`",
};

/** UTF-16 offsets; an opening mark without its closing one opens nothing. */
export function quotedSpans(text: string): { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (let at = 0; at < text.length; at++) {
    const close = closing[text.charAt(at)];
    if (close === undefined) continue;
    const end = text.indexOf(close, at + 1);
    if (end < 0) continue;
    spans.push({ start: at, end: end + 1 });
    at = end;
  }
  return spans;
}
