/** Builds the chat page from the store, for every route that answers with it. */

import { CommandReply, type CommandReplyProps } from "../../views/fragments/commands.tsx";
import { OpenTurn } from "../../views/fragments/written-answer.tsx";
import { ChatPage } from "../../views/pages/chat-page.tsx";
import type {
  AssetUrl,
  ComposerProps,
  ConversationProps,
  NoticeProps,
  ThreadProps,
  ViewerProps,
} from "../../views/props.ts";
import { questionLimit } from "../generations/question.ts";
import { htmlReply } from "../http/html-reply.tsx";
import type { OwnPreferences } from "../preferences/preferences.ts";
import type { EngineSummary } from "../status/engine-summary.ts";
import type { Conversation, OwnerId } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import type { OwnDatasets } from "../workspace/datasets.ts";
import { mostChosen, type OwnDocuments } from "../workspace/documents.ts";
import type { OwnFiles } from "../workspace/files.ts";
import type { Finance } from "../workspace/finance.ts";
import type { OwnPresets } from "../workspace/presets.ts";
import type { OwnProjects } from "../workspace/projects.ts";
import type { OwnProposals } from "../workspace/proposals.ts";
import type { QueueOfOwner } from "../workspace/queue.ts";
import type { OwnRatings } from "../workspace/ratings.ts";
import type { OwnSeriesFigures } from "../workspace/series-figures.ts";
import type { OwnToolsElsewhere } from "../workspace/tools-elsewhere.ts";
import type { WatchedState } from "../workspace/watched-folder.ts";
import type { OwnData } from "../workspace/wipe.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { isUnfinished } from "./answer-props.ts";
import type { Calendar } from "./calendar.ts";
import { firstSteps } from "./first-steps.ts";
import { everything, lookOf, sidebarProps } from "./list-props.ts";
import type {
  AboutPort,
  LibraryPort,
  MemoryPort,
  ModelChoicePort,
  StoragePort,
  TransferPort,
} from "./page-ports.ts";
import { queueProps } from "./queue-props.ts";
import { lastTurns, type ThreadDeps } from "./thread-props.ts";

export interface PagesDeps extends ThreadDeps {
  readonly library: LibraryPort;
  /** Questions that wait for the answer before them. */
  readonly queue: QueueOfOwner;
  readonly memory: MemoryPort;
  /** Left out: nothing is proposed. */
  readonly proposals?: OwnProposals;
  /** Left out: there are none. */
  readonly documents?: OwnDocuments;
  /** Left out: there are none. */
  readonly projects?: OwnProjects;
  readonly finance: Finance;
  /** Left out: there are no series. */
  readonly seriesFigures?: Pick<OwnSeriesFigures, "verify" | "place" | "chart">;
  readonly files: OwnFiles;
  /** Whether speech can be written down; left out: no. */
  readonly dictates?: boolean;
  readonly presets: OwnPresets;
  /** Other programs' tools; left out: there are none. */
  readonly tools?: OwnToolsElsewhere;
  readonly ratings: OwnRatings;
  readonly data: OwnData;
  readonly modelChoice: ModelChoicePort;
  /** Left out: whoever uses this machine, without a login. */
  readonly viewer?: ViewerProps;
  /** Whether the user still has access: a stream may outlast a login. */
  readonly isStillKnown?: () => boolean;
  /** Counts an open stream of the user; returns its end. @throws TooManyRequestsError */
  readonly openStream?: () => () => void;
  /** The user may not change anything, not even the shown branch. */
  readonly isReadOnly?: boolean;
  readonly storage: StoragePort;
  /** The reader's; left out: this machine's. */
  readonly calendar?: Calendar;
  engineSummary(): EngineSummary;
  /** Reports a change of the summary; returns the end of the subscription. Left out: no reports. */
  readonly onEngineChange?: (listener: () => void) => () => void;
  /** The folder whose files of prices are imported, for its owner. */
  readonly watched?: (ownerId: OwnerId) => WatchedState | null;
  readonly datasets?: OwnDatasets;
  readonly personal: OwnPreferences;
  /** Left out: nobody can say it. */
  readonly previewPrompt?: Workspace["previewPrompt"];
  readonly transfer?: TransferPort;
  readonly about?: AboutPort;
  /** The address of a static file, from openStaticFiles. */
  readonly asset: AssetUrl;
  /** Logs an error that no one expected. */
  reportDefect(error: unknown): void;
}

/** The dependencies of the pages for one identity. */
export type PagesOf = (request: Request) => PagesDeps;

interface ChatPageOptions {
  /** null: a new conversation. */
  readonly conversation: Conversation | null;
  readonly composer?: ComposerProps;
  readonly notice?: NoticeProps | null;
  /** What a command shows. */
  readonly reply?: CommandReplyProps;
  /** What is shown; its end unless told. */
  readonly thread?: ThreadProps;
  /** The last answer is written into the page, if it is being written. */
  readonly writesLastAnswer?: boolean;
}

/** The list beside an archived conversation is the archive, in which it stands. */
const filterOf = (conversation: Conversation | null) =>
  conversation === null || conversation.archivedAt === null ? everything : { folder: null, archived: true };

/** Says what was done just now, and undoes it. */
export const archiveNotice = ({ id, archivedAt }: Conversation): NoticeProps => ({
  text: archivedAt === null ? tr`Unarchived.` : tr`Archived.`,
  undo: {
    url: `/c/${id}/change`,
    inPlace: true,
    field: { name: "archived", value: archivedAt === null ? "1" : "" },
  },
});

export const newComposer = (conversationId: string | null): ComposerProps => ({
  conversationId,
  key: crypto.randomUUID(),
  limit: questionLimit,
});

/** Of a new chat, as it was begun. */
export const begunWith = (
  { presets, documents, projects, tools }: Pick<PagesDeps, "presets" | "documents" | "projects" | "tools">,
  form: {
    readonly preset?: string | undefined;
    readonly temporary?: string | undefined;
    readonly documents?: string | undefined;
    readonly tools?: string | undefined;
    readonly project?: string | undefined;
  },
): Pick<ComposerProps, "isTemporary" | "preset" | "documents" | "project" | "tools"> => ({
  project: projects?.get(form.project ?? "") ?? null,
  tools: (tools?.list() ?? []).filter(({ id }) => id === form.tools),
  documents: documentIds(form.documents).flatMap((id) => documents?.get(id) ?? []),
  isTemporary: form.temporary !== undefined,
  preset: presets.list().find(({ id }) => id === form.preset) ?? null,
});

/** The ids of a form's field. */
export const documentIds = (field = ""): readonly string[] =>
  field
    .split(",")
    .filter((id) => id !== "")
    .slice(0, mostChosen);

export const conversationProps = (deps: PagesDeps, conversation: Conversation): ConversationProps => ({
  id: conversation.id,
  title: conversation.title,
  folder: conversation.folder,
  isPinned: conversation.pinnedAt !== null,
  isArchived: conversation.archivedAt !== null,
  hasInstructions: conversation.instructions !== "",
  preset: conversation.settings?.preset ?? null,
  isTemporary: conversation.origin === "temporary",
  folders: deps.library.folders(),
  project: deps.projects?.ofConversation(conversation.id) ?? null,
  projects: deps.projects?.list() ?? [],
});

export async function chatPage(deps: PagesDeps, options: ChatPageOptions) {
  const { conversation, notice = null, writesLastAnswer = false } = options;
  const id = conversation?.id ?? null;
  const thread = options.thread ?? (id === null ? null : await lastTurns(deps, id));
  const last = thread?.turns.at(-1);
  const written = writesLastAnswer && last?.answer && isUnfinished(last.answer) ? last.answer : null;
  const page = (
    <ChatPage
      asset={deps.asset}
      sidebar={sidebarProps(deps, { filter: filterOf(conversation), current: id })}
      look={lookOf(deps)}
      conversation={conversation === null ? null : conversationProps(deps, conversation)}
      thread={thread === null || written === null ? thread : { ...thread, turns: thread.turns.slice(0, -1) }}
      composer={options.composer ?? newComposer(id)}
      documents={
        id === null ? (options.composer?.documents ?? []) : (deps.documents?.ofConversation(id) ?? [])
      }
      dictates={deps.dictates === true}
      notice={notice}
      {...(options.reply === undefined ? {} : { safeReply: <CommandReply reply={options.reply} /> })}
      queue={id === null ? null : queueProps(deps, id)}
      engine={deps.engineSummary()}
      storage={deps.storage.state()}
      presets={id === null ? deps.presets.list() : []}
      firstSteps={id === null ? firstSteps(deps) : null}
      {...(written === null || last === undefined
        ? {}
        : { safeOpenTurn: <OpenTurn question={last.question} answer={written} /> })}
    />
  );
  return { page, written };
}

export async function renderChat(
  deps: PagesDeps,
  options: ChatPageOptions,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Promise<Response> {
  return htmlReply((await chatPage(deps, options)).page, status, headers);
}
