/** One engine: its state, what to do when it has failed, what is known of it, and how to steer it. */
import { stripVTControlCharacters } from "node:util";
import { tr, translated } from "../../src/texts/reader-language.ts";
import type { EngineCardProps, StatusProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { EngineActions } from "./status-actions.tsx";
import { shownDuration } from "./status-amounts.ts";
import { EngineFacts } from "./status-facts.tsx";
import { EngineModels } from "./status-models.tsx";
import { EngineState } from "./status-state.tsx";

interface Props {
  readonly engine: EngineCardProps;
  /** What became of it, newest first. */
  readonly changes: StatusProps["changes"];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const EngineCard = ({ engine, changes, now }: Props) => {
  const id = `engine-${encodeURIComponent(engine.name)}`;
  return (
    <article id={id} class={["engine", engine.state]} aria-labelledby={`${id}-name`}>
      <header>
        <h2 id={`${id}-name`} safe>
          {engine.name}
        </h2>
        <EngineState name={engine.name} state={engine.state} />
        <p class="engine-model">
          <span safe>{`${engine.model ?? tr`No model chosen yet`},`}</span>{" "}
          <Since engine={engine} now={now} />
        </p>
      </header>
      <EngineNote engine={engine} />
      {typeof engine.details.note === "string" ? (
        <p class="engine-problem" role="alert" safe>
          {engine.details.note}
        </p>
      ) : (
        ""
      )}
      <EngineFacts engine={engine} />
      {changes.length < 2 ? "" : <Timeline changes={changes} now={now} />}
      {engine.actions.length === 0 ? "" : <EngineActions engine={engine} id={id} />}
      {engine.models.length === 0 ? "" : <EngineModels engine={engine} id={id} />}
      {engine.logTail.length === 0 ? "" : <LogTail engine={engine} id={id} />}
    </article>
  );
};

const Since = ({ engine: { state, since }, now }: { engine: EngineCardProps; now: number }) => (
  <time datetime={new Date(since).toISOString()} safe>
    {sinceWords(state, shownDuration(now - since))}
  </time>
);

function sinceWords(state: EngineCardProps["state"], duration: string): string {
  switch (state) {
    case "ready":
      return tr`ready for ${duration}`;
    case "starting":
      return tr`starting for ${duration}`;
    case "stopped":
      return tr`stopped for ${duration}`;
    case "failed":
      return tr`failed for ${duration}`;
    default:
      return state satisfies never;
  }
}

const EngineNote = ({ engine }: { engine: EngineCardProps }) => {
  if (engine.state === "ready") return "";
  if (engine.state === "failed")
    return (
      <p class="engine-problem" safe>
        {engine.problem ?? tr`It crashed. Check the log, then restart it.`}
      </p>
    );
  if (engine.state === "stopped")
    return (
      <p class="note">
        {engine.actions.includes("start")
          ? safeTr`Stopped. Start it to get answers.`
          : safeTr`It starts with the first question.`}
      </p>
    );
  return (
    <div class="engine-loading">
      <p class="note" safe>
        {loadingWords(engine)}
      </p>
      {engine.progress === null ? (
        <progress aria-label={tr`Loading the model`}></progress>
      ) : (
        <progress aria-label={tr`Loading the model`} value={String(engine.progress)} max="1"></progress>
      )}
    </div>
  );
};

function loadingWords({ progress, phase }: Pick<EngineCardProps, "progress" | "phase">): string {
  if (progress === null) return tr`Loading the model. Questions wait until it is ready.`;
  const percent = Math.round(progress * 100);
  return phase === null
    ? tr`Loading the model, ${percent}\u00a0% done.`
    : tr`Loading the model, ${percent}\u00a0% done (${translated(phase)}).`;
}

const stateWords = (): Readonly<Record<EngineCardProps["state"], string>> => ({
  ready: tr`Ready`,
  starting: tr`Began to load`,
  stopped: tr`Stopped`,
  failed: tr`Failed`,
});

const Timeline = ({ changes, now }: Pick<Props, "changes" | "now">) => (
  <ol class="engine-timeline" aria-label={tr`What became of it`}>
    {changes.map(({ state, model, at }) => (
      <li class={state}>
        <span safe>{`${stateWords()[state]}${model === null ? "" : `: ${model}`}`}</span>
        <time datetime={new Date(at).toISOString()} safe>
          {tr`${shownDuration(now - at)} ago`}
        </time>
      </li>
    ))}
  </ol>
);

/** Opened by the reader; of an engine that has failed it is open from the beginning. */
const LogTail = ({ engine, id }: { engine: EngineCardProps; id: string }) => (
  <details id={`${id}-log`} class="engine-log" open={engine.state === "failed"}>
    <summary>{safeTr`Last lines of its log`}</summary>
    <pre tabindex="0" safe>
      {stripVTControlCharacters(engine.logTail.join("\n"))}
    </pre>
  </details>
);
