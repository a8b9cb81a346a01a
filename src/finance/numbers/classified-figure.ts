/** What is said of a figure of an answer: where it stands and how it is known. */
import type { ListingKind } from "./plain-view.ts";

export type FigureClass =
  | "computed"
  | "quoted"
  | "derived"
  | "convention"
  | "structural"
  | "calendar"
  | "unsupported";

export interface Figure {
  /** UTF-16 offsets of the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly class: FigureClass;
  /** The id of the fact that it shows; of one that is derived, the first. */
  readonly fact?: string;
  /** All facts that it follows from. */
  readonly facts?: readonly string[];
  /** Where it stands in the user's words. */
  readonly source?: { readonly where: string; readonly start: number; readonly end: number };
  /** The calculation, or what the convention says. */
  readonly words?: string;
  /**
   * The item is no figure but all of the code, or of the code and addresses in a paragraph, with figures that are not checked one
   * by one. Its class is structural.
   */
  readonly unchecked?: ListingKind;
  /** Later text of the same sentence or line may still change the item. */
  readonly pending: boolean;
}
