/** The names of files that a browser saves. */

/** Of the title what stands in a header and in any file system as it is, and the day. @param time milliseconds since 1970 */
export function fileNameOf(title: string, time: number, extension: string): string {
  const plain = title.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "");
  const name = plain.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 60);
  const day = new Date(time).toISOString().slice(0, 10);
  return `${name.replaceAll(/^-+|-+$/g, "") || "conversation"}-${day}.${extension}`;
}
