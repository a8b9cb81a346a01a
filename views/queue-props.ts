/** What the view of the queue is given. Types only. */

/** The questions that wait in a conversation, in the order in which they are asked. */
export interface QueueProps {
  readonly conversationId: string;
  /** The most characters a question may have. */
  readonly limit: number;
  readonly questions: readonly { readonly id: string; readonly text: string }[];
  /** They wait until one is sent, because the answer before them was stopped or has failed. */
  readonly isHeld: boolean;
  /** Changes whenever they do; '' when there are none. */
  readonly state: string;
}
