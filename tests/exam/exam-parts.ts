/** The parts of the exam: each measures one promise about figures, and says what was measured, the goal, and whether it is met. */
import { crawlFacts } from "./crawl-facts.ts";
import { dataPart } from "./data/data-part.ts";
import { all, type ExamPart, none, percent } from "./exam-part.ts";
import { examinedServer } from "./examined-server.ts";
import { labelledSentences } from "./labelled-sentences.ts";
import { plantedFigures } from "./planted-figures.ts";
import { shuffledFacts } from "./shuffled-facts.ts";
import { intents, type Marks, takeExam } from "./take-exam.ts";

const questions: ExamPart = {
  name: "questions",
  async take({ isShort, count = isShort ? 120 : 400, seed }) {
    return taken(await takeExam({ count, seed }), "no engine");
  },
};

const model: ExamPart = {
  name: "model",
  isLong: true,
  async take({ isShort, count = isShort ? 120 : 400, seed }) {
    const id = "smollm2-135m-instruct";
    await using server = await examinedServer(id);
    const marks = await takeExam({ count, seed, ask: server.ask });
    const { rows, faults, notes } = taken(marks, `the program with ${id}`);
    const unchecked = server.uncheckedInCards;
    return {
      rows: [...rows, none("figures of these cards that nothing proves", unchecked)],
      faults: [...faults, ...unchecked.map((each) => `UNCHECKED: ${each}`)],
      notes,
    };
  },
};

/** @param who is examined */
function taken(marks: Marks, who: string) {
  const { asked, right, wrong, unanswered, nearMisses, cardsOnNearMisses } = marks;
  return {
    rows: [
      {
        what: `${asked} generated questions of ${intents.length} intents, in English, German and Spanish, ${who}: answered rightly`,
        measured: percent(right, asked),
        goal: "≥ 95 %",
        isMet: right >= 0.95 * asked,
      },
      none("the same: answered wrongly", wrong),
      none(`${nearMisses} near-misses: cards`, cardsOnNearMisses),
    ],
    faults: [
      ...wrong.map((each) => `WRONG: ${each}`),
      ...cardsOnNearMisses.map((each) => `CARD ON A NEAR-MISS: ${each}`),
    ],
    notes: unanswered.map((each) => `unanswered: ${each}`),
  };
}

const sentences: ExamPart = {
  name: "sentences",
  async take() {
    const { sentences, figures, supported, falselySupported, falselyUnsupported } = labelledSentences();
    const lines = (word: string, found: typeof falselySupported) =>
      found.map(
        ({ sentence, figure, expected, got }) => `${word}: ${figure} is ${got}, not ${expected}: ${sentence}`,
      );
    return {
      rows: [
        none(
          `${sentences} labelled sentences with ${figures} figures: falsely called supported`,
          falselySupported,
        ),
        {
          what: "the same: falsely called unsupported",
          measured: `${falselyUnsupported.length} of ${supported} (${percent(falselyUnsupported.length, supported)})`,
          goal: "≤ 2 %",
          isMet: falselyUnsupported.length <= 0.02 * supported,
        },
      ],
      faults: lines("FALSELY SUPPORTED", falselySupported),
      notes: lines("falsely unsupported", falselyUnsupported),
    };
  },
};

const adversary: ExamPart = {
  name: "adversary",
  async take({ isShort, seed }) {
    const { texts, cuts, unmarked, changed } = plantedFigures(isShort ? 200 : 10_000, seed);
    return {
      rows: [
        none(
          `${texts} answers with a planted figure, cut at every byte (${cuts} beginnings): without a mark`,
          unmarked,
        ),
        none("the same: figures that are sure in a beginning, and other ones in the whole", changed),
      ],
      faults: [...unmarked.map((each) => `UNMARKED: ${each}`), ...changed.map((each) => `CHANGED: ${each}`)],
    };
  },
};

const chance: ExamPart = {
  name: "chance",
  async take({ isShort, seed }) {
    const { figures, proved, provedByChance } = shuffledFacts(isShort ? 900 : 9000, seed);
    return {
      rows: [
        {
          what: `${figures} figures of answers with facts of other answers: called supported by chance`,
          measured: percent(provedByChance, figures, 2),
          goal: "< 0.5 %",
          isMet: provedByChance < 0.005 * figures,
        },
        {
          what: "the same with their own facts: called supported",
          measured: percent(proved, figures),
          goal: "≥ 98 %",
          isMet: proved >= 0.98 * figures,
        },
      ],
      faults: [],
    };
  },
};

const crawl: ExamPart = {
  name: "crawl",
  async take({ isShort, seed }) {
    const found = await crawlFacts(isShort ? 42 : 200, seed);
    const { answers, figures, equal, versions, versionsReported } = found;
    return {
      rows: [
        all(
          `${answers} answers with ${figures} computed figures: each opens its fact, computed again it is equal`,
          equal,
          answers,
        ),
        all("facts of another version of the formula: reported", versionsReported, versions),
        all(
          "facts of an instrument with another specification: reported",
          found.specificationsReported,
          found.specifications,
        ),
      ],
      faults: found.faults.map((each) => `FACT: ${each}`),
    };
  },
};

export const examParts: readonly ExamPart[] = [
  questions,
  model,
  sentences,
  adversary,
  chance,
  crawl,
  dataPart,
];
