/** The models of this machine and of the hub in the API's JSON. */
import { Type as t } from "@sinclair/typebox";
import { nullable, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { HubPreview, ShelfReport } from "../status/model-shelf.ts";
import { inLanguage } from "../texts/say.ts";

const bytes = (description?: string) =>
  t.Integer({ minimum: 0, ...(description === undefined ? {} : { description }) });
const oneOf = <const Choice extends string>(...choices: readonly Choice[]) =>
  t.Union(choices.map((choice) => t.Literal(choice)));

const fit = oneOf("fits", "tight", "too-big");
const fitting = {
  size_bytes: bytes("Of all its files."),
  needed_bytes: bytes("Memory that a machine should have for it and other programs."),
  fit,
};
const described = {
  id: t.String(),
  name: t.String(),
  parameters: nullable(t.String()),
  quantisation: nullable(t.String()),
  context_size: nullable(t.Integer({ description: "Tokens that it was made for." })),
  licence: nullable(t.String()),
  abilities: t.Array(oneOf("thinks", "tools", "languages"), {
    description:
      "thinks: before it answers; tools: it calls them; languages: it writes dozens. Of the user's own files nothing is known.",
  }),
  tiny: t.Boolean({ description: "Too small to be useful." }),
  ...fitting,
};
const state = oneOf("answers", "loading", "ready", "stored");

export const PullReply = t.Object(
  {
    id: t.String(),
    name: t.String(),
    wanted: t.String({ description: "With which it is begun again." }),
    state: oneOf("downloading", "verifying", "paused", "done", "failed"),
    done_bytes: bytes(),
    total_bytes: nullable(bytes()),
    bytes_per_second: nullable(bytes("Of the last seconds.")),
    problem: nullable(t.String({ description: "Why it failed, and what to do." })),
    use: t.Boolean({ description: "Whether it is to answer when it is here." }),
  },
  {
    title: "ModelPull",
    examples: [
      {
        ...{
          id: "tiny-Q4_K_M",
          name: "tiny-Q4_K_M",
          wanted: "hf:user/tiny-GGUF:Q4_K_M",
          state: "downloading",
        },
        ...{
          done_bytes: 1000000,
          total_bytes: 98000000,
          bytes_per_second: 4000000,
          problem: null,
          use: false,
        },
      },
    ],
  },
);

const example = {
  ...{ id: "smollm2-135m-instruct", name: "SmolLM2 135M instruct (Q4_1)", parameters: "135M" },
  ...{ quantisation: "Q4_1", context_size: 8192, licence: "Apache-2.0", abilities: [], tiny: true },
  ...{ size_bytes: 98362432, needed_bytes: 500000000, fit: "fits" },
};

export const ShelfReply = t.Object(
  {
    here: t.Array(
      t.Object({
        ...described,
        state,
        architecture: nullable(t.String()),
        repository: nullable(t.String({ description: "Of the hub, where it came from there." })),
        has_template: t.Boolean({ description: "Whether the file has a template for chats." }),
        can_load: t.Boolean(),
        can_remove: t.Boolean(),
      }),
      { description: "Models whose files are on this machine." },
    ),
    obtainable: t.Array(t.Object(described), { description: "Models of the catalogue that are not here." }),
    offer: nullable(t.String({ description: "The best one that fits, while only a tiny one is here." })),
    pulls: t.Array(PullReply, { description: "What is being fetched, or was begun." }),
    memory_bytes: bytes("Of the machine."),
    used_bytes: bytes("Of the models on the disk."),
    free_bytes: nullable(bytes("On that disk.")),
  },
  {
    title: "ModelShelf",
    examples: [
      {
        here: [
          {
            ...example,
            ...{ state: "answers", architecture: "llama", repository: null, has_template: true },
            ...{ can_load: false, can_remove: true },
          },
        ],
        ...{ obtainable: [], offer: null, pulls: [] },
        ...{ memory_bytes: 24000000000, used_bytes: 98362432, free_bytes: 50000000000 },
      },
    ],
  },
);

export const PreviewReply = t.Object(
  {
    id: t.String({ description: "How the chosen one will be called here." }),
    repository: t.String(),
    licence: nullable(t.String()),
    choices: t.Array(
      t.Object({
        quantisation: nullable(t.String()),
        file: t.String({ description: "Its first one." }),
        files: t.Integer({ minimum: 1 }),
        wanted: t.String({ description: "With which it is fetched." }),
        chosen: t.Boolean({ description: "It suits this machine, or was asked for." }),
        ...fitting,
      }),
    ),
    others: t.Array(
      t.Object({ file: t.String(), kind: t.String({ description: "What it is." }), size_bytes: bytes() }),
    ),
  },
  {
    title: "ModelFiles",
    examples: [
      {
        ...{ id: "tiny-Q4_K_M", repository: "user/tiny-GGUF", licence: "apache-2.0" },
        choices: [
          {
            ...{ quantisation: "Q4_K_M", file: "tiny-Q4_K_M.gguf", files: 1, chosen: true },
            wanted: "hf:user/tiny-GGUF:Q4_K_M",
            ...{ size_bytes: 98000000, needed_bytes: 2122500000, fit: "fits" },
          },
        ],
        others: [{ file: "mmproj-F16.gguf", kind: "projector", size_bytes: 1000000 }],
      },
    ],
  },
);

type Fitting = Pick<ShelfReport["obtainable"][number], "sizeBytes" | "neededBytes" | "fit">;
const fittingJson = ({ sizeBytes, neededBytes, fit }: Fitting) => ({
  ...{ size_bytes: sizeBytes, needed_bytes: neededBytes, fit },
});

const describedJson = (model: ShelfReport["obtainable"][number]) => ({
  id: model.id,
  name: model.name,
  parameters: model.parameters,
  quantisation: model.quantisation,
  context_size: model.contextSize,
  licence: model.licence,
  abilities: [...model.abilities],
  tiny: model.isTiny,
  ...fittingJson(model),
});

export const pullJson = (pull: ShelfReport["pulls"][number]): StaticReply<typeof PullReply> => ({
  id: pull.id,
  name: pull.name,
  wanted: pull.wanted,
  state: pull.state,
  done_bytes: pull.doneBytes,
  total_bytes: pull.totalBytes,
  bytes_per_second: pull.bytesPerSecond,
  problem: pull.problem === null ? null : inLanguage(pull.problem, "en"),
  use: pull.thenUse,
});

export const shelfJson = (report: ShelfReport): StaticReply<typeof ShelfReply> => ({
  here: report.here.map((model) => ({
    ...describedJson(model),
    state: model.state,
    architecture: model.architecture,
    repository: model.repository,
    has_template: model.template !== null,
    can_load: model.canLoad,
    can_remove: model.canRemove,
  })),
  obtainable: report.obtainable.map(describedJson),
  offer: report.offer,
  pulls: report.pulls.map(pullJson),
  memory_bytes: report.memoryBytes,
  used_bytes: report.usedBytes,
  free_bytes: report.freeBytes,
});

export const previewJson = (preview: HubPreview): StaticReply<typeof PreviewReply> => ({
  id: preview.id,
  repository: preview.repository,
  licence: preview.licence,
  choices: preview.choices.map((choice) => ({
    ...{ quantisation: choice.quantisation, file: choice.file, files: choice.files, wanted: choice.wanted },
    chosen: choice.isChosen,
    ...fittingJson(choice),
  })),
  others: preview.others.map(({ file, kind, sizeBytes }) => ({ file, kind, size_bytes: sizeBytes })),
});
