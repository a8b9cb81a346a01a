/**
 * The presets of one owner, and what they mean for a question: which values apply to it, and what a new conversation keeps of
 * its preset. It knows nothing of HTTP.
 */
import type { LibraryChange } from "../conversations/library.ts";
import { longestPresetName, mostPresets, sameName } from "../conversations/preset-names.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { OwnPreferences } from "../preferences/preferences.ts";
import type { PersonalValues } from "../settings/personal.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, OwnerId, Preset } from "../store/schema.ts";
import { say } from "../texts/say.ts";

type AnswerChoices = Preset["choices"];
type ConversationChoices = NonNullable<Conversation["settings"]>;

interface PresetDeps {
  readonly store: Pick<Store, "presets" | "conversations" | "transaction">;
  readonly personal: Pick<OwnPreferences, "values" | "check">;
  /** undefined: it is not theirs, or was deleted. */
  readonly conversation: (id: string) => Conversation | undefined;
  readonly tell: (change: LibraryChange) => void;
}

/** What is sent of a preset; null: as in the settings. */
export type PresetFields = {
  readonly name?: string | undefined;
} & { readonly [Key in keyof AnswerChoices]?: AnswerChoices[Key] | null | undefined };

/** For a question: what applies where it says nothing. */
export interface AskValues {
  readonly values: PersonalValues & Pick<AnswerChoices, "model">;
  /** What a new conversation keeps; null: it is as in the settings. */
  readonly settings: ConversationChoices | null;
}

interface Place {
  readonly conversationId?: string | null | undefined;
  /** The id or name of a preset. */
  readonly preset?: string | null | undefined;
}

/** The word of `/preset` that takes a preset off: none can be called that. */
export const noPreset = "off";
const longestModel = 200;
const choiceKeys = ["instructions", "model", "temperature", "top_p", "max_tokens", "recall"] as const;

const choicesOf = ({ name, choices }: Preset): ConversationChoices => ({ ...choices, preset: name });

export type OwnPresets = ReturnType<typeof presetsOf>;

export function presetsOf({ store, personal, conversation, tell }: PresetDeps, ownerId: OwnerId) {
  const list = (): readonly Preset[] => store.presets.list(ownerId);
  const get = (id: string): Preset => store.presets.get(ownerId, id) ?? refuseUnknown(list());
  /** By id, or by name in capitals or not. @throws NotFoundError that names those there are */
  const find = (reference: string): Preset => {
    const wanted = reference.trim();
    const all = list();
    return (
      all.find(({ id }) => id === wanted) ??
      all.find(({ name }) => sameName(name, wanted)) ??
      refuseUnknown(all)
    );
  };
  const checkedName = (given: string, except: string | null): string => {
    const name = given.replaceAll(/\s+/g, " ").trim();
    if (name === "" || name.length > longestPresetName)
      throw new InvalidRequestError(
        say`The name must be a text of 1 to ${{ decimal: `${longestPresetName}` }} characters.`,
        nameParam,
      );
    if (sameName(name, noPreset))
      throw new InvalidRequestError(
        say`A preset cannot be called “off”: /preset off takes one off. Choose another name.`,
        nameParam,
      );
    if (list().some((each) => each.id !== except && sameName(each.name, name)))
      throw new InvalidRequestError(
        say`There is a preset “${{ verbatim: name }}” already. Choose another name.`,
        nameParam,
      );
    return name;
  };
  const checkedChoices = (before: AnswerChoices, fields: PresetFields): AnswerChoices => {
    const choices: Record<string, unknown> = { ...before };
    for (const key of choiceKeys) {
      const value = fields[key];
      if (value === undefined) continue;
      delete choices[key];
      if (value === null || (typeof value === "string" && value.trim() === "")) continue;
      if (key === "model") choices[key] = checkedModel(String(value));
      else {
        personal.check(key, value);
        choices[key] = value;
      }
    }
    return choices;
  };
  /** @throws InvalidRequestError */
  const create = (fields: PresetFields, id?: string): Preset =>
    store.transaction(() => {
      const name = checkedName(fields.name ?? "", null);
      if (list().length >= mostPresets)
        throw new InvalidRequestError(
          say`You have ${{ decimal: `${mostPresets}` }} presets, as many as can be. Delete one first.`,
        );
      const choices = checkedChoices({}, fields);
      const isFree = id !== undefined && /^[\w-]{1,100}$/.test(id) && !store.presets.isTaken(id);
      const preset = { id: isFree ? id : Bun.randomUUIDv7(), ownerId, name, choices, createdAt: Date.now() };
      store.presets.put(preset);
      return preset;
    });
  /** What is left out stays as it is. @throws NotFoundError or InvalidRequestError */
  const change = (id: string, fields: PresetFields): Preset =>
    store.transaction(() => {
      const before = get(id);
      const name = fields.name === undefined ? before.name : checkedName(fields.name, id);
      const changed = { ...before, name, choices: checkedChoices(before.choices, fields) };
      store.presets.put(changed);
      return changed;
    });
  /** Conversations that were begun with it keep its values. @returns it, so that it can be made again @throws NotFoundError */
  const remove = (id: string): Preset => {
    const preset = get(id);
    store.presets.remove(ownerId, id);
    return preset;
  };
  const settingsFor = ({ conversationId, preset }: Place): ConversationChoices | null => {
    if (conversationId == null) return preset == null || preset === "" ? null : choicesOf(find(preset));
    if (preset == null || preset === "") return conversation(conversationId)?.settings ?? null;
    throw new InvalidRequestError(
      say`A preset is for a new conversation: leave conversation_id out, or leave preset out.`,
      { param: "preset" },
    );
  };
  return {
    list,
    get,
    find,
    create,
    change,
    remove,
    /** @throws NotFoundError for an unknown preset, InvalidRequestError for one beside a conversation */
    valuesFor(place: Place): AskValues {
      const settings = settingsFor(place);
      if (settings === null) return { values: personal.values(), settings };
      const { preset: _, ...choices } = settings;
      return { values: { ...personal.values(), ...choices }, settings };
    },
    /**
     * From the next question on a conversation has the values of a preset; null: those of the settings.
     * @throws NotFoundError
     */
    apply(conversationId: string, preset: Preset | null): void {
      if (conversation(conversationId) === undefined)
        throw new NotFoundError(say`This conversation no longer exists. Begin a new one.`);
      store.conversations.update(conversationId, { settings: preset === null ? null : choicesOf(preset) });
      tell({ conversationId, of: "list" });
    },
  };
}

const nameParam = { param: "name" };

function checkedModel(given: string): string {
  const model = given.trim();
  if (model.length <= longestModel) return model;
  throw new InvalidRequestError(
    say`The model must be a text of 1 to ${{ decimal: `${longestModel}` }} characters.`,
    {
      param: "model",
    },
  );
}

/** @throws NotFoundError */
function refuseUnknown(presets: readonly Preset[]): never {
  const names = presets.slice(0, 10).map(({ name }) => `"${name}"`);
  throw new NotFoundError(
    names.length === 0
      ? say`There is no such preset: you have none yet. Make one under Settings, Answers, Presets.`
      : say`There is no such preset. You have ${{ verbatim: names.join(", ") }}.`,
  );
}
