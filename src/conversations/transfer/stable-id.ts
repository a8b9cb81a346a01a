/** Ids that follow from what they name, so that the same thing imported twice is known again. */

/** @returns a UUID of version 8: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
export function stableId(...parts: readonly string[]): string {
  const hash = new Bun.CryptoHasher("sha256").update(JSON.stringify(parts)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
