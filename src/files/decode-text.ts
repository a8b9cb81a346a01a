/** The text of bytes: UTF-8, UTF-16 with or without its mark, or what Windows writes in the West. It knows nothing of files. */

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
  const unmarked = utf16Of(bytes);
  if (unmarked !== null) return textOrNull(() => new TextDecoder(unmarked, { fatal: true }).decode(bytes));
  return (
    textOrNull(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)) ??
    textOrNull(() => new TextDecoder("windows-1252").decode(bytes))
  );
}

/** Looked at to see whether every other byte is zero. */
const lookedAt = 4096;

/** UTF-16 of a Western language has a zero in every other byte: which ones says the order. @returns null: it is none */
function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(bytes.length, lookedAt) & ~1;
  if (length < 4) return null;
  let [even, odd] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const half = length / 2;
  if (odd > half * 0.7 && even === 0) return "utf-16le";
  return even > half * 0.7 && odd === 0 ? "utf-16be" : null;
}

function textOrNull(decode: () => string): string | null {
  try {
    const text = decode();
    return binary.test(text) ? null : text;
  } catch {
    return null;
  }
}
