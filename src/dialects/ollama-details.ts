/** What Ollama's programs read of a model's file: at Ollama's own addresses, and beside OpenAI's list, where llama.cpp tells it too. */
import { Type as t } from "@sinclair/typebox";

export const OllamaDetails = t.Object({
  parent_model: t.String(),
  format: t.String(),
  family: t.String(),
  families: t.Array(t.String()),
  parameter_size: t.String(),
  quantization_level: t.String(),
});
