/** The part of the exam about one's own prices: imports, questions, and facts of rows. */
import { all, type ExamPart, none, percent } from "../exam-part.ts";
import { takeImportExam } from "./import-exam.ts";
import { takeDataExam } from "./take-data-exam.ts";

export const dataPart: ExamPart = {
  name: "data",
  async take({ isShort, count = isShort ? 66 : 300, seed }) {
    const marks = await takeDataExam({ count, facts: isShort ? 40 : 200, seed });
    const imports = await takeImportExam(isShort ? 6 : 40, isShort ? 5 : 40, seed);
    const { asked, right, wrong, unanswered, nearMisses, cardsOnNearMisses, unchecked } = marks;
    return {
      rows: [
        {
          what: `${asked} generated questions about generated series, in English, German and Spanish, no engine: answered rightly`,
          measured: percent(right, asked),
          goal: "≥ 95 %",
          isMet: right >= 0.95 * asked,
        },
        none("the same: answered wrongly", wrong),
        none("the same: figures of the cards that nothing proves", unchecked),
        none(`${nearMisses} near-misses about series: cards`, cardsOnNearMisses),
        all("facts of rows: computed again they are equal", marks.equal, marks.facts),
        all("the same with one byte of a row changed: reported", marks.reported, marks.facts),
        all("columns that prove nothing: asked", imports.asked, imports.unproven),
        none(`${imports.proven} columns that prove their notation: asked`, imports.askedInVain),
        all("formats of programs: all rows come back", imports.formatsRight, imports.formats),
        all("dirty files: rows of the file = stored + put aside", imports.dirtyBalanced, imports.dirty),
      ],
      faults: [
        ...wrong.map((each) => `WRONG: ${each}`),
        ...unchecked.map((each) => `UNCHECKED: ${each}`),
        ...cardsOnNearMisses.map((each) => `CARD ON A NEAR-MISS: ${each}`),
        ...imports.faults,
      ],
      notes: unanswered.map((each) => `unanswered: ${each}`),
    };
  },
};
