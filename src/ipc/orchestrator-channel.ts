/**
 * What the server says to its orchestrator: log lines on standard output, whatever LOG_LEVEL is. A server that runs alone
 * says it all the same, and nobody reads it.
 */
import { createLog, type Log } from "../log.ts";
import type { ServerLine } from "./server-message.ts";

export interface OrchestratorChannel {
  send(message: ServerLine): void;
}

/** @param log for tests */
export function openOrchestratorChannel(log: Log = createLog("info")): OrchestratorChannel {
  return {
    send({ event, ...fields }) {
      if (event === "start-refused") log.error(event, fields);
      else log.info(event, fields);
    },
  };
}
