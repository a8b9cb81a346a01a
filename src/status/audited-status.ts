/** The status, with an audit entry for each action on an engine. */
import type { AuditAction } from "../accounts/audit.ts";
import type { EngineAction, StatusPort } from "./status-report.ts";

const auditActions: Readonly<Record<EngineAction, AuditAction>> = {
  start: "engine-started",
  stop: "engine-stopped",
  restart: "engine-restarted",
  unload: "model-unloaded",
};

/** @param note called for accepted actions, not for refused ones */
export const auditedStatus = (
  status: StatusPort,
  note: (action: AuditAction, target: string) => void,
): StatusPort => ({
  report: () => status.report(),
  changed: (signal) => status.changed(signal),
  async act(engine, action) {
    await status.act(engine, action);
    note(auditActions[action], engine);
  },
  async load(engine, model) {
    await status.load(engine, model);
    note("model-loaded", `${engine}: ${model}`);
  },
});
