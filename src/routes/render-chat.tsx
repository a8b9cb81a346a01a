/** Builds the chat page from the store, for every route that answers with it. */
import { OpenTurn } from "../../views/fragments/written-answer.tsx";
import { ChatPage } from "../../views/pages/chat-page.tsx";
import type { AssetUrl, ComposerProps, EngineSummary } from "../../views/props.ts";
import type { Settings } from "../settings.ts";
import { isUnfinished, turnsOf } from "./answer-props.ts";
import type { ConversationsPort, GenerationsPort } from "./page-ports.ts";
import { htmlReply } from "./page-replies.tsx";

export interface PagesDeps {
  readonly generations: GenerationsPort;
  readonly conversations: ConversationsPort;
  engineSummary(): EngineSummary;
  readonly settings: Settings;
  /** The address of a static file, from createStaticFiles. */
  readonly asset: AssetUrl;
  /** Logs an error that no one expected. */
  reportDefect(error: unknown): void;
}

/** How many conversations the list shows. */
const listLength = 100;

export const conversationsShown = (deps: PagesDeps) => deps.conversations.list(listLength);

export const newComposer = (conversationId: string | null): ComposerProps => ({
  conversationId,
  key: crypto.randomUUID(),
});

/** @param id the conversation to show; null for a new one */
export function chatPage(
  deps: PagesDeps,
  id: string | null,
  composer: ComposerProps,
  writeLastAnswer = false,
) {
  const conversation = id === null ? null : (deps.conversations.get(id) ?? null);
  const turns = id === null ? [] : turnsOf(deps.conversations.thread(id), deps.generations);
  const last = turns.at(-1);
  const written = writeLastAnswer && last?.answer && isUnfinished(last.answer) ? last.answer : null;
  const page = (
    <ChatPage
      asset={deps.asset}
      conversations={conversationsShown(deps)}
      conversation={conversation}
      turns={written === null ? turns : turns.slice(0, -1)}
      composer={composer}
      engine={deps.engineSummary()}
      {...(written === null
        ? {}
        : { safeOpenTurn: <OpenTurn question={last?.question ?? ""} answer={written} /> })}
    />
  );
  return { page, written };
}

export function renderChat(
  deps: PagesDeps,
  id: string | null,
  composer: ComposerProps,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return htmlReply(chatPage(deps, id, composer).page, status, headers);
}
