/** The texts of the chat that stand in tables of the program. */
import conventions from "../../src/finance/numbers/conventions.json";
import { palettePages } from "../../src/pages/palette.tsx";
import { phases } from "../../src/vllm/loading-progress.ts";
import { allCommands } from "../../src/workspace/commands.ts";
import { announcements } from "../../views/fragments/announcer.tsx";
import { markWords, places } from "../../views/fragments/conversation-list.tsx";
import { exampleQuestions } from "../../views/fragments/empty-thread.tsx";
import { firstStepTexts } from "../../views/fragments/first-steps.tsx";
import { shortcutGroups } from "../../views/fragments/shortcuts.tsx";
import { answerNames } from "../../views/pages/compare-page.tsx";
import { sureLevels } from "../../views/pages/tokens-page.tsx";

export const chatTexts = (): readonly string[] => [
  ...Object.values(announcements),
  ...allCommands.flatMap(({ meaning, takes, example }) => (example === undefined ? [meaning, takes] : [])),
  ...conventions.map(({ words, source }) => `${words}. ${source}.`),
  "A constant of the formula.",
  ...places.map(({ label }) => label),
  ...Object.values(markWords),
  ...exampleQuestions.flat(),
  ...firstStepTexts.flatMap(({ title, words, label }) => [title, words, label]),
  ...shortcutGroups.flatMap(([title, keys]) => [title, ...keys.flatMap(([names, what]) => [...names, what])]),
  ...answerNames,
  ...sureLevels.flatMap(([, name, range]) => [name, range]),
  ...palettePages.map(({ label }) => label),
  ...phases.flatMap(({ name }) => (name === "starting" ? [] : [name])),
];
