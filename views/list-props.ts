/** What the list of conversations is given. Types only. */

/** Which conversations a list holds. */
export interface ListFilter {
  readonly folder: string | null;
  readonly archived: boolean;
  /** The id of the project whose conversations it holds; null or left out: of any. */
  readonly project?: string | null;
}

/** A conversation in the list. */
export interface ListedConversation {
  readonly id: string;
  readonly title: string;
  /** answering: an answer waits or is written; unread: something was said since its owner last looked. */
  readonly mark: "answering" | "unread" | null;
}

/** A page of the list, in groups by when something was last said. */
export interface ListProps {
  readonly filter: ListFilter;
  /** A group without a name continues the last one of the previous page. */
  readonly groups: readonly {
    readonly name: string | null;
    readonly conversations: readonly ListedConversation[];
  }[];
  /** The conversation that is shown beside it. */
  readonly current: string | null;
  /** Where the next page begins, and the group that it may go on with. */
  readonly next: { readonly cursor: string; readonly group: string } | null;
}

/** Those that are not archived, in all and in each folder; and the archived ones. */
export interface ListCounts {
  readonly all: number;
  readonly archived: number;
  readonly folders: readonly { readonly name: string; readonly count: number }[];
  /** Those that have some. */
  readonly projects: readonly { readonly id: string; readonly name: string; readonly count: number }[];
}
