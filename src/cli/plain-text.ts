/**
 * Text of others – a model, a memory, a title, a file – as a terminal may be given it: it can be read, and it does
 * nothing. Every control character but the line's end and the tab is taken out, one by one, so that it makes no
 * difference how the text was cut: without ESC (U+001B) or its 8-bit kin (U+0080 to U+009F) no sequence begins, whether
 * it would move the cursor, set the title or write the clipboard (OSC 52). What is left of one stands there as text.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */

/** Also what turns the direction of everything that follows: it can make a line read as another one. */
const drivesTerminal = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;

const characters = new Intl.Segmenter();

export const plainText = (text: string): string => text.replaceAll(drivesTerminal, "");

/** The same on one line, cut to so many columns. */
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

/** JSON that says the same, and does nothing to a terminal: JSON itself leaves U+007F to U+009F and directions as they are. */
export const jsonOnTerminal = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    drivesTerminal,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
