/** Says on every page what the user should know of the model: still loading, failed, or only a demo. */
import type { EngineSummary } from "../props.ts";

const refresh = { "hx-get": "/engine-banner", "hx-trigger": "every 2s", "hx-swap": "outerHTML" } as const;

export const EngineBanner = ({ engine }: { engine: EngineSummary }) => {
  if (engine.state === "starting") return <LoadingBanner engine={engine} />;
  if (engine.state === "failed") return <FailedBanner engine={engine} />;
  if (engine.state === "stopped")
    return (
      <div id="engine-banner" class="banner" role="status" {...refresh}>
        <p>The model is not running yet. It starts with the first question.</p>
      </div>
    );
  return engine.tiny ? <TinyBanner engine={engine} /> : <div id="engine-banner" hidden></div>;
};

const LoadingBanner = ({ engine }: { engine: EngineSummary }) => (
  <div id="engine-banner" class="banner" role="status" {...refresh}>
    <p>
      <span
        safe
      >{`Loading ${engine.modelName ?? "the model"}. You can ask already: the answer begins when it is ready.`}</span>
    </p>
    {engine.progress === null ? (
      <progress aria-label="Loading the model"></progress>
    ) : (
      <progress aria-label="Loading the model" value={String(engine.progress)} max="1"></progress>
    )}
  </div>
);

const FailedBanner = ({ engine }: { engine: EngineSummary }) => (
  <div id="engine-banner" class="banner problem" role="alert" {...refresh} hx-trigger="every 5s">
    <p>
      <strong>No model can answer at present.</strong>{" "}
      <span safe>{engine.problem ?? "Look into data/logs/server.log for the reason."}</span>
    </p>
  </div>
);

const TinyBanner = ({ engine }: { engine: EngineSummary }) => (
  <details id="engine-banner" class="banner">
    <summary>
      <span>A tiny demo model is answering</span>
    </summary>
    <div>
      <p>
        <strong safe>{engine.modelName ?? "This model"}</strong> is small enough to start anywhere, and far
        too small to be relied upon: it makes mistakes with facts and figures. Take a better one in a
        terminal:
      </p>
      <pre tabindex="0">
        <code>{"bun run models list\nbun run models pull NAME"}</code>
      </pre>
      <p>
        Then restart with <code>./run.sh restart</code>.
      </p>
    </div>
  </details>
);
