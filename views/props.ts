/** What views are given: plain data, already looked up. Types only. */
import type { GenerationState, StoredError } from "../src/store/schema.ts";

/** The address of a file under public/ or of htmx, with its content's hash. */
export type AssetUrl = (name: string) => string;

export interface ConversationLink {
  readonly id: string;
  readonly title: string;
}

export interface AnswerProps {
  /** The generation's id. */
  readonly id: string;
  readonly conversationId: string;
  readonly state: GenerationState;
  readonly text: string;
  /** How many logged tokens `text` was made of: where a stream goes on. */
  readonly cursor: number;
  /** What wrote it, as people call it. */
  readonly model: string;
  readonly tokensPerSecond: number | null;
  /** The answer was cut because it reached the most tokens an answer may have. */
  readonly cut: boolean;
  readonly error: StoredError | null;
  /** It came in one piece, because streams do not get through to this browser. */
  readonly unstreamed?: boolean;
}

export interface TurnProps {
  readonly question: string;
  readonly answer: AnswerProps | null;
}

/** Whether the model can answer, for the banner on every page. */
export interface EngineSummary {
  readonly state: "starting" | "ready" | "failed" | "stopped";
  readonly model: string | null;
  readonly modelName: string | null;
  /** A demo model that is too small to be relied upon. */
  readonly tiny: boolean;
  /** A sentence that says what to do, when `state` is failed. */
  readonly problem: string | null;
  /** 0 to 1 while the model is loading. */
  readonly progress: number | null;
}

/** What the form to ask with needs: where the question goes, and the key that makes a double submit one. */
export interface ComposerProps {
  readonly conversationId: string | null;
  readonly key: string;
  /** Text to begin with, when a question could not be sent. */
  readonly text?: string;
  readonly problem?: string;
}
