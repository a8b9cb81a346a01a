/**
 * Makes text of others (a model, a memory, a title, a file) safe for a terminal: readable, and without effects. It removes every
 * control character but line end and tab, one by one, so that it does not matter how the text was split: without ESC (U+001B)
 * or its 8-bit forms (U+0080 to U+009F) no sequence begins that could move the cursor, set the title or write the clipboard
 * (OSC 52). The rest of a sequence stays as text.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */

/** Also characters that change the direction of the following text: they can make a line read as another one. */
const drivesTerminal = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;

const characters = new Intl.Segmenter();

export const plainText = (text: string): string => text.replaceAll(drivesTerminal, "");

/** The same on one line, cut to this many columns. */
export function plainLine(text: string, columns = 200): string {
  const line = plainText(text.slice(0, columns * 4))
    .replaceAll(/\s+/g, " ")
    .trim();
  if (Bun.stringWidth(line) <= columns) return line;
  let cut = "";
  for (const { segment } of characters.segment(line)) {
    if (Bun.stringWidth(cut + segment) > columns - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** JSON of the same value, safe for a terminal: JSON itself leaves U+007F to U+009F and directions unescaped. */
export const jsonOnTerminal = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    drivesTerminal,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
