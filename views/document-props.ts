/** A conversation as a document that stands alone. */
import type { AnswerFigures } from "../src/generations/answer-figures.ts";
import type { Rating } from "../src/store/schema.ts";
import type { ShownDates } from "./props.ts";

export interface DocumentMessageProps {
  readonly id: string;
  readonly by: "user" | "assistant";
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly models: readonly string[];
  readonly text: string;
  /** How its figures are known; null: they bear no marks. */
  readonly figures: AnswerFigures | null;
  /** How it ended, unless it simply did. */
  readonly end: "unfinished" | "stopped" | "failed" | "length" | null;
  readonly rating: Rating | null;
  readonly files: readonly {
    readonly name: string;
    /** In bytes. */
    readonly size: number;
    /** As a data: URL; null: it is only named. */
    readonly picture: string | null;
  }[];
}

export interface DocumentProps {
  readonly title: string;
  /** Oldest first. Where it is null others may have their turn. */
  readonly messages: Iterable<DocumentMessageProps | null>;
  /** All of its CSS. */
  readonly style: string;
  readonly dates: ShownDates;
  /** When it is made, in milliseconds since 1970. */
  readonly now: number;
}
