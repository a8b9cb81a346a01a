/** Which fence a Markdown text still needs: one that was cut may have left a block of code open. */

/**
 * @returns the line that closes the last block; null when none is open
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function closingFence(markdown: string): string | null {
  let open: string | null = null;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const [, fence, rest = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === undefined) continue;
    if (open === null) {
      // What opens with backticks may have none behind them: that would be code within a line.
      if (fence.startsWith("~") || !rest.includes("`")) open = fence;
    } else if (fence.startsWith(open) && rest.trim() === "") open = null;
  }
  return open;
}
