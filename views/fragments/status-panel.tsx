/** All that changes on the status page; a frame of its stream is this, whole. */
import type { StatusProps } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";
import { EngineCard } from "./status-engine.tsx";
import { StatusOverview } from "./status-overview.tsx";

/** Of each engine; the log has the others. */
const mostChanges = 5;

export const statusPanelId = "status-panel";

export const StatusPanel = ({ status }: { status: StatusProps }) => (
  <>
    <StatusOverview status={status} />
    {status.engines.length === 0 ? <NoEngines /> : ""}
    <div class="engines">
      {status.engines.map((engine) => (
        <EngineCard
          engine={engine}
          changes={status.changes.filter((change) => change.engine === engine.name).slice(0, mostChanges)}
          now={status.now}
        />
      ))}
    </div>
  </>
);

const NoEngines = () => (
  <p class="engine-problem">
    {safeTr`No engine is configured, so no question can be answered. Set ${element(<code>ENGINE</code>)} to ${element(<code>auto</code>)} and restart with ${element(<code>./run.sh restart</code>)}.`}
  </p>
);
