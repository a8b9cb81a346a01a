/** The chat: a new one or one with turns. It is whole without any script. */

import type { EngineSummary } from "../../src/status/engine-summary.ts";
import { tr } from "../../src/texts/reader-language.ts";
import type { DocumentLink } from "../document-list-props.ts";
import { Announcer } from "../fragments/announcer.tsx";
import { CommandList } from "../fragments/commands.tsx";
import { Composer } from "../fragments/composer.tsx";
import { ConversationHead, ProjectAddress } from "../fragments/conversation-head.tsx";
import { DocumentChips } from "../fragments/document-row.tsx";
import { EmptyThread } from "../fragments/empty-thread.tsx";
import { EngineBanner } from "../fragments/engine-banner.tsx";
import type { FirstStepsProps } from "../fragments/first-steps.tsx";
import { Live } from "../fragments/live.tsx";
import { CopyForm } from "../fragments/message-tools.tsx";
import { Notice } from "../fragments/notice.tsx";
import { PresetChips, presetChipsId } from "../fragments/preset-chips.tsx";
import { Queue } from "../fragments/queue.tsx";
import { StorageBanner } from "../fragments/storage-banner.tsx";
import { shapeId, ThreadContents } from "../fragments/thread.tsx";
import { Frame } from "../frame.tsx";
import { productName } from "../layout.tsx";
import type { PresetLink } from "../preset-props.ts";
import type { ProjectLink } from "../project-props.ts";
import type {
  AssetUrl,
  ComposerProps,
  ConversationLink,
  ConversationProps,
  LookProps,
  NoticeProps,
  SidebarProps,
  StorageProps,
  ThreadProps,
} from "../props.ts";
import type { QueueProps } from "../queue-props.ts";
import { element, safeTr } from "../safe-tr.ts";

interface ChatPageProps {
  readonly asset: AssetUrl;
  readonly sidebar: SidebarProps;
  readonly look?: LookProps | undefined;
  readonly conversation: ConversationProps | null;
  /** null for a new conversation. */
  readonly thread: ThreadProps | null;
  readonly composer: ComposerProps;
  /** What its questions are asked about. */
  readonly documents: readonly DocumentLink[];
  /** Speech can be written down. */
  readonly dictates: boolean;
  readonly notice: NoticeProps | null;
  /** HTML of what a command shows. */
  readonly safeReply?: JSX.Element;
  /** null for a new conversation. */
  readonly queue: QueueProps | null;
  /** Of a new conversation. */
  readonly presets: readonly PresetLink[];
  readonly engine: EngineSummary;
  readonly storage: StorageProps;
  /** Of a newcomer, in a new conversation. */
  readonly firstSteps?: FirstStepsProps | null;
  /** HTML that takes the place of the last turn: the slot of an answer that is written into this very page. */
  readonly safeOpenTurn?: JSX.Element;
}

export const ChatPage = (props: ChatPageProps) => (
  <Frame
    title={pageTitle(props.conversation)}
    asset={props.asset}
    sidebar={props.sidebar}
    look={props.look}
    kind="chat"
    dictates={props.dictates}
    here="/"
  >
    <main class="chat">
      <StorageBanner storage={props.storage} />
      <EngineBanner engine={props.engine} />
      {/* The form comes before an answer that is written into the page, so that it can be used meanwhile. */}
      {props.safeOpenTurn === undefined ? "" : <Asking {...props} />}
      <div id="conversation-top">
        {props.conversation === null ? (
          <BeginsIn project={props.composer.project ?? null} />
        ) : (
          <ConversationHead conversation={props.conversation} />
        )}
      </div>
      <section
        id="thread"
        class="thread"
        aria-label={tr`Conversation`}
        data-past={props.thread?.isPast ? "" : undefined}
      >
        {props.thread === null ? (
          <EmptyThread steps={props.firstSteps ?? null} isTemporary={props.composer.isTemporary ?? false} />
        ) : (
          <ThreadContents thread={props.thread} />
        )}
        {props.safeOpenTurn === undefined ? "" : (props.safeOpenTurn as "safe")}
      </section>
      <div id="end"></div>
      {props.safeOpenTurn === undefined ? <Asking {...props} /> : ""}
    </main>
    <CopyForm copyKey={props.composer.key} />
    <Announcer />
    <p id={shapeId} hidden safe>
      {props.thread?.shape ?? ""}
    </p>
    <div id="live" hidden>
      {props.safeOpenTurn === undefined ? <Live conversationId={props.conversation?.id ?? null} /> : ""}
    </div>
  </Frame>
);

/** Above a new chat. */
const BeginsIn = ({ project }: { project: ProjectLink | null }) =>
  project === null ? (
    ""
  ) : (
    <p class="note">{safeTr`New chat in ${element(<ProjectAddress project={project} />)}`}</p>
  );

const Asking = ({
  composer,
  documents,
  dictates,
  notice,
  queue,
  presets,
  engine,
  safeReply,
}: ChatPageProps) => (
  <>
    <div id="notice">
      <Notice notice={notice} />
      {(safeReply ?? "") as "safe"}
    </div>
    <div class="asking">
      <CommandList />
      <Queue queue={queue} />
      <div id={presetChipsId}>
        {composer.conversationId === null ? (
          <PresetChips
            presets={presets}
            chosen={composer.preset ?? null}
            isTemporary={composer.isTemporary ?? false}
          />
        ) : (
          ""
        )}
      </div>
      <DocumentChips documents={documents} conversationId={composer.conversationId} />
      <Composer composer={composer} engine={engine} dictates={dictates} />
    </div>
  </>
);

export const pageTitle = (conversation: ConversationLink | null) =>
  conversation === null ? productName : `${conversation.title} · ${productName}`;
