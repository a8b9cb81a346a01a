/** What the command /preset shows: the presets, and which one the conversation has. */
import { tr } from "../../src/texts/reader-language.ts";
import { Badge } from "../components/badge.tsx";
import type { PresetRowProps } from "../preset-props.ts";
import { safeTr } from "../safe-tr.ts";
import { Named } from "./named.tsx";

export interface PresetListProps {
  /** null: in a new chat. */
  readonly conversationId: string | null;
  readonly presets: readonly PresetRowProps[];
  /** The name of the one that the conversation has, which may be gone; null: none. */
  readonly current: string | null;
}

export const PresetList = ({ conversationId, presets, current }: PresetListProps) => (
  <>
    <ul class="rows">
      {presets.map(({ name, words }) => (
        <li>
          <div class="model-facts">
            <strong dir="auto" safe>
              {name}
            </strong>
            <small dir="auto" safe>
              {words}
            </small>
          </div>
          {name === current ? (
            <Badge label={tr`In use`} tone="good" icon="good" />
          ) : (
            <Command conversationId={conversationId} text={`/preset ${name}`} label={tr`Use`} of={name} />
          )}
        </li>
      ))}
    </ul>
    <div class="preset-actions">
      {current === null ? (
        ""
      ) : (
        <Command conversationId={conversationId} text="/preset off" label={tr`Take it off`} of={current} />
      )}
      <a class="button small" href="/presets">
        {safeTr`Manage presets`}
      </a>
    </div>
  </>
);

interface CommandProps extends Pick<PresetListProps, "conversationId"> {
  readonly text: string;
  readonly label: string;
  readonly of: string;
}

const Command = ({ conversationId, text, label, of }: CommandProps) => (
  <form method="post" action="/ask" hx-post="/ask" hx-swap="none" hx-sync="this:drop">
    {conversationId === null ? "" : <input type="hidden" name="conversation_id" value={conversationId} />}
    <button type="submit" class="button small" name="text" value={text}>
      <span safe>{label}</span>
      <Named of={of} />
    </button>
  </form>
);
