/** What goes wrong with a server of tools, in words for people. */
import { AppError } from "../errors.ts";

/** It cannot be reached, started or understood. */
export class ToolServerError extends AppError {
  readonly status = 502;
  readonly code = "tool_server_failed";
}
