/** The parts of the chat page that change when the form to ask with was taken. */
import { ComposerFields } from "../../views/fragments/composer.tsx";
import { ConversationHead } from "../../views/fragments/conversation-head.tsx";
import { Live } from "../../views/fragments/live.tsx";
import { ModelButton, modelFormId } from "../../views/fragments/model-card.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { presetChipsId } from "../../views/fragments/preset-chips.tsx";
import { pageTitle } from "../../views/pages/chat-page.tsx";
import type { ComposerProps } from "../../views/props.ts";
import type { Conversation } from "../store/schema.ts";
import { conversationProps, newComposer, type PagesDeps } from "./render-chat.tsx";

interface EmptiedProps {
  readonly conversationId: string | null;
  /** How a new chat goes on. */
  readonly begun?: Pick<ComposerProps, "isTemporary" | "preset">;
}

export const EmptiedComposer = ({ conversationId, begun = {} }: EmptiedProps) => (
  <>
    <Partial target="#composer-fields" swap="innerHTML">
      <ComposerFields composer={{ ...newComposer(conversationId), ...begun }} />
    </Partial>
    {["#composer-note", "#notice"].map((target) => (
      <Partial target={target} swap="innerHTML">
        {""}
      </Partial>
    ))}
  </>
);

/** What else a new chat becomes when it has an address. */
export const NewPage = ({ deps, conversation }: { deps: PagesDeps; conversation: Conversation }) => (
  <>
    <Partial target="#conversation-top" swap="innerHTML">
      <ConversationHead conversation={conversationProps(deps, conversation)} />
    </Partial>
    <Partial target="title" swap="textContent">
      <span safe>{pageTitle(conversation)}</span>
    </Partial>
    <Partial target={`#${presetChipsId}`} swap="innerHTML">
      {""}
    </Partial>
    <Partial target={`#${modelFormId}`} swap="outerHTML">
      <ModelButton engine={deps.engineSummary()} conversationId={conversation.id} />
    </Partial>
    <Partial target="#live" swap="innerHTML">
      <Live conversationId={conversation.id} />
    </Partial>
  </>
);
