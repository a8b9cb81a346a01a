/** One engine: its state, what to do when it has failed, what is known of it, and how to steer it. */
import { stripVTControlCharacters } from "node:util";
import type { EngineCardProps, StatusProps } from "../props.ts";
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
          <span safe>{`${engine.model ?? "No model chosen yet"},`}</span> <Since engine={engine} now={now} />
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
  <time datetime={new Date(since).toISOString()} safe>{`${state} for ${shownDuration(now - since)}`}</time>
);

const EngineNote = ({ engine }: { engine: EngineCardProps }) => {
  if (engine.state === "ready") return "";
  if (engine.state === "failed")
    return (
      <p class="engine-problem" safe>
        {engine.problem ?? "It crashed. Check the log, then restart it."}
      </p>
    );
  if (engine.state === "stopped")
    return (
      <p class="note">
        {engine.actions.includes("start")
          ? "Stopped. Start it to get answers."
          : "It starts with the first question."}
      </p>
    );
  return (
    <div class="engine-loading">
      <p class="note" safe>
        {engine.progress === null
          ? "Loading the model. Questions wait until it is ready."
          : `Loading the model, ${Math.round(engine.progress * 100)}\u00a0% done${engine.phase === null ? "" : ` (${engine.phase})`}.`}
      </p>
      {engine.progress === null ? (
        <progress aria-label="Loading the model"></progress>
      ) : (
        <progress aria-label="Loading the model" value={String(engine.progress)} max="1"></progress>
      )}
    </div>
  );
};

const stateWords: Readonly<Record<EngineCardProps["state"], string>> = {
  ready: "Ready",
  starting: "Began to load",
  stopped: "Stopped",
  failed: "Failed",
};

const Timeline = ({ changes, now }: Pick<Props, "changes" | "now">) => (
  <ol class="engine-timeline" aria-label="What became of it">
    {changes.map(({ state, model, at }) => (
      <li class={state}>
        <span safe>{`${stateWords[state]}${model === null ? "" : `: ${model}`}`}</span>
        <time datetime={new Date(at).toISOString()} safe>
          {`${shownDuration(now - at)} ago`}
        </time>
      </li>
    ))}
  </ol>
);

/** Opened by the reader; of an engine that has failed it is open from the beginning. */
const LogTail = ({ engine, id }: { engine: EngineCardProps; id: string }) => (
  <details id={`${id}-log`} class="engine-log" open={engine.state === "failed"}>
    <summary>Last lines of its log</summary>
    <pre tabindex="0" safe>
      {stripVTControlCharacters(engine.logTail.join("\n"))}
    </pre>
  </details>
);
