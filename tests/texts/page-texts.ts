/** Texts of the pages beside the chat that stand in tables of the program: settings, the audit log, what an engine tells of itself. */
import { auditActions } from "../../src/accounts/audit.ts";
import { loadingPhases } from "../../src/launch/loading-progress.ts";
import { expectedForm } from "../../src/settings/expected-form.ts";
import { personalKeys, personalSetting } from "../../src/settings/personal.ts";
import { hubFileKinds } from "../../views/fragments/hub-files.tsx";
import { detailNames } from "../../views/fragments/status-facts.tsx";
import { questionTexts } from "../../views/pages/data-pages.tsx";

export const pageTexts = (): readonly string[] => [
  ...personalKeys.flatMap((key) => {
    const { label, meaning, choices = [], empty, schema, problem } = personalSetting(key);
    // Languages are named in their own words.
    // Languages are named in their own words.
    const named = choices
      .filter(({ value }) => key !== "language" || value === "auto")
      .map((choice) => choice.label);
    const wrong = problem?.("nothing that can be used") ?? null;
    return [
      ...[label, meaning, ...named],
      ...(empty === undefined ? [] : [empty]),
      // The sentences of src/preferences.
      `${label} must be ${expectedForm(schema)}.`,
      ...(wrong === null ? [] : [`${label} ${wrong}`]),
    ];
  }),
  ...auditActions.map((action) => action.replaceAll("-", " ")),
  ...loadingPhases,
  ...questionTexts,
  ...Object.values(hubFileKinds),
  ...Object.values(detailNames).map(({ name }) => name),
];
