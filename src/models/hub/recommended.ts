/**
 * Models that people may want beside those of the catalogue, by size: open licences, templates that the tests know (families of
 * tests/engines/llama/templates) or that are known the same way. The hub itself says which files there are, how large they are and what
 * they hash to; here are only names. It knows nothing of networks.
 */

export interface RecommendedModel {
  readonly name: string;
  /** @see readHubName */
  readonly hubName: string;
  /** SPDX. */
  readonly licence: string;
}

export const recommendedModels: readonly RecommendedModel[] = [
  {
    name: "Ministral 3 3B instruct",
    hubName: "hf:mistralai/Ministral-3-3B-Instruct-2512-GGUF",
    licence: "Apache-2.0",
  },
  {
    name: "Ministral 3 8B instruct",
    hubName: "hf:unsloth/Ministral-3-8B-Instruct-2512-GGUF",
    licence: "Apache-2.0",
  },
  {
    name: "Ministral 3 14B instruct",
    hubName: "hf:unsloth/Ministral-3-14B-Instruct-2512-GGUF",
    licence: "Apache-2.0",
  },
];
