/** The errors of vLLM's setup, each with the next step. */
import { AppError } from "../errors.ts";

export class VllmSetupError extends AppError {
  readonly status = 503;
  readonly code = "vllm_not_installable";
}

/** The user pressed Ctrl-C. */
export class SetupInterruptedError extends AppError {
  readonly status = 499;
  readonly code = "interrupted";
  constructor() {
    super("Interrupted. Partial installations are not used; run ./run.sh setup-vllm again to continue.");
  }
}
