/** Which texts stand for a passage in the space of meanings. Knows nothing of the model that makes the vectors. */
import { piecesOf } from "../memory/memory-vectors.ts";
import type { Passage } from "../store/document-tables.ts";

/** Changes when `textsOfPassage` does: vectors of another kind are not comparable, and are made again. */
const form = "passage-1";

/** Names the vectors of a model in the form that they have here. */
export const passageVectorName = (model: string) => `${model}/${form}`;

/** @returns one text for each piece, with the heading that it stands under */
export function textsOfPassage({ heading, text }: Pick<Passage, "heading" | "text">): readonly string[] {
  return piecesOf(text).map((piece) =>
    heading === "" || piece.startsWith(heading) ? piece : `${heading}: ${piece}`,
  );
}
