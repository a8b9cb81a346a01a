/**
 * A language that is none, for tests and for those who write pages: each text bears accents and stands in brackets, and is a
 * third longer. What appears without them is in no table.
 */
const accents: Readonly<Record<string, string>> = Object.fromEntries(
  [..."aeiouncsyzAEIOUNCSYZ"].map((letter, index) => [letter, [..."áéíöüñçšýžÁÉÍÖÜÑÇŠÝŽ"][index] ?? letter]),
);

/** @param template gaps are left as they are */
export function pseudo(template: string): string {
  const text = template.replaceAll(/\{\d+\}|[a-zA-Z]/g, (part) => accents[part] ?? part);
  return `⟦${text}${"·".repeat(Math.ceil(template.length / 3))}⟧`;
}
