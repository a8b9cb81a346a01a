/** A fence of backticks that nothing in a text can close. @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
export function longerFence(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return "`".repeat(longest + 1);
}
