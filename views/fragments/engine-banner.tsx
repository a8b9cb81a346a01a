/** Says on every page what the user should know of the model: still loading, failed, or only a demo. */
import type { EngineSummary } from "../../src/status/engine-summary.ts";

const ask = { "hx-get": "/engine-banner", "hx-swap": "outerHTML" } as const;
/** Morphed, so that a sentence which has not changed is not read out again. */
const countDown = { ...ask, "hx-swap": "outerMorph", "hx-trigger": "every 1s, engine from:#live" } as const;
/** The page's live stream tells when something else is to be said; what changes meanwhile is asked for. */
const follow = { ...ask, "hx-trigger": "engine from:#live" } as const;
const refresh = { ...ask, "hx-trigger": "every 2s, engine from:#live" } as const;

export const EngineBanner = ({ engine }: { engine: EngineSummary }) => {
  if (engine.state === "starting" && engine.retryInSeconds !== null) return <RestartBanner engine={engine} />;
  if (engine.state === "starting") return <LoadingBanner engine={engine} />;
  if (engine.state === "failed") return <FailedBanner engine={engine} />;
  if (engine.state === "stopped")
    return (
      <div id="engine-banner" class="banner" role="status" {...refresh}>
        <p>
          The model is stopped. <StatusLink engine={engine} label="Start it" />
        </p>
      </div>
    );
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
      <span safe>{engine.problem ?? "The model stopped."}</span> <Retry seconds={engine.retryInSeconds} />{" "}
      <StatusLink engine={engine} label="Details" />
    </p>
  </div>
);

/** The seconds are for the eyes: nobody wants to hear them counted. */
const Retry = ({ seconds }: { seconds: number | null }) =>
  seconds === null || seconds === 0 ? (
    <span>Trying again…</span>
  ) : (
    <>
      <span class="visually-hidden">Trying again soon.</span>
      <span aria-hidden="true">
        Trying again in <span class="countdown">{seconds}</span> s.
      </span>
    </>
  );

const LoadingBanner = ({ engine }: { engine: EngineSummary }) => (
  <div id="engine-banner" class="banner" role="status" {...refresh}>
    <p>
      <span safe>{loadingSentence(engine)}</span> <StatusLink engine={engine} label="Details" />
    </p>
    {engine.progress === null ? (
      <progress aria-label="Loading the model"></progress>
    ) : (
      <progress aria-label="Loading the model" value={String(engine.progress)} max="1"></progress>
    )}
  </div>
);

function loadingSentence({ modelName, progress, phase, meanwhile }: EngineSummary): string {
  const share = progress === null ? "" : `, ${Math.round(progress * 100)}\u00a0%`;
  const what = phase === null || phase === "starting" ? "" : ` (${phase})`;
  const then =
    meanwhile === null
      ? "You can ask now: the answer starts when it is ready."
      : `Until it is ready, ${meanwhile} answers.`;
  return `Loading ${modelName ?? "the model"}${share}${what}. ${then}`;
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
      <strong>No model is running.</strong>{" "}
      <span safe>{engine.problem ?? "Check data/logs/server.log, then restart it."}</span>{" "}
      <StatusLink engine={engine} label="Status" />
    </p>
  </div>
);

const TinyBanner = ({ engine }: { engine: EngineSummary }) => (
  <details id="engine-banner" class="banner" {...follow}>
    <summary>
      <span>Demo model: answers are often wrong</span>
    </summary>
    <div>
      <p>
        <strong safe>{engine.modelName ?? "This model"}</strong> is small enough to start anywhere, and far
        too small to rely on: it makes mistakes with facts and figures. Get a better model in a terminal:
      </p>
      <pre tabindex="0">
        <code>{"bun run models list\nbun run models pull NAME"}</code>
      </pre>
      <p>
        Then choose it on the <a href="/status">status page</a>, or restart with <code>./run.sh restart</code>
        .
      </p>
    </div>
  </details>
);
