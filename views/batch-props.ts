/** What the pages of several questions at once are given. Types only. */
import type { PresetLink } from "./preset-props.ts";
import type { AnswerProps, QuestionProps } from "./props.ts";

export interface BatchFormProps {
  readonly id: string;
  /** How many questions of this batch were asked already. */
  readonly from: number;
  /** A question a line. */
  readonly questions: string;
  readonly instruments: string;
  /** All there are, and the id of the one that the questions are asked with; "": none. */
  readonly presets: readonly PresetLink[];
  readonly preset: string;
  readonly most: number;
  readonly problem: string | null;
  readonly recent: readonly {
    readonly id: string;
    readonly title: string;
    readonly count: number;
    readonly when: string;
  }[];
}

/** waiting: its turn comes later, and it has no stream of its own yet. */
export type CardState = "waiting" | "running" | "ended";

export interface BatchCardProps {
  readonly question: QuestionProps;
  readonly answer: AnswerProps;
  readonly state: CardState;
}

export interface BatchProps {
  readonly id: string;
  readonly cards: readonly BatchCardProps[];
  /** How many have ended, and of them how many were stopped or have failed. */
  readonly ended: number;
  readonly unanswered: number;
  /** The state of each card: what a page shows, so that it is told what has changed. */
  readonly shown: string;
  readonly copyKey: string;
}
