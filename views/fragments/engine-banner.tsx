/** Says on every page what the user should know of the model: still loading, failed, or only a demo. */

import type { EngineSummary, ToldPull } from "../../src/status/engine-summary.ts";
import { toldAnew, tr, translated } from "../../src/texts/reader-language.ts";
import { element, safeTr } from "../safe-tr.ts";

const ask = { "hx-get": "/engine-banner", "hx-swap": "outerHTML" } as const;
/** Morphed, so that a sentence which has not changed is not read out again. */
const countDown = { ...ask, "hx-swap": "outerMorph", "hx-trigger": "every 1s, engine from:#live" } as const;
/** The page's live stream tells when something else is to be said; what changes meanwhile is asked for. */
const follow = { ...ask, "hx-trigger": "engine from:#live" } as const;
const refresh = { ...ask, "hx-trigger": "every 2s, engine from:#live" } as const;

export const EngineBanner = ({ engine }: { engine: EngineSummary }) => {
  if (engine.state === "starting" && engine.retryInSeconds !== null) return <RestartBanner engine={engine} />;
  if (engine.state === "starting") return <LoadingBanner engine={engine} />;
  const pull = engine.canSteer === false ? null : (engine.pull ?? null);
  if (engine.state === "failed" && pull?.state === "downloading")
    return <PullBanner pull={pull} engine={engine} />;
  if (engine.state === "failed") return <FailedBanner engine={engine} />;
  if (engine.state === "stopped")
    return (
      <div id="engine-banner" class="banner" role="status" {...refresh}>
        <p>
          {safeTr`The model is stopped.`} <StatusLink engine={engine} label={tr`Start it`} />
        </p>
      </div>
    );
  if (pull !== null) return <PullBanner pull={pull} engine={engine} />;
  return engine.tiny ? <TinyBanner engine={engine} /> : <div id="engine-banner" hidden {...follow}></div>;
};

/** For those who may look at it. */
const StatusLink = ({ engine, label }: { engine: EngineSummary; label: string }) =>
  engine.canSteer === false ? (
    ""
  ) : (
    <a href="/status" safe>
      {label}
    </a>
  );

const RestartBanner = ({ engine }: { engine: EngineSummary }) => (
  <div id="engine-banner" class="banner warning" role="status" {...countDown}>
    <p>
      <span safe>{engine.problem === null ? tr`The model stopped.` : toldAnew(engine.problem)}</span>{" "}
      <Retry seconds={engine.retryInSeconds} /> <StatusLink engine={engine} label={tr`Details`} />
    </p>
  </div>
);

/** The seconds are for the eyes: nobody wants to hear them counted. */
const Retry = ({ seconds }: { seconds: number | null }) =>
  seconds === null || seconds === 0 ? (
    <span>{safeTr`Trying again…`}</span>
  ) : (
    <>
      <span class="visually-hidden">{safeTr`Trying again soon.`}</span>
      <span aria-hidden="true">
        {safeTr`Trying again in ${element(<span class="countdown">{seconds}</span>)} s.`}
      </span>
    </>
  );

const LoadingBanner = ({ engine }: { engine: EngineSummary }) => (
  <div id="engine-banner" class="banner" role="status" {...refresh}>
    <p>
      <span safe>{loadingSentence(engine)}</span> <StatusLink engine={engine} label={tr`Details`} />
    </p>
    {engine.progress === null ? (
      <progress aria-label={tr`Loading the model`}></progress>
    ) : (
      <progress aria-label={tr`Loading the model`} value={String(engine.progress)} max="1"></progress>
    )}
  </div>
);

function loadingSentence({ modelName, progress, phase, meanwhile }: EngineSummary): string {
  const name = modelName ?? tr`the model`;
  const share = progress === null ? null : `${Math.round(progress * 100)}\u00a0%`;
  const what = phase === null || phase === "starting" ? null : translated(phase);
  const then =
    meanwhile === null
      ? tr`You can ask now: the answer starts when it is ready.`
      : tr`Until it is ready, ${meanwhile} answers.`;
  if (share === null)
    return `${what === null ? tr`Loading ${name}.` : tr`Loading ${name} (${what}).`} ${then}`;
  return `${what === null ? tr`Loading ${name}, ${share}.` : tr`Loading ${name}, ${share} (${what}).`} ${then}`;
}

const FailedBanner = ({ engine }: { engine: EngineSummary }) => (
  <div
    id="engine-banner"
    class="banner problem"
    role="alert"
    {...refresh}
    hx-trigger="every 5s, engine from:#live"
  >
    <p>
      <strong>{safeTr`No model is running.`}</strong>{" "}
      <span safe>
        {engine.problem === null
          ? tr`Check data/logs/server.log, then restart it.`
          : toldAnew(engine.problem)}
      </span>{" "}
      <StatusLink engine={engine} label={tr`Status`} />
    </p>
  </div>
);

/** How far it has come is for the eyes: it is morphed in, and not read out. */
const PullBanner = ({ pull, engine }: { pull: ToldPull; engine: EngineSummary }) => {
  const isGoing = pull.state === "downloading";
  const kind = engine.state === "failed" ? " problem" : pull.state === "failed" ? " warning" : "";
  return (
    <div
      id="engine-banner"
      class={`banner${kind}`}
      role="status"
      {...(isGoing ? { ...refresh, "hx-swap": "outerMorph" } : follow)}
    >
      <p>
        <span safe>{pullSentence(pull, engine)}</span>{" "}
        <a href="/models" safe>
          {pull.state === "done" && engine.model !== pull.id ? tr`Use it` : tr`Models`}
        </a>
      </p>
      {isGoing && (
        <progress
          aria-label={tr`Downloading`}
          max="1"
          {...(pull.progress === null ? {} : { value: String(pull.progress) })}
        ></progress>
      )}
    </div>
  );
};

function pullSentence({ id, name, state }: ToldPull, { model, ...engine }: EngineSummary): string {
  if (engine.state === "failed") return tr`No model is running yet: ${name} is being downloaded.`;
  if (state === "downloading") return tr`${name} is being downloaded. You can go on asking meanwhile.`;
  if (state === "failed") return tr`${name} could not be downloaded.`;
  return model === id ? tr`${name} is here, and answers from now on.` : tr`${name} is here.`;
}

const TinyBanner = ({ engine }: { engine: EngineSummary }) => (
  <details id="engine-banner" class="banner" {...follow}>
    <summary>
      <span>{safeTr`Demo model: answers are often wrong`}</span>
    </summary>
    <div>
      <p>
        {safeTr`${element(<strong safe>{engine.modelName ?? tr`This model`}</strong>)} is small enough to start anywhere, and far too small to rely on: it makes mistakes with facts and figures.`}
      </p>
      {engine.canSteer === false ? (
        ""
      ) : (
        <p>
          <a class="button" href="/models">
            {safeTr`Get a better model`}
          </a>
        </p>
      )}
    </div>
  </details>
);
