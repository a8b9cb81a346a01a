/** Where a passage of a document stands, for people, and its address. */
import type { CitedPlace } from "../src/generations/citations.ts";
import { tr } from "../src/texts/reader-language.ts";

/** "policy.pdf, page 2" */
export function placeInWords({ name, page, cells, number }: CitedPlace): string {
  if (page !== null) return tr`${name}, page ${page}`;
  return cells === null ? tr`${name}, passage ${number}` : `${name}, ${cells}`;
}

/** Its page, with the passage marked. */
export const passageAddress = ({
  documentId,
  number,
}: {
  readonly documentId: string;
  readonly number: number;
}) => `/documents/${documentId}?passage=${number}#p-${number}`;
