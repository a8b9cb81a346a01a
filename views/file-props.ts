/** A file of a question. */
export interface FileProps {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly characters: number;
  readonly isCut: boolean;
  /** How much of its text the prompt has; null: it was not asked for yet. */
  readonly readCharacters: number | null;
}
