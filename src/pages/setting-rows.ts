/** The personal settings as rows of their pages: what each control is follows from the setting's definition. */
import type { TSchema } from "@sinclair/typebox";
import type { SettingControl, SettingProps, SettingsSection } from "../../views/props.ts";
import { InvalidRequestError } from "../errors.ts";
import type { PersonalState } from "../preferences/preferences.ts";
import {
  asTheBrowser,
  type Choice,
  isPersonalKey,
  type PersonalKey,
  personalSetting,
} from "../settings/personal.ts";
import { languageOfReader, tr, translated } from "../texts/reader-language.ts";
import { inLanguage, say } from "../texts/say.ts";

/** What became of a row just now. */
export interface RowNews {
  readonly key: string;
  readonly isReset?: boolean;
  /** Why it was refused, and what was sent; null: it was saved. */
  readonly refused: { readonly problem: string; readonly sent: string } | null;
}

/** So many characters of choices stand on one line. */
const shortChoices = 34;

/** @returns the rows of a section, in the order of the table */
export const settingRows = (
  states: readonly PersonalState[],
  section: SettingsSection,
  news: RowNews | null,
): readonly SettingProps[] =>
  states
    .filter(({ key }) => personalSetting(key).section === section)
    .map((state) => rowOf(state, news?.key === state.key ? news : null));

/**
 * The value that a form's text means; null: the default.
 * @throws InvalidRequestError for a key that is none
 */
export function settingFromForm(key: string, text: string): unknown {
  if (!isPersonalKey(key)) throw new InvalidRequestError(say`There is no such setting.`);
  const { schema } = personalSetting(key);
  const trimmed = text.trim();
  if (schema.type === "boolean") return trimmed === "on";
  if (isNumber(schema)) {
    if (trimmed === "") return null;
    // A text that is no number is refused by the schema.
    return Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
  }
  // Browsers send the lines of a text area with both marks.
  return trimmed.replaceAll("\r\n", "\n");
}

function rowOf(state: PersonalState, news: RowNews | null): SettingProps {
  const { key, value, fallback, isChosen, isConfigured, fixedBy } = state;
  const { section, label, meaning } = personalSetting(key);
  return {
    ...{ key, section, isChosen, isConfigured, fixedBy },
    label: translated(label),
    meaning: `${translated(meaning)}.`,
    control: controlOf(key, news?.refused?.sent ?? textOf(value)),
    fallback: wordsFor(key, fallback),
    look: section === "look" ? { attribute: `data-${key.replace("_", "-")}`, value: textOf(value) } : null,
    isSaved: news !== null && news.refused === null,
    takesFocus: news?.isReset ?? false,
    problem: news?.refused?.problem ?? null,
  };
}

function controlOf(key: PersonalKey, value: string): SettingControl {
  const { schema, choices = [], isLong = false } = personalSetting(key);
  const empty = emptyWords(key);
  const options = choices.map((choice) => ({
    value: String(choice.value),
    label: choiceWords(key, choice),
  }));
  if (schema.type === "boolean") return { kind: "switch", isOn: value === "true" };
  if (isNumber(schema)) {
    const { minimum, maximum, type } = schema.anyOf?.[0] ?? schema;
    return {
      ...{ kind: "number", value, empty },
      min: String(minimum),
      max: String(maximum),
      step: type === "integer" ? "1" : "any",
      presets: options.map(({ label, ...preset }) => ({
        ...preset,
        label: `${label} ${shownNumber(preset.value)}`,
      })),
    };
  }
  if (options.length > 0) {
    const isListed = options.some((option) => option.value === value);
    const all = isListed ? options : [...options, { value, label: value }];
    const length = all.reduce((sum, option) => sum + option.label.length, 0);
    return { kind: "choice", value, options: all, isShort: length <= shortChoices };
  }
  const zones = key === "time_zone" ? { options: Intl.supportedValuesOf("timeZone") } : {};
  const maxLength = schema.maxLength === undefined ? undefined : String(schema.maxLength);
  return { kind: "text", value, maxLength, isLong, empty, ...zones };
}

/** Whole, broken, or a number that may be missing. */
const isNumber = (schema: TSchema): boolean =>
  schema.type === "integer" ||
  schema.type === "number" ||
  (Array.isArray(schema.anyOf) && schema.anyOf.some((each: TSchema) => isNumber(each)));

const textOf = (value: unknown): string => (value === null ? "" : String(value));

/** With the decimal mark of the reader's language. */
const shownNumber = (text: string): string =>
  inLanguage({ decimal: text, isUngrouped: true }, languageOfReader());

/** Languages are named in their own words. */
const choiceWords = (key: PersonalKey, { value, label }: Choice): string =>
  key === "language" && value !== asTheBrowser ? label : translated(label);

function emptyWords(key: PersonalKey): string | undefined {
  const { empty } = personalSetting(key);
  return empty === undefined ? undefined : translated(empty);
}

const longestShown = 60;

function wordsFor(key: PersonalKey, value: unknown): string {
  const { choices = [] } = personalSetting(key);
  const empty = emptyWords(key);
  if (typeof value === "boolean") return value ? tr`on` : tr`off`;
  const text = textOf(value);
  if (text === "" && empty !== undefined) return empty;
  const choice = choices.find((each) => each.value === value);
  if (choice !== undefined) {
    const label = choiceWords(key, choice);
    return typeof value === "number" ? `${label} (${shownNumber(text)})` : label;
  }
  if (typeof value === "number") return shownNumber(text);
  return text.length > longestShown ? `${text.slice(0, longestShown).trimEnd()}…` : text;
}
