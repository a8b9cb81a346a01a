/** A shelf with one of everything, that does whatever it is asked to at once. */

import { NotFoundError } from "../../src/errors.ts";
import { recommendedModels } from "../../src/models/hub/recommended.ts";
import type { HubPreview, ModelShelf, ShelfReport } from "../../src/status/model-shelf.ts";
import { say } from "../../src/texts/say.ts";

type Pull = ShelfReport["pulls"][number];

const fitting = { sizeBytes: 98e6, neededBytes: 500e6, fit: "fits" as const };
const described = {
  ...{ parameters: "135M", quantisation: "Q4_1", contextSize: 8192, licence: "Apache-2.0", isTiny: false },
  abilities: ["thinks", "tools", "languages"] as const,
  ...fitting,
};
const loaded = {
  ...described,
  ...{ architecture: "llama", repository: null, progress: null, canRemove: true },
  template: "{% for message in messages %}<|im_start|>{{ message.content }}{% endfor %}",
};
const pulled: Pull = {
  ...{ id: "half", name: "Half a model", wanted: "hf:user/half-GGUF:Q4_K_M", state: "downloading" },
  ...{
    doneBytes: 1e9,
    totalBytes: 2.4e9,
    bytesPerSecond: 12e6,
    problem: null,
    thenUse: false,
    endedAt: null,
  },
};

export const filledReport: ShelfReport = {
  recommended: recommendedModels,
  here: [
    { ...loaded, id: "in-use", name: "A model in use", state: "answers", canLoad: false, isTiny: true },
    {
      ...{ ...loaded, id: "stored", name: "A model on the disk", state: "stored", canLoad: true },
      ...{ repository: "user/stored-GGUF", template: null, fit: "tight", licence: null },
    },
  ],
  elsewhere: [{ id: "phi3", state: "ready" }],
  obtainable: [
    { ...described, id: "best", name: "The best model", sizeBytes: 2.4e9, neededBytes: 8e9 },
    { ...described, id: "huge", name: "A huge model", sizeBytes: 40e9, neededBytes: 60e9, fit: "too-big" },
  ],
  offer: "best",
  pulls: [
    pulled,
    { ...pulled, id: "paused", name: "A paused one", state: "paused", bytesPerSecond: null },
    {
      ...{ ...pulled, id: "failed", name: "A failed one", state: "failed", bytesPerSecond: null },
      problem: { verbatim: "The model hub cannot be reached (ECONNREFUSED)." },
    },
    { ...pulled, id: "done", name: "One that has come", state: "done", bytesPerSecond: null },
  ],
  ...{ memoryBytes: 16e9, usedBytes: 3e9, freeBytes: 50e9 },
};

export const filledPreview: HubPreview = {
  ...{ id: "tiny-Q4_K_M", repository: "user/tiny-GGUF", licence: "apache-2.0" },
  choices: [
    {
      ...{ ...fitting, quantisation: "Q4_K_M", file: "tiny-Q4_K_M.gguf", files: 1, isChosen: true },
      wanted: "hf:user/tiny-GGUF:Q4_K_M",
    },
    {
      ...{
        ...fitting,
        fit: "tight",
        quantisation: "Q8_0",
        file: "tiny-Q8_0.gguf",
        files: 2,
        isChosen: false,
      },
      wanted: "hf:user/tiny-GGUF:Q8_0",
    },
  ],
  others: [{ file: "mmproj-F16.gguf", kind: "projector", sizeBytes: 1e6 }],
};

export const filledShelf: ModelShelf = {
  report: () => filledReport,
  preview: async () => filledPreview,
  pull: async (wanted, { use = false } = {}) => ({ ...pulled, wanted, thenUse: use }),
  pause: async (id) => ({ ...pulled, id, state: "paused" }),
  resume: async (id) => ({ ...pulled, id }),
  cancel: async () => {},
  remove(id) {
    if (id === "nowhere")
      throw new NotFoundError(
        say`The model ${{ verbatim: id }} is not in ${{ verbatim: "/srv" }}: there is nothing to remove.`,
      );
  },
};
