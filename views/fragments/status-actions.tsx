/**
 * Starts, stops and restarts an engine, with or without JavaScript. What cannot be done now keeps its place, so that
 * a live update neither moves a button under the finger nor takes the keyboard's focus away.
 */
import { tr } from "../../src/texts/reader-language.ts";
import type { EngineCardProps } from "../props.ts";

type Action = EngineCardProps["actions"][number];

const words = (
  engine: string,
): Readonly<Record<Action, { readonly label: string; readonly name: string }>> => ({
  start: { label: tr`Start`, name: tr`Start ${engine}` },
  stop: { label: tr`Stop`, name: tr`Stop ${engine}` },
  restart: { label: tr`Restart`, name: tr`Restart ${engine}` },
  unload: { label: tr`Unload`, name: tr`Unload ${engine}` },
});

interface Props {
  readonly engine: Pick<EngineCardProps, "name" | "actions">;
  /** The beginning of ids within this engine's card. */
  readonly id: string;
}

export const EngineActions = ({ engine, id }: Props) => (
  <div class="engine-actions">
    {shownActions(engine).map((action) => (
      <ActionForm
        url={`/status/${encodeURIComponent(engine.name)}/${action}`}
        id={`${id}-${action}`}
        {...words(engine.name)[action]}
        possible={engine.actions.includes(action)}
      />
    ))}
  </div>
);

/** A model that was loaded for a request has no process of its own to start. */
const shownActions = ({ actions }: Props["engine"]): readonly Action[] =>
  actions.includes("unload") ? ["unload"] : ["start", "stop", "restart"];

const ActionForm = ({
  url,
  id,
  label,
  name,
  possible,
}: Record<"url" | "id" | "label" | "name", string> & { possible: boolean }) => (
  <form method="post" action={url} hx-post={url} hx-swap="none" hx-sync="this:drop">
    <button
      id={id}
      type={possible ? "submit" : "button"}
      class="button"
      aria-label={name}
      aria-disabled={possible ? undefined : "true"}
      safe
    >
      {label}
    </button>
  </form>
);
