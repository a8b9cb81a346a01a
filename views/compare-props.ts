/** What the pages of two answers side by side are given. Types only. */
import type { PresetLink } from "./preset-props.ts";
import type { AnswerProps, QuestionProps } from "./props.ts";

export interface SideFields {
  readonly model: string;
  /** As it was typed. */
  readonly temperature: string;
  readonly memory: boolean;
  readonly instructions: string;
}

/** The form: one question, and how each of its two answers is made. */
export interface CompareFormProps {
  readonly text: string;
  readonly limit: number;
  readonly key: string;
  readonly presets: readonly PresetLink[];
  /** What the conversation begins with, and both sides with it; null: nothing. */
  readonly preset: PresetLink | null;
  readonly sides: readonly [SideFields, SideFields];
  /** What can answer, beside whichever runs. */
  readonly models: readonly string[];
  readonly problem: string | null;
}

export interface ComparedAnswer {
  readonly answer: AnswerProps;
  /** How it is made, where the other one may differ. */
  readonly settings: readonly string[];
}

export interface ComparedProps {
  readonly question: QuestionProps;
  readonly conversationId: string;
  readonly answers: readonly [ComparedAnswer, ComparedAnswer];
  /** How many versions there are. */
  readonly versions: number;
  readonly copyKey: string;
}
