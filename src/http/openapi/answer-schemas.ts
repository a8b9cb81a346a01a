/** How the replies of all dialects describe the end of an answer. */
import { Type as t } from "@sinclair/typebox";

export const Usage = t.Object(
  {
    prompt_tokens: t.Integer(),
    completion_tokens: t.Integer(),
    total_tokens: t.Integer(),
    prompt_tokens_details: t.Object({
      cached_tokens: t.Integer({ description: "Taken from the cache instead of read again." }),
    }),
  },
  { title: "Usage", description: "In tokens of the model that answered." },
);
export const FinishReason = t.Union([t.Literal("stop"), t.Literal("length"), t.Literal("tool_calls")], {
  description: "stop: the model was done, or a user stopped it; length: a limit cut it.",
});
