/** What the form of an edited question is given. */
/** A question that is being asked in other words. */
export interface EditProps {
  /** As for a new question. */
  readonly limit: number;
  readonly conversationId: string;
  readonly messageId: string;
  readonly key: string;
  readonly text: string;
  readonly problem?: string;
}
