/**
 * The personal settings of every owner: what they have chosen, else what config.json or the program says. A stored value that
 * the setting no longer allows counts as none. It knows nothing of HTTP, nor of what a setting changes.
 */
import { Value } from "@sinclair/typebox/value";
import { systemPromptFor } from "../chat/context.ts";
import { InvalidRequestError } from "../errors.ts";
import { expectedForm } from "../settings/expected-form.ts";
import {
  asTheBrowser,
  isPersonalKey,
  type PersonalDefaults,
  type PersonalKey,
  type PersonalValues,
  personalKeys,
  personalSetting,
} from "../settings/personal.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";

/** A language's code or its name; null: the owner leaves it to their browser. */
export const chosenLanguage = ({ language }: Pick<PersonalValues, "language">): string | null =>
  language === asTheBrowser ? null : language;

interface PreferencesDeps {
  readonly store: Pick<Store, "preferences" | "commit">;
  readonly defaults: PersonalDefaults;
}

/** One setting, as it is for an owner. */
export interface PersonalState {
  readonly key: PersonalKey;
  readonly value: unknown;
  readonly fallback: unknown;
  /** Whether the owner has chosen it. */
  readonly isChosen: boolean;
  /** The default is config.json's. */
  readonly isConfigured: boolean;
  /** What wins over every choice: a variable's name, or config.json; null: the owner chooses. */
  readonly fixedBy: string | null;
}

/** The settings of one owner. */
export interface OwnPreferences {
  /** The values that apply. */
  values(): PersonalValues;
  /** All settings, in the order of their table. */
  states(): readonly PersonalState[];
  /** The prompt that results: what the model is told first. */
  prompt(): string;
  /** The same with other instructions. */
  promptWith(instructions: string): string;
  /** @throws InvalidRequestError for a value that the setting does not allow */
  check(key: PersonalKey, value: unknown): void;
  /**
   * Changes some settings, or none of them.
   * @param changes new values by key; null: the default
   * @throws InvalidRequestError that names the setting, and its form or what fixes it
   */
  change(changes: Readonly<Record<string, unknown>>): Promise<void>;
}

export class Preferences {
  readonly #deps: PreferencesDeps;

  constructor(deps: PreferencesDeps) {
    this.#deps = deps;
  }

  /** The values that apply to an owner. */
  of(ownerId: OwnerId): PersonalValues {
    // Each was checked by the schema of its key.
    return { ...this.#deps.defaults.values, ...this.#chosen(ownerId) } as PersonalValues;
  }

  ofOwner(ownerId: OwnerId): OwnPreferences {
    return {
      values: () => this.of(ownerId),
      states: () => this.#states(ownerId),
      prompt: () => this.promptOf(ownerId),
      promptWith: (instructions) => this.promptOf(ownerId, instructions),
      check: refuseImpossible,
      change: (changes) => this.#change(ownerId, changes),
    };
  }

  /** The instructions, or others in their place, with what an owner says of themselves. */
  promptOf(ownerId: OwnerId, instructions?: string): string {
    const values = this.of(ownerId);
    return systemPromptFor({
      ...values,
      ...(instructions === undefined ? {} : { instructions }),
      language: chosenLanguage(values),
    });
  }

  #states(ownerId: OwnerId): readonly PersonalState[] {
    const { values, configured, fixed } = this.#deps.defaults;
    const chosen = this.#chosen(ownerId);
    return personalKeys.map((key) => ({
      key,
      value: Object.hasOwn(chosen, key) ? chosen[key] : values[key],
      fallback: values[key],
      isChosen: Object.hasOwn(chosen, key),
      isConfigured: configured.includes(key),
      fixedBy: fixed.get(key) ?? null,
    }));
  }

  async #change(ownerId: OwnerId, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const checked = Object.entries(changes).map(([key, value]) => this.#checked(key, value));
    const { store } = this.#deps;
    await store.commit(() => {
      for (const [key, value] of checked) store.preferences.set(ownerId, key, value);
    });
  }

  #checked(key: string, value: unknown): readonly [PersonalKey, unknown] {
    const param = { param: key };
    if (!isPersonalKey(key))
      throw new InvalidRequestError(say`There is no setting "${{ verbatim: key.slice(0, 40) }}".`, param);
    const { label } = personalSetting(key);
    const fixedBy = this.#deps.defaults.fixed.get(key);
    if (fixedBy !== undefined)
      throw new InvalidRequestError(
        say`${label} is set by ${{ verbatim: fixedBy }}. Change it there.`,
        param,
      );
    if (value === null) return [key, undefined];
    refuseImpossible(key, value);
    return [key, value];
  }

  #chosen(ownerId: OwnerId): Readonly<Partial<Record<PersonalKey, unknown>>> {
    const { store, defaults } = this.#deps;
    const chosen: Partial<Record<PersonalKey, unknown>> = {};
    for (const [key, value] of store.preferences.of(ownerId))
      if (isPersonalKey(key) && !defaults.fixed.has(key) && problemOf(key, value) === null)
        chosen[key] = value;
    return chosen;
  }
}

/** @throws InvalidRequestError */
function refuseImpossible(key: PersonalKey, value: unknown): void {
  const problem = problemOf(key, value);
  if (problem === null) return;
  // A whole sentence of the table of words.
  const template = `${personalSetting(key).label} ${problem}`;
  throw new InvalidRequestError({ template, values: [] }, { param: key });
}

/** Why a value cannot be used, as the end of a sentence; null: it can. */
function problemOf(key: PersonalKey, value: unknown): string | null {
  const definition = personalSetting(key);
  if (!Value.Check(definition.schema, value)) return `must be ${expectedForm(definition.schema)}.`;
  return definition.problem?.(value) ?? null;
}
