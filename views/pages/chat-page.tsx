/** The chat: a new one or one with turns. It is whole without any script. */
import { Announcer } from "../fragments/announcer.tsx";
import { Composer } from "../fragments/composer.tsx";
import { Sidebar } from "../fragments/conversation-list.tsx";
import { EmptyThread } from "../fragments/empty-thread.tsx";
import { EngineBanner } from "../fragments/engine-banner.tsx";
import { ThreadHeading, Turn } from "../fragments/turn.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, ComposerProps, ConversationLink, EngineSummary, TurnProps } from "../props.ts";

export interface ChatPageProps {
  readonly asset: AssetUrl;
  readonly conversations: readonly ConversationLink[];
  readonly conversation: ConversationLink | null;
  readonly turns: readonly TurnProps[];
  readonly composer: ComposerProps;
  readonly engine: EngineSummary;
  /** HTML that takes the place of the last turn: the slot of an answer that is written into this very page. */
  readonly safeOpenTurn?: JSX.Element;
}

export const ChatPage = (props: ChatPageProps) => (
  <Layout title={pageTitle(props.conversation)} asset={props.asset}>
    <TopBar />
    <Sidebar conversations={props.conversations} current={props.conversation?.id ?? null} />
    <main class="chat">
      <EngineBanner engine={props.engine} />
      {/* The form comes before an answer that is written into the page, so that it can be used meanwhile. */}
      {props.safeOpenTurn === undefined ? "" : <Composer composer={props.composer} />}
      <section id="thread" class="thread" aria-label="Conversation">
        {props.conversation === null ? <EmptyThread /> : <ThreadHeading title={props.conversation.title} />}
        {props.turns.map((turn) => (
          <Turn turn={turn} />
        ))}
        {props.safeOpenTurn === undefined ? "" : (props.safeOpenTurn as "safe")}
      </section>
      <div id="end"></div>
      {props.safeOpenTurn === undefined ? <Composer composer={props.composer} /> : ""}
    </main>
    <Announcer />
  </Layout>
);

export const pageTitle = (conversation: ConversationLink | null) =>
  conversation === null ? productName : `${conversation.title} · ${productName}`;
