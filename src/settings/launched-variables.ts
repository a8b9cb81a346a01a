/** What the orchestrator tells its child of the engines that it launches: no setting of a person's. */
import { text } from "./parsers.ts";
import { optional } from "./variable.ts";

export const launchedVariables = {
  launchedVllmUrl: optional("LAUNCHED_VLLM_URL", text, "set by the orchestrator for its child", null),
  launchedLlamaServerUrl: optional(
    "LAUNCHED_LLAMA_SERVER_URL",
    text,
    "set by the orchestrator for its child",
    null,
  ),
  launchedLlamaServerKey: optional(
    "LAUNCHED_LLAMA_SERVER_KEY",
    text,
    "set by the orchestrator for its child",
    null,
  ),
  launchedVllmKey: optional("LAUNCHED_VLLM_KEY", text, "set by the orchestrator for its child", null),
};
