/** The fields of an engine and an action, as the page and the API take them. */
import { t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import type { EngineAction } from "../status/status-report.ts";

const actions: readonly EngineAction[] = ["start", "stop", "restart", "unload"];

export const engineName = t.String({ minLength: 1, maxLength: 300, examples: ["llama"] });
export const actionName = t.String({ maxLength: 20, "x-takes": { type: "string", enum: actions } });

/** By hand: a check by schema would not name the choices. */
export function actionOf(text: string): EngineAction {
  const action = actions.find((known) => known === text);
  if (action === undefined) throw new InvalidRequestError("action must be start, stop, restart or unload.");
  return action;
}
