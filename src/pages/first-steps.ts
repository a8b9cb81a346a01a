/** The first steps of a newcomer: which are done. */
import type { FirstStepsProps } from "../../views/fragments/first-steps.tsx";
import type { OwnPreferences } from "../preferences/preferences.ts";
import type { PersonalKey } from "../settings/personal.ts";
import type { EngineSummary } from "../status/engine-summary.ts";
import type { OwnData } from "../workspace/wipe.ts";

interface FirstStepsDeps {
  readonly personal: Pick<OwnPreferences, "values" | "states">;
  readonly data: Pick<OwnData, "hasBrought">;
  engineSummary(): EngineSummary;
}

const ofProfile: readonly PersonalKey[] = ["risk_profile", "default_pair", "currency"];

/** @returns null: all are done, or they are hidden */
export function firstSteps(deps: FirstStepsDeps): FirstStepsProps | null {
  const { personal, data, engineSummary } = deps;
  if (!personal.values().first_steps) return null;
  const done = {
    model: engineSummary().state === "ready",
    profile: personal.states().some(({ key, isChosen }) => isChosen && ofProfile.includes(key)),
    data: data.hasBrought(),
  };
  return done.model && done.profile && done.data ? null : done;
}
