/**
 * What llama.cpp's server tells of a model beside OpenAI's fields. What nobody here knows is left out.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
import { type Static, Type as t } from "@sinclair/typebox";
import type { ListedModel } from "../dialects/models-port.ts";
import { OllamaDetails } from "../dialects/ollama-details.ts";
import type { ShelvedModel } from "../status/model-shelf.ts";

export const detailFields = {
  aliases: t.Array(t.String()),
  tags: t.Array(t.String()),
  architecture: t.Object({
    input_modalities: t.Array(t.String()),
    output_modalities: t.Array(t.String()),
  }),
  meta: t.Union([
    t.Object({
      n_ctx: t.Optional(t.Integer({ description: "Tokens of prompt and answer together." })),
      n_ctx_train: t.Optional(t.Integer({ description: "Tokens that it was made for." })),
      size: t.Integer({ description: "Bytes." }),
      ftype: t.Optional(t.String({ description: "How its numbers are stored." })),
    }),
    t.Null({ description: "Its file is not here." }),
  ]),
};
const Details = t.Object(detailFields);

/** An entry of the list that Ollama's programs read at this address. */
export const NamedModel = t.Object({
  name: t.String(),
  model: t.String(),
  modified_at: t.String(),
  size: t.String(),
  digest: t.String(),
  type: t.Literal("model"),
  description: t.String(),
  tags: t.Array(t.String()),
  capabilities: t.Array(t.String()),
  parameters: t.String(),
  details: OllamaDetails,
});

/** @param sees whether a model that runs elsewhere may be able to see pictures; one in this process sees nothing */
export function detailsOf(
  { purpose, contextLength }: ListedModel,
  file: ShelvedModel | undefined,
  sees: boolean,
): Static<typeof Details> {
  const isSeeing = purpose === "chat" && sees && file === undefined;
  return {
    aliases: [],
    tags: [],
    architecture: {
      input_modalities: ["text", ...(isSeeing ? ["image"] : [])],
      output_modalities: [purpose === "chat" ? "text" : "embeddings"],
    },
    meta:
      file === undefined
        ? null
        : {
            ...(contextLength === null ? {} : { n_ctx: contextLength }),
            ...(file.contextSize === null ? {} : { n_ctx_train: file.contextSize }),
            size: file.sizeBytes,
            ...(file.quantisation === null ? {} : { ftype: file.quantisation }),
          },
  };
}

export function namedModel(
  { id, purpose }: ListedModel,
  file: ShelvedModel | undefined,
): Static<typeof NamedModel> {
  const family = file?.architecture ?? "";
  return {
    ...{ name: id, model: id, modified_at: "", size: "", digest: "", type: "model", description: "" },
    tags: [],
    capabilities: [purpose === "chat" ? "completion" : "embedding"],
    parameters: "",
    details: {
      ...{ parent_model: "", format: file === undefined ? "" : "gguf", family, families: [family] },
      parameter_size: file?.parameters ?? "",
      quantization_level: file?.quantisation ?? "",
    },
  };
}
