/**
 * The choice of the model: the button below the form to ask with, which names the model that answers, and the card that it
 * opens. Both are plain forms that send the command /model.
 */
import type { EngineSummary } from "../../src/status/engine-summary.ts";
import type { ModelCard } from "../../src/status/model-cards.ts";
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { Badge } from "../components/badge.tsx";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";

const asForm = {
  method: "post",
  action: "/ask",
  "hx-post": "/ask",
  "hx-swap": "none",
  "hx-sync": "this:drop",
};

/** Where it was asked; null: in a new chat. */
const Place = ({ conversationId }: { conversationId: string | null }) =>
  conversationId === null ? "" : <input type="hidden" name="conversation_id" value={conversationId} />;

interface ButtonProps {
  readonly engine: EngineSummary;
  readonly conversationId: string | null;
}

export const modelFormId = "model-form";

export const ModelButton = ({ engine, conversationId }: ButtonProps) => (
  <form id={modelFormId} class="model-form" {...asForm}>
    <Place conversationId={conversationId} />
    <button
      type="submit"
      class="model-button"
      name="text"
      value="/model"
      title={tr`Choose the model that answers`}
    >
      <span class="visually-hidden">{safeTr`Model:`} </span>
      <ModelName engine={engine} />
      <Icon name="updown" />
    </button>
  </form>
);

export const modelNameId = "model-name";

/** Kept right by the reply that keeps the engine in the sidebar's foot right. */
export const ModelName = ({ engine: { state, modelName, progress } }: Pick<ButtonProps, "engine">) => (
  <span id={modelNameId} safe>
    {state === "ready" && modelName !== null
      ? modelName
      : state === "starting"
        ? loading(modelName ?? tr`the model`, progress)
        : tr`No model`}
  </span>
);

const loading = (name: string, progress: number | null) =>
  progress === null ? tr`Loading ${name}` : tr`Loading ${name}, ${Math.round(progress * 100)} %`;

export interface ModelListProps {
  readonly conversationId: string | null;
  readonly models: readonly ModelCard[];
  readonly mayChoose: boolean;
}

/** Asks for itself when something becomes of an engine, and while a model is loaded. */
export const ModelList = ({ conversationId, models, mayChoose }: ModelListProps) => {
  const isLoading = models.some(({ state }) => state === "loading");
  const here = conversationId === null ? "" : `?c=${encodeURIComponent(conversationId)}`;
  return (
    <div
      class="model-list"
      hx-get={`/model-list${here}`}
      hx-trigger={isLoading ? "every 2s, engine from:#live" : "engine from:#live"}
      hx-swap="outerMorph"
      hx-sync="this:drop"
    >
      <ul class="rows">
        {models.map((model) => (
          <li>
            <div class="model-facts">
              <strong dir="auto" safe>
                {model.name}
              </strong>
              {model.size === null ? "" : <small safe>{fitOf(model.size)}</small>}
            </div>
            <State model={model} />
            {mayChoose && model.canLoad && model.size?.fit !== "too-big" ? (
              <form {...asForm}>
                <Place conversationId={conversationId} />
                <button type="submit" class="button small" name="text" value={`/model ${model.id}`}>
                  {safeTr`Load`}
                  <span class="visually-hidden" safe>{`: ${model.name}`}</span>
                </button>
              </form>
            ) : (
              ""
            )}
          </li>
        ))}
      </ul>
      <p class="note">
        {mayChoose
          ? safeTr`Answers that are being written finish first; new ones wait for the model.`
          : safeTr`Only an admin can load another model.`}
      </p>
    </div>
  );
};

const State = ({ model: { state, engine, progress } }: { model: ModelCard }) => {
  switch (state) {
    case "answers":
      return <Badge label={tr`a model¦Answers`} tone="good" icon="good" />;
    case "loading":
      return (
        <span class="model-loading">
          {progress === null ? (
            <progress aria-label={tr`Loading the model`}></progress>
          ) : (
            <progress aria-label={tr`Loading the model`} value={String(progress)} max="1"></progress>
          )}
          <small safe>{progress === null ? tr`Loading` : tr`Loading, ${Math.round(progress * 100)} %`}</small>
        </span>
      );
    case "ready":
      return <Badge label={tr`Ready in ${engine ?? ""}`} />;
    case "stored":
      return <Badge label={tr`On the disk`} />;
    default:
      return state satisfies never;
  }
};

function fitOf({ sizeBytes, memoryBytes, fit }: NonNullable<ModelCard["size"]>): string {
  const size = inUnits(sizeBytes);
  const memory = inUnits(memoryBytes);
  switch (fit) {
    case "fits":
      return tr`${size}: fits, this machine has ${memory}`;
    case "tight":
      return tr`${size}: tight, this machine has ${memory}`;
    case "too-big":
      return tr`${size}: too big, this machine has ${memory}`;
    default:
      return fit satisfies never;
  }
}

/** "98 MB", "4.7 GB", "24 GB". */
function inUnits(bytes: number): string {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  const digits = unit === "GB" && value < 10 ? 1 : 0;
  const format = new Intl.NumberFormat(languageOfReader(), { maximumFractionDigits: digits });
  return `${format.format(value)}\u00a0${unit}`;
}
