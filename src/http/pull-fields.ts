/** The fields of a model that is fetched, and what can be done with it, as the page and the API take them. */
import { t } from "elysia";
import { InvalidRequestError } from "../errors.ts";

const pullActions = ["pause", "resume", "cancel"] as const;
type PullAction = (typeof pullActions)[number];

/** Of a model on this machine, or one that is being fetched. */
export const modelId = t.String({ minLength: 1, maxLength: 200, examples: ["smollm2-135m-instruct"] });
/** Of the catalogue or the hub. */
export const wantedName = t.String({
  minLength: 1,
  maxLength: 500,
  description:
    "An id or alias of the catalogue, or hf:USER/REPO, hf:USER/REPO:QUANT, or an address of the hub.",
});
export const pullAction = t.String({ maxLength: 20, "x-takes": { type: "string", enum: [...pullActions] } });

/** By hand: a check by schema would not name the choices. */
export function pullActionOf(text: string): PullAction {
  const action = pullActions.find((known) => known === text);
  if (action === undefined) throw new InvalidRequestError("action must be pause, resume or cancel.");
  return action;
}
