/** What views are given: plain data, already looked up. Types only. */

import type { FigureCounts } from "../src/finance/numbers/figure-counts.ts";
import type { EngineSummary } from "../src/status/engine-summary.ts";
import type { EngineReport, StatusReport } from "../src/status/status-report.ts";
import type { OwnCounts } from "../src/store/own-data.ts";
import type { GenerationState, Memory, Proposal, Rating, StoredError } from "../src/store/schema.ts";
import type { CardChartProps } from "./chart-props.ts";
import type { DocumentLink } from "./document-list-props.ts";
import type { FileProps } from "./file-props.ts";
import type { ListCounts, ListProps } from "./list-props.ts";
import type { PresetLink } from "./preset-props.ts";
import type { ProjectChoice } from "./project-props.ts";
import type { ToolCallProps } from "./tool-call-props.ts";

export type { ListFilter } from "./list-props.ts";

/** The address of a file under public/ or of htmx, with its content's hash. */
export type AssetUrl = (name: string) => string;

/** Times as the reader's clock and calendar show them; each is given in milliseconds since 1970. */
export interface ShownDates {
  /** As "March 31, 2026". */
  dateOf(time: number): string;
  /** With hours, minutes and seconds. */
  momentOf(time: number): string;
}

export interface ConversationLink {
  readonly id: string;
  readonly title: string;
}

/** The conversation that is shown, with what its menu changes. */
export interface ConversationProps extends ConversationLink, ProjectChoice {
  readonly folder: string;
  readonly isPinned: boolean;
  readonly isArchived: boolean;
  readonly hasInstructions: boolean;
  /** The name of the preset whose values it has; null: none. */
  readonly preset: string | null;
  /** It is not kept. */
  readonly isTemporary: boolean;
  /** The folders that there are already. */
  readonly folders: readonly string[];
}

/** A conversation in the trash. Times are milliseconds since 1970. */
export interface DeletedProps extends ConversationLink {
  readonly deletedAt: number;
  readonly daysLeft: number;
}

/** Who looks at the page. */
export interface ViewerProps {
  readonly name: string;
  readonly isAdmin: boolean;
}

/** The list with what stands above it and below it. */
export interface SidebarProps {
  readonly list: ListProps;
  readonly counts: ListCounts;
  /** Left out: the local owner, without a login. */
  readonly viewer?: ViewerProps;
  /** The model that answers; left out: nothing is said of it. */
  readonly engine?: EngineSummary;
}

/** What every page is given. */
export interface FrameProps {
  readonly asset: AssetUrl;
  /** null: of nobody who is known, or nothing of it can be read. */
  readonly sidebar: SidebarProps | null;
  /** Left out: of nobody who is known. */
  readonly look?: LookProps | undefined;
}

/** How the user wants pages to look; the settings of src/settings/personal.ts say what each may be. */
export interface LookProps {
  readonly theme: "system" | "light" | "dark";
  readonly contrast: "system" | "more" | "less";
  readonly textSize: "small" | "normal" | "large" | "larger";
  readonly density: "comfortable" | "compact";
  readonly stream: "instant" | "smooth" | "typewriter";
  /** Tokens a second. */
  readonly streamRate: number;
}

/** How a setting is changed. Values are as a form sends them. */
export type SettingControl =
  | { readonly kind: "switch"; readonly isOn: boolean }
  | {
      readonly kind: "choice";
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      /** All choices fit on one line. */
      readonly isShort: boolean;
    }
  | {
      readonly kind: "number";
      readonly value: string;
      readonly min: string;
      readonly max: string;
      readonly step: string;
      readonly presets: readonly { readonly value: string; readonly label: string }[];
      /** What an empty field stands for; left out: it may not be empty. */
      readonly empty?: string | undefined;
    }
  | {
      readonly kind: "text";
      readonly value: string;
      readonly maxLength: string | undefined;
      readonly isLong: boolean;
      readonly empty?: string | undefined;
      /** What may be meant. */
      readonly options?: readonly string[] | undefined;
    };

export type SettingsSection = "you" | "answers" | "look" | "memory" | "keys" | "data" | "access" | "about";

/** What became of an imported file, or why it was refused. */
export type ImportedProps =
  | {
      readonly report: {
        readonly imported: readonly string[];
        readonly skipped: readonly string[];
        readonly refused: readonly { readonly title: string; readonly reason: string }[];
        readonly memories: number;
        readonly documents: number;
      };
    }
  | { readonly problem: string };

export interface DataProps {
  /** How many conversations are in the trash, and how long they stay there. */
  readonly deleted: number;
  readonly keptDays: number;
  readonly imported: ImportedProps | null;
  /** How much there is of this user's. */
  readonly own: OwnCounts;
  readonly wiped: WipedProps | null;
}

/** Everything was erased; or why it was not. */
export type WipedProps = { readonly counts: OwnCounts } | { readonly problem: string };

/** Times are milliseconds since 1970. */
export interface AboutProps {
  readonly version: string;
  readonly startedAt: number;
  /** null: not for this user. */
  readonly connections:
    | readonly { readonly origin: string; readonly requests: number; readonly lastAt: number }[]
    | null;
}

/** A personal setting, as its row shows it. */
export interface SettingProps {
  readonly key: string;
  readonly section: SettingsSection;
  readonly label: string;
  readonly meaning: string;
  readonly control: SettingControl;
  /** The default in words. */
  readonly fallback: string;
  readonly isChosen: boolean;
  readonly isConfigured: boolean;
  /** What wins over every choice; null: nothing does. */
  readonly fixedBy: string | null;
  /** Of the document's look: the attribute that says it. */
  readonly look: { readonly attribute: string; readonly value: string } | null;
  readonly isSaved: boolean;
  /** What had the focus is gone: the control gets it. */
  readonly takesFocus: boolean;
  /** Why what was sent was refused. */
  readonly problem: string | null;
}

/** The places that the sidebar leads to. */
export type Place =
  | `/${"" | "compare" | "batches" | "desk" | "data" | "documents" | "projects" | "memory" | "models" | "status" | "settings"}`
  | null;

/** A user as admins see them. Times are milliseconds since 1970. */
export interface UserProps {
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
  readonly createdAt: number;
  readonly isYou: boolean;
}

/** One's own login. Times are milliseconds since 1970. */
export interface AccountProps {
  readonly name: string;
  readonly isAdmin: boolean;
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly prefix: string;
    readonly scopes: readonly ("chat" | "read" | "admin")[];
    readonly createdAt: number;
    readonly lastUsedAt: number | null;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly browser: string;
    readonly createdAt: number;
    readonly lastSeenAt: number;
    readonly isThis: boolean;
  }[];
}

export interface NewKeyProps {
  readonly name: string;
  readonly secret: string;
}

/** A conversation in which something was found; `excerpt` alternates between what was not searched for and what was. */
export interface SearchHit extends ConversationLink {
  readonly messageId: string | null;
  /** When something was last said there. Milliseconds since 1970. */
  readonly updatedAt: number;
  readonly excerpt: readonly string[];
}

/** A figure of an answer that bears a mark, with its offsets in the text. */
export interface FigureMark {
  readonly start: number;
  readonly end: number;
  /** pending: text that is still to come decides. */
  readonly kind:
    | "computed"
    | "quoted"
    | "derived"
    | "convention"
    | "unsupported"
    | "pending"
    | "unsure"
    | "cited"
    | "misquoted";
  /** The fact that it shows, or that it was derived from. */
  readonly factId?: string;
  /** The user's message that it stands in. */
  readonly messageId?: string;
  /** Of a quotation that goes on behind a figure. */
  readonly isPart?: true;
  /** The passage of a document that it stands in, or that is cited. */
  readonly passage?: { readonly documentId: string; readonly number: number };
  /** Why it has its mark, for people. */
  readonly words?: string;
}

/** A text as trusted HTML, which the Markdown renderer alone makes. */
export interface RenderedText {
  readonly safeBlocks: string;
  /** The open end of a text that still grows. */
  readonly safeTail: string;
  /** The text goes on: a link leads to all of it. */
  readonly isCut: boolean;
}

export interface ThoughtProps {
  /** null: it is asked for when it is opened. */
  readonly text: string | null;
  /** The answer itself, or its end, has come. */
  readonly isOver: boolean;
  /** How long the model thought; null: not known. */
  readonly milliseconds: number | null;
}

export interface AnswerProps {
  /** The generation's id. */
  readonly id: string;
  readonly conversationId: string;
  readonly messageId: string;
  /** The ids of the messages beside it and its own, oldest first: other answers to the same question. */
  readonly siblings: readonly string[];
  readonly state: GenerationState;
  readonly text: string;
  readonly rendered: RenderedText;
  /** What the model thought before; null: it did not. */
  readonly thought: ThoughtProps | null;
  /** The tools that the model called, in order. */
  readonly calls: readonly ToolCallProps[];
  /** null: the text is still growing. */
  readonly figures: FigureCounts | null;
  /** Of the series that its card is about; null: there is none. */
  readonly chart: CardChartProps | null;
  /** How many logged tokens `text` was made of: where a stream goes on. Of no use once the answer has ended. */
  readonly cursor: number;
  /** The models that wrote it, in order, as people call them; the one that was asked for while none has. */
  readonly writers: readonly string[];
  /** A tiny demo model wrote some of it, or is about to: its figures are not to be relied upon. */
  readonly isTiny: boolean;
  /** How many memories went into its prompt. */
  readonly memoriesUsed: number;
  /** What the reader thinks of it; null: they have not said it. */
  readonly rating: Rating | null;
  readonly tokensPerSecond: number | null;
  /** The answer was cut because it reached the most tokens an answer may have. */
  readonly cut: boolean;
  /** It can be continued from its text. */
  readonly canContinue: boolean;
  readonly error: StoredError | null;
  /** Milliseconds since 1970; an answer that is continued ends anew. */
  readonly endedAt: number | null;
  /** It came in one piece, because streams do not get through to this browser. */
  readonly unstreamed?: boolean;
}

/** A sentence that a model proposes to remember. */
export type ProposalProps = Pick<
  Proposal,
  "id" | "sentence" | "key" | "state" | "memoryId" | "conversationId" | "messageId"
>;

export interface QuestionProps {
  /** The message's id. */
  readonly id: string;
  /** As much of it as a page shows. */
  readonly text: string;
  readonly isCut: boolean;
  readonly files?: readonly FileProps[];
  /** What is proposed to be remembered of it, and what was. */
  readonly proposals?: readonly ProposalProps[];
  /** The ids of its other wordings and its own, oldest first. */
  readonly siblings: readonly string[];
}

export interface TurnProps {
  readonly question: QuestionProps;
  readonly answer: AnswerProps | null;
}

/** A part of a conversation. */
export interface ThreadProps {
  readonly conversationId: string;
  readonly turns: readonly TurnProps[];
  /** The first message shown, when there are earlier ones. */
  readonly earlierThan: string | null;
  /** It ends before the conversation does. */
  readonly isPast: boolean;
  /** Changes whenever other messages are shown: what a tab compares to learn that it is out of date. */
  readonly shape: string;
}

/** What was done just now. */
export interface NoticeProps {
  readonly text: string;
  /** Where a form undoes it; `inPlace`: the reply is the pieces of the page that change. */
  readonly undo?: {
    readonly url: string;
    readonly inPlace: boolean;
    /** What the button sends; left out: that it is to be restored. */
    readonly field?: { readonly name: string; readonly value: string };
  };
}

/** Whether what is written can be saved. */
export interface StorageProps {
  /** A sentence that says what is wrong and what to do; null when nothing is. */
  readonly problem: string | null;
  /** Nothing can be saved at present. */
  readonly isUrgent: boolean;
}

/** What the form to ask with needs: where the question goes, and the key that makes a double submit one. */
export interface ComposerProps extends Partial<Pick<ProjectChoice, "project">> {
  /** The most characters a question may have. The field takes more: a text that is pasted is never cut. */
  readonly limit: number;
  readonly conversationId: string | null;
  /** Of a new conversation: it is not to be kept. */
  readonly isTemporary?: boolean;
  /** Of a new conversation: what it begins with. */
  readonly preset?: PresetLink | null;
  /** Of a new conversation: what it is asked about. */
  readonly documents?: readonly DocumentLink[];
  /** Of a new conversation: the servers whose tools it uses. */
  readonly tools?: readonly { readonly id: string; readonly name: string }[];
  readonly key: string;
  /** Text to begin with, when a question could not be sent. */
  readonly text?: string;
  readonly files?: readonly FileProps[];
  readonly problem?: string;
}

/** An engine as the status page shows it: its report with the fields of its status beside the others. */
export type EngineCardProps = Omit<EngineReport, "status"> &
  Omit<EngineReport["status"], "engine" | "modelHash"> & { readonly name: string };

/** What runs, as the status page shows it at the moment `now`, in milliseconds since 1970. */
export interface StatusProps extends Omit<StatusReport, "engines"> {
  readonly now: number;
  readonly engines: readonly EngineCardProps[];
}

export type MemoryProps = Pick<Memory, "id" | "key" | "value" | "category" | "conversationId" | "createdAt">;
