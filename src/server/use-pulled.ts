/** Has a model answer when it has come, if that was asked for, or if none answers. Running answers finish first. */
import type { Log } from "../log.ts";
import type { Pulls } from "../models/pulls.ts";
import { chooseModel, modelsOf } from "../status/model-choice.ts";
import type { StatusPort } from "../status/status-report.ts";

interface UseDeps {
  readonly pulls: Pulls;
  readonly status: Pick<StatusPort, "report" | "load">;
  /** @returns the id that a name stands for @throws UnknownModelError or ModelNotRunningError */
  readonly resolve: (name: string) => string;
  readonly log: Log;
}

/** @returns ends it */
export const usePulled = ({ pulls, status, resolve, log }: UseDeps): (() => void) =>
  pulls.onDone(({ id, thenUse }) => {
    const reports = () => status.report().engines;
    if (!thenUse && modelsOf(reports()).current !== null) return;
    chooseModel({ reports, resolve }, status, id).catch((error: unknown) =>
      log.warn("model-not-used", { model: id, error }),
    );
  });
