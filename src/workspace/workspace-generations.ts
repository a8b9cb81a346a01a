/** What a workspace has of the answers. */
import type { Generations } from "../generations/generations.ts";

export type WorkspaceGenerations = Pick<
  Generations,
  | "ask"
  | "askBoth"
  | "retry"
  | "continue"
  | "get"
  | "textSoFar"
  | "tokenCount"
  | "tokens"
  | "follow"
  | "ended"
  | "stop"
  | "answerNow"
  | "stopWhenAbandoned"
  | "outcome"
>;
