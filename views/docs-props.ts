/** What the page of the API shows. */

/** A parameter, or a field of a body. */
export interface DocsField {
  /** "messages[].role" of what lies deeper. */
  readonly name: string;
  /** In words: "a text of 1 to 200 characters". */
  readonly form: string;
  readonly required: boolean;
  readonly description: string | null;
}

export interface DocsExample {
  /** The kind of content. */
  readonly type: string;
  readonly text: string;
}

export interface DocsReply {
  readonly status: string;
  readonly description: string;
  readonly headers: readonly string[];
  readonly types: readonly string[];
  readonly fields: readonly DocsField[];
  readonly example: DocsExample | null;
}

export interface DocsOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly (DocsField & { readonly place: string })[];
  readonly fields: readonly DocsField[];
  readonly curl: string;
  readonly replies: readonly DocsReply[];
}

export interface DocsProps {
  readonly version: string;
  /** A paragraph each. */
  readonly description: readonly string[];
  readonly groups: readonly {
    /** Part of an address. */
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly operations: readonly DocsOperation[];
  }[];
}
