/** What was seen of one check of one program. */
export interface Told {
  readonly program: string;
  readonly check: string;
  /** null: it passed. */
  readonly problem: string | null;
  readonly seconds: number;
}
