/**
 * The personal settings: of each its key, form, default, section and words. What else there is of a setting follows from this
 * table: its row on the page, its key in config.json, README's table, the API's fields and the check of each value. It knows
 * nothing of who chose what.
 */
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";

type PersonalSection = "you" | "answers" | "look" | "memory" | "data";

export interface Choice {
  readonly value: string | number | boolean;
  readonly label: string;
}

interface PersonalSetting<Schema extends TSchema = TSchema> {
  readonly schema: Schema;
  readonly fallback: Static<Schema>;
  readonly section: PersonalSection;
  readonly label: string;
  /** What it changes. */
  readonly meaning: string;
  /** Where config.json has it: the objects that it is in, and its key there. */
  readonly inConfig: readonly string[];
  /** The environment variable that wins over every choice. */
  readonly variable?: string;
  /** Values with a name; the form may allow others. */
  readonly choices?: readonly Choice[];
  /** What an empty field stands for. */
  readonly empty?: string;
  /** Its text may have several lines. */
  readonly isLong?: true;
  /** Why a value of the right form cannot be used; null: it can. */
  problem?(value: Static<Schema>): string | null;
}

const setting = <Schema extends TSchema>(definition: PersonalSetting<Schema>): PersonalSetting<Schema> =>
  definition;

const oneOf = <const Value extends string>(...values: readonly Value[]) =>
  t.Union(values.map((value) => t.Literal(value)));

/** The language that nobody has chosen. */
export const asTheBrowser = "auto";

const personalSettings = {
  risk_profile: setting({
    schema: t.String({ minLength: 1, maxLength: 200 }),
    fallback: "moderate",
    section: "you",
    label: "Risk profile",
    meaning: "How much risk you take; the model is told",
    inConfig: ["risk_profile"],
    choices: [
      { value: "conservative", label: "Conservative" },
      { value: "moderate", label: "Moderate" },
      { value: "aggressive", label: "Aggressive" },
    ],
  }),
  default_pair: setting({
    schema: t.String({ minLength: 1, maxLength: 50 }),
    fallback: "EURUSD",
    section: "you",
    label: "Favourite pair",
    meaning: "The currency pair you trade most; the model is told",
    inConfig: ["default_pair"],
  }),
  currency: setting({
    schema: t.String({
      pattern: "^(?:[A-Z]{3})?$",
      maxLength: 3,
      description: "three capital letters (ISO 4217), or an empty text",
    }),
    fallback: "",
    section: "you",
    label: "Account currency",
    meaning: "The currency of your account, as a code of three letters; the model is told",
    inConfig: ["currency"],
    empty: "none",
  }),
  language: setting({
    schema: t.String({ minLength: 2, maxLength: 50 }),
    fallback: asTheBrowser,
    section: "you",
    label: "Language",
    meaning:
      "The language of pages, answers and dates; Browser: pages and dates follow your browser, answers the question",
    inConfig: ["language"],
    choices: [
      { value: asTheBrowser, label: "Browser" },
      { value: "en", label: "English" },
      { value: "de", label: "Deutsch" },
      { value: "es", label: "Español" },
    ],
  }),
  time_zone: setting({
    schema: t.String({ pattern: "^(?:[A-Za-z][\\w+/-]{0,63})?$", maxLength: 64 }),
    fallback: "",
    section: "you",
    label: "Time zone",
    meaning: "Dates and times are shown in this zone, such as Europe/Berlin",
    inConfig: ["time_zone"],
    empty: "your browser's",
    problem: (zone) =>
      zone === "" || isTimeZone(zone) ? null : "is not a time zone. Write one such as Europe/Berlin.",
  }),

  instructions: setting({
    schema: t.String({ minLength: 1, maxLength: 20_000 }),
    fallback:
      "You are a careful financial assistant. Figures come from the cards that the program computes: repeat them, do not compute. Never invent a figure: if you do not have the data, say so.",
    section: "answers",
    label: "Instructions",
    meaning: "What the model is told before each conversation",
    inConfig: ["system_prompt"],
    isLong: true,
  }),
  temperature: setting({
    schema: t.Number({ minimum: 0, maximum: 2 }),
    fallback: 0.7,
    section: "answers",
    label: "Temperature",
    meaning: "How freely the model chooses its words, from 0 to 2",
    inConfig: ["answers", "temperature"],
    choices: [
      { value: 0.2, label: "Precise" },
      { value: 0.7, label: "Balanced" },
      { value: 1.1, label: "Free" },
    ],
  }),
  top_p: setting({
    schema: t.Number({ minimum: 0, maximum: 1 }),
    fallback: 0.95,
    section: "answers",
    label: "Top p",
    meaning: "The share of the likeliest tokens that are drawn from, from 0 to 1",
    inConfig: ["answers", "top_p"],
  }),
  max_tokens: setting({
    schema: t.Integer({ minimum: 1, maximum: 131_072 }),
    fallback: 2048,
    section: "answers",
    label: "Length",
    meaning: "The most tokens an answer may have; three tokens are about two words",
    inConfig: ["answers", "max_tokens"],
    choices: [
      { value: 512, label: "Short" },
      { value: 2048, label: "Medium" },
      { value: 8192, label: "Long" },
    ],
  }),
  seed: setting({
    schema: t.Union([t.Integer({ minimum: 0, maximum: 4_294_967_295 }), t.Null()]),
    fallback: null,
    section: "answers",
    label: "Seed",
    meaning: "The same seed and the same prompt give the same answer",
    inConfig: ["answers", "seed"],
    empty: "random",
  }),
  prose: setting({
    schema: oneOf("auto", "free", "strict", "none"),
    fallback: "auto",
    section: "answers",
    label: "Text after a card",
    meaning: "What the model adds to a computed card",
    inConfig: ["answers", "prose"],
    variable: "ANSWERS_PROSE",
    choices: [
      { value: "auto", label: "After a result, unless the model is tiny" },
      { value: "free", label: "After every card" },
      { value: "strict", label: "After a result, with its figures alone" },
      { value: "none", label: "Never" },
    ],
  }),
  thinking: setting({
    schema: oneOf("model", "off", "low", "medium", "high"),
    fallback: "model",
    section: "answers",
    label: "Thinking",
    meaning: "How long a model that can think does so before it answers",
    inConfig: ["answers", "thinking"],
    choices: [
      { value: "model", label: "As the model does" },
      { value: "off", label: "Off" },
      { value: "low", label: "Brief" },
      { value: "medium", label: "Medium" },
      { value: "high", label: "Long" },
    ],
  }),
  thinking_budget: setting({
    schema: t.Union([t.Integer({ minimum: 0, maximum: 131_072 }), t.Null()]),
    fallback: null,
    section: "answers",
    label: "Thinking budget",
    meaning: "After so many tokens of a thought the model answers",
    inConfig: ["answers", "thinking_budget"],
    empty: "no limit",
  }),
  tools: setting({
    schema: t.Boolean(),
    fallback: true,
    section: "answers",
    label: "Tools",
    meaning: "A model that is large enough may have the program compute while it answers",
    inConfig: ["answers", "tools"],
  }),

  theme: setting({
    schema: oneOf("system", "light", "dark"),
    fallback: "system",
    section: "look",
    label: "Theme",
    meaning: "The colours of the pages",
    inConfig: ["look", "theme"],
    choices: [
      { value: "system", label: "System" },
      { value: "light", label: "Light" },
      { value: "dark", label: "Dark" },
    ],
  }),
  contrast: setting({
    schema: oneOf("system", "more", "less"),
    fallback: "system",
    section: "look",
    label: "Contrast",
    meaning: "How strongly text and lines stand out",
    inConfig: ["look", "contrast"],
    choices: [
      { value: "system", label: "System" },
      { value: "more", label: "High" },
      { value: "less", label: "Normal" },
    ],
  }),
  text_size: setting({
    schema: oneOf("small", "normal", "large", "larger"),
    fallback: "normal",
    section: "look",
    label: "Text size",
    meaning: "The size of everything on the pages",
    inConfig: ["look", "text_size"],
    choices: [
      { value: "small", label: "Small" },
      { value: "normal", label: "Normal" },
      { value: "large", label: "Large" },
      { value: "larger", label: "Larger" },
    ],
  }),
  density: setting({
    schema: oneOf("comfortable", "compact"),
    fallback: "comfortable",
    section: "look",
    label: "Density",
    meaning: "The space between things",
    inConfig: ["look", "density"],
    choices: [
      { value: "comfortable", label: "Comfortable" },
      { value: "compact", label: "Compact" },
    ],
  }),
  stream: setting({
    schema: oneOf("instant", "smooth", "typewriter"),
    fallback: "smooth",
    section: "look",
    label: "Streaming",
    meaning: "How an answer appears while it is written",
    inConfig: ["look", "stream"],
    choices: [
      { value: "instant", label: "Instant" },
      { value: "smooth", label: "Smooth" },
      { value: "typewriter", label: "Typewriter" },
    ],
  }),
  stream_rate: setting({
    schema: t.Integer({ minimum: 1, maximum: 1000 }),
    fallback: 30,
    section: "look",
    label: "Typewriter rate",
    meaning: "Tokens a second when streaming is set to Typewriter, from 1 to 1000",
    inConfig: ["look", "stream_rate"],
  }),
  first_steps: setting({
    schema: t.Boolean(),
    fallback: true,
    section: "look",
    label: "First steps",
    meaning: "A new chat shows what to set up first, until it is done",
    inConfig: ["look", "first_steps"],
  }),

  recall: setting({
    schema: t.Integer({ minimum: 0, maximum: 20 }),
    fallback: 3,
    section: "memory",
    label: "Memories for a question",
    meaning: "How many memories may be used for an answer, from 0 to 20",
    inConfig: ["memory_settings", "recall"],
  }),
  remember_exchanges: setting({
    schema: t.Boolean(),
    fallback: true,
    section: "memory",
    label: "Remember finished answers",
    meaning: "Each finished answer is kept with its question, for later conversations",
    inConfig: ["memory_settings", "remember_exchanges"],
  }),
  proposals: setting({
    schema: oneOf("off", "ask", "automatic"),
    fallback: "ask",
    section: "memory",
    label: "Propose to remember",
    meaning:
      "While nothing else is written, the model looks for lasting facts and rules in what you say; Automatic: they are remembered at once",
    inConfig: ["memory_settings", "proposals"],
    choices: [
      { value: "off", label: "Off" },
      { value: "ask", label: "Ask" },
      { value: "automatic", label: "Automatic" },
    ],
  }),

  trash_days: setting({
    schema: t.Integer({ minimum: 1, maximum: 365 }),
    fallback: 30,
    section: "data",
    label: "Days in the trash",
    meaning:
      "What you delete can be restored for so many days, from 1 to 365; what was deleted before that is erased at once",
    inConfig: ["data", "trash_days"],
    choices: [
      { value: 7, label: "A week" },
      { value: 30, label: "A month" },
      { value: 90, label: "Three months" },
    ],
  }),
};

type Definitions = typeof personalSettings;
export type PersonalKey = keyof Definitions;
export type PersonalValues = { readonly [Key in PersonalKey]: Static<Definitions[Key]["schema"]> };

/** Of every setting: what applies to owners who have chosen nothing, and whether they may choose. */
export interface PersonalDefaults {
  readonly values: PersonalValues;
  /** The keys whose default is config.json's. */
  readonly configured: readonly PersonalKey[];
  /** The keys that nobody can change, with what wins: a variable's name, or config.json. */
  readonly fixed: ReadonlyMap<PersonalKey, string>;
}

/** In the table's order. */
export const personalKeys = Object.keys(personalSettings).filter(isPersonalKey);

export function isPersonalKey(key: string): key is PersonalKey {
  return Object.hasOwn(personalSettings, key);
}

/** The definition of a key, whatever the form of its value. */
export const personalSetting = (key: PersonalKey): PersonalSetting => personalSettings[key];

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
