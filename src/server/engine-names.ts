/** The names of the engines that run models in this process. */

const first = "llama";

/** Of the engine for a model that is loaded beside that of the first one. */
export const engineOf = (model: string) => `${first}:${model}`;

/** Whether an engine runs its model in this process. */
export const runsHere = (engine: string) => engine === first || engine.startsWith(`${first}:`);
