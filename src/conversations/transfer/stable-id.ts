/** Ids that follow from what they name, so that the same thing imported twice is known again. */

/** @returns a UUID of version 8: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
export function stableId(...parts: readonly string[]): string {
  return uuidOf(new Bun.CryptoHasher("sha256").update(JSON.stringify(parts)));
}

/**
 * The id of these parts and of a long last one, in steps of which each is short.
 * @param last its pieces; none begins or ends within a character
 */
export function* stableIdOfJson(
  parts: readonly string[],
  last: Iterable<string>,
): Generator<void, string, undefined> {
  const hasher = new Bun.CryptoHasher("sha256").update(JSON.stringify([...parts, ""]).slice(0, -2));
  for (const piece of last) yield void hasher.update(JSON.stringify(piece).slice(1, -1));
  return uuidOf(hasher.update('"]'));
}

function uuidOf(hasher: Bun.CryptoHasher): string {
  const hash = hasher.digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
