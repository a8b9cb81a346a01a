/** `GET /v1/models` in Anthropic's form, for its programs. @see https://docs.anthropic.com/en/api/models-list */
import { Type as t } from "@sinclair/typebox";
import type { ListedModel, ModelsForm } from "../dialects/models-port.ts";
import { isForAnthropic } from "../http/anthropic-error.ts";
import { time } from "../http/openapi/openapi-detail.ts";

const AnthropicModel = t.Object(
  {
    type: t.Literal("model"),
    id: t.String(),
    display_name: t.String(),
    created_at: time(),
    max_input_tokens: t.Union([t.Integer(), t.Null()]),
    max_tokens: t.Union([t.Integer(), t.Null()]),
    capabilities: t.Null(),
  },
  { title: "AnthropicModel" },
);
const AnthropicModels = t.Object(
  {
    data: t.Array(AnthropicModel),
    has_more: t.Literal(false),
    first_id: t.Union([t.String(), t.Null()]),
    last_id: t.Union([t.String(), t.Null()]),
  },
  { title: "AnthropicModels" },
);

const modelOf = ({ id, contextLength }: ListedModel, since: number) => ({
  type: "model",
  id,
  display_name: id,
  created_at: new Date(since).toISOString(),
  max_input_tokens: contextLength,
  max_tokens: contextLength,
  capabilities: null,
});

export const anthropicModels: ModelsForm = {
  isFor: isForAnthropic,
  schemas: { one: AnthropicModel, list: AnthropicModels },
  one: modelOf,
  list(models, since) {
    const data = models.flatMap((model) => (model.purpose === "chat" ? [modelOf(model, since)] : []));
    return { data, has_more: false, first_id: data.at(0)?.id ?? null, last_id: data.at(-1)?.id ?? null };
  },
};
