/** What views know of presets. */

/** A preset by its name. */
export interface PresetLink {
  readonly id: string;
  readonly name: string;
}

export interface PresetRowProps extends PresetLink {
  /** What it has of its own, in words. */
  readonly words: string;
}

/** As it is filled in; '' is as in the settings. */
export interface PresetFormProps {
  /** null: a new one. */
  readonly id: string | null;
  readonly name: string;
  readonly instructions: string;
  readonly model: string;
  readonly temperature: string;
  readonly top_p: string;
  readonly max_tokens: string;
  readonly recall: string;
  /** What can answer. */
  readonly models: readonly string[];
  /** What applies to what is left empty, by field. */
  readonly usual: Readonly<Record<"temperature" | "top_p" | "max_tokens" | "recall", string>>;
  /** Why it was refused, and of which field; null: it was not. */
  readonly problem: { readonly field: string; readonly message: string } | null;
}
