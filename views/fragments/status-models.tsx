/** Puts another model in the place of the one that an engine runs, with or without JavaScript. */
import { tr } from "../../src/texts/reader-language.ts";
import type { EngineCardProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props {
  readonly engine: Pick<EngineCardProps, "name" | "models">;
  /** The beginning of ids within this engine's card. */
  readonly id: string;
}

/** What the reader has chosen stays chosen when the card is morphed: no option says that it is selected. */
export const EngineModels = ({ engine, id }: Props) => {
  const url = `/status/${encodeURIComponent(engine.name)}/load`;
  return (
    <form
      class="engine-models"
      method="post"
      action={url}
      hx-post={url}
      hx-swap="none"
      hx-sync="this:drop"
      aria-describedby={`${id}-models-note`}
    >
      <label for={`${id}-model`}>{safeTr`Another model`}</label>
      <select id={`${id}-model`} class="input" name="model" required>
        {engine.models.map((model) => (
          <option value={model} safe>
            {model}
          </option>
        ))}
      </select>
      <button
        id={`${id}-load`}
        type="submit"
        class="button"
        aria-label={tr`Load the model on ${engine.name}`}
      >
        {safeTr`Load`}
      </button>
      <p id={`${id}-models-note`} class="note">
        {safeTr`Answers that are being written finish first; new ones wait for the model.`}
      </p>
    </form>
  );
};
