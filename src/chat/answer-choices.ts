/** What a preset, and a conversation that was begun with one, has instead of its owner's settings. It knows nothing of storage. */

/** What is left out is as in the settings. The keys are those of the settings. */
export interface AnswerChoices {
  readonly instructions?: string;
  /** An id or alias; left out: the model that answers. */
  readonly model?: string;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly max_tokens?: number;
  /** How many memories may be recalled for a question; 0 none. */
  readonly recall?: number;
}

/** They stay as they are, whatever becomes of the preset. */
export interface ConversationChoices extends AnswerChoices {
  /** The name of the preset that they were taken from. */
  readonly preset: string;
}
