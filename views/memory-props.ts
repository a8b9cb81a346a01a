/** What the page of memories shows. */
import type { Memory } from "../src/store/schema.ts";
import type { ProjectLink } from "./project-props.ts";
import type { MemoryProps } from "./props.ts";

/** A memory on its page. */
export interface MemoryRowProps extends MemoryProps {
  readonly kind: Memory["kind"];
  readonly source: Memory["source"];
  readonly place: string | null;
  /** The project in which alone it is recalled; null: everywhere. */
  readonly project: ProjectLink | null;
  readonly validFrom: number | null;
  readonly validTo: number | null;
  /** What has taken its place; null: nothing has. */
  readonly successor: Pick<Memory, "id" | "key" | "value"> | null;
  /** What it has taken the place of, the newest first. */
  readonly earlier: readonly Pick<Memory, "id" | "value" | "createdAt">[];
  /** Facts that may contradict it. */
  readonly contradicting: readonly Pick<Memory, "id" | "key" | "value">[];
}

/** Which memories are shown. */
export interface MemoryFilter {
  readonly q?: string;
  readonly kind?: "fact" | "exchange" | "contradiction";
  readonly category?: string;
  /** The id of a project: those of it alone. */
  readonly project?: string;
  /** One alone. */
  readonly id?: string;
}
