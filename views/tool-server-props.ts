/** Servers of other programs' tools, as pages show them. */
export interface ToolServerProps {
  readonly id: string;
  readonly name: string;
  readonly kind: "stdio" | "http";
  readonly command: string;
  readonly args: readonly string[];
  readonly url: string;
  readonly secretNames: readonly string[];
  readonly isOn: boolean;
  readonly isShared: boolean;
  readonly state: "idle" | "starting" | "ready" | "failed";
  readonly error: string | null;
  readonly protocol: string | null;
  readonly tools: readonly ListedToolProps[];
}

export interface ListedToolProps {
  readonly name: string;
  readonly description: string;
  /** JSON. */
  readonly schema: string;
  readonly saysReadOnly: boolean;
  /** An admin has accepted that. */
  readonly readsOnly: boolean;
  readonly problem: "schema" | "name" | "gone" | null;
}

/** What one may use. */
export interface UsableServerProps {
  readonly id: string;
  readonly name: string;
  readonly tools: readonly (ListedToolProps & { readonly rule: "ask" | "allow" | "never" | "changed" })[];
}

/** A form with what was filled in. */
export interface ToolServerFormProps {
  readonly name: string;
  readonly kind: string;
  readonly command: string;
  readonly args: string;
  readonly url: string;
}
