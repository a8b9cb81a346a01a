/** The text of bytes: UTF-8, UTF-16 with its mark, or what Windows writes in the West. It knows nothing of files. */

/** Text has tabs, line ends and form feeds, and no other control character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const binary = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/** @returns null when the bytes are no text */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return textOrNull(() => new TextDecoder("utf-16le", { fatal: true }).decode(bytes));
  if (first === 0xfe && second === 0xff)
    return textOrNull(() => new TextDecoder("utf-16be", { fatal: true }).decode(bytes));
  return (
    textOrNull(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)) ??
    textOrNull(() => new TextDecoder("windows-1252").decode(bytes))
  );
}

function textOrNull(decode: () => string): string | null {
  try {
    const text = decode();
    return binary.test(text) ? null : text;
  } catch {
    return null;
  }
}
