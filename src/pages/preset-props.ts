/** Presets as their pages and cards show them. */
import type { PresetListProps } from "../../views/fragments/preset-card.tsx";
import type { PresetFormProps, PresetRowProps } from "../../views/preset-props.ts";
import { describeError } from "../http/html-reply.tsx";
import type { Conversation, Preset } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import type { PresetFields } from "../workspace/presets.ts";
import type { PagesDeps } from "./render-chat.tsx";

/** In characters. */
const longestWords = 120;

export const presetRow = ({ id, name, choices }: Preset): PresetRowProps => {
  const { instructions, model, temperature, top_p, max_tokens, recall } = choices;
  const words = [
    ...(model === undefined ? [] : [model]),
    ...(temperature === undefined ? [] : [tr`Temperature ${temperature}`]),
    ...(top_p === undefined ? [] : [tr`Top p ${top_p}`]),
    ...(max_tokens === undefined ? [] : [tr`At most ${max_tokens} tokens`]),
    ...(recall === undefined ? [] : [recall === 0 ? tr`Without memory` : tr`With memory`]),
    ...(instructions === undefined ? [] : [instructions.replaceAll(/\s+/g, " ").trim()]),
  ].join(" · ");
  if (words === "") return { id, name, words: tr`As in your settings` };
  return { id, name, words: words.length > longestWords ? `${words.slice(0, longestWords - 1)}…` : words };
};

export const presetList = ({ presets }: PagesDeps, conversation: Conversation | null): PresetListProps => ({
  conversationId: conversation?.id ?? null,
  presets: presets.list().map(presetRow),
  current: conversation?.settings?.preset ?? null,
});

/** What a form sends. */
export interface SentPreset {
  readonly name?: string | undefined;
  readonly instructions?: string | undefined;
  readonly model?: string | undefined;
  readonly temperature?: string | undefined;
  readonly top_p?: string | undefined;
  readonly max_tokens?: string | undefined;
  readonly recall?: string | undefined;
}

/** '' is as in the settings; what is no number is refused by the setting's own form. */
export function fieldsOf(sent: SentPreset): PresetFields {
  const number = (text = "") => (text.trim() === "" ? null : Number(text.trim().replace(",", ".")));
  return {
    ...{ name: sent.name ?? "", instructions: sent.instructions || null, model: sent.model || null },
    ...{ temperature: number(sent.temperature), top_p: number(sent.top_p) },
    ...{ max_tokens: number(sent.max_tokens), recall: number(sent.recall) },
  };
}

interface FormOptions {
  /** null: a new one. */
  readonly id: string | null;
  readonly sent: SentPreset;
  readonly error?: unknown;
}

export function presetForm(deps: PagesDeps, { id, sent, error }: FormOptions): PresetFormProps {
  const { temperature, top_p, max_tokens, recall } = deps.personal.values();
  return {
    id,
    ...{ name: sent.name ?? "", instructions: sent.instructions ?? "", model: sent.model ?? "" },
    ...{ temperature: sent.temperature ?? "", top_p: sent.top_p ?? "" },
    ...{ max_tokens: sent.max_tokens ?? "", recall: sent.recall ?? "" },
    models: deps.modelChoice.cards().map((card) => card.id),
    usual: {
      ...{ temperature: `${temperature}`, top_p: `${top_p}` },
      ...{ max_tokens: `${max_tokens}`, recall: `${recall}` },
    },
    problem: error === undefined ? null : problemOf(error),
  };
}

function problemOf(error: unknown): PresetFormProps["problem"] {
  const field = error instanceof Error && "facts" in error ? Object(error.facts).param : undefined;
  return { field: typeof field === "string" ? field : "", message: describeError(error).message };
}

/** As the form of a preset is filled in. */
export const sentOf = (name: string, choices: Preset["choices"]): SentPreset => ({
  ...{ name, instructions: choices.instructions ?? "", model: choices.model ?? "" },
  ...{ temperature: textOf(choices.temperature), top_p: textOf(choices.top_p) },
  ...{ max_tokens: textOf(choices.max_tokens), recall: textOf(choices.recall) },
});

const textOf = (value: number | undefined) => (value === undefined ? "" : `${value}`);

/** What a conversation has of its own, its instructions after those that it has from elsewhere. */
export function sentOfConversation(deps: PagesDeps, { settings, instructions }: Conversation): SentPreset {
  const { preset = "", ...choices }: Partial<NonNullable<Conversation["settings"]>> = settings ?? {};
  const name = preset === "" ? "" : `${preset} 2`;
  if (instructions === "") return sentOf(name, choices);
  const before = choices.instructions ?? deps.personal.values().instructions;
  return sentOf(name, { ...choices, instructions: `${before}\n\n${instructions}` });
}
