/** The presets above the form of a new chat: links that work without any script. The chosen one is named, and taken off by its cross. */
import { tr } from "../../src/texts/reader-language.ts";
import { Chip } from "../components/chip.tsx";
import { Icon } from "../icons.tsx";
import type { PresetLink } from "../preset-props.ts";
import { safeTr } from "../safe-tr.ts";

export const presetChipsId = "preset-chips";

interface PresetChipsProps {
  readonly presets: readonly PresetLink[];
  /** null: none. */
  readonly chosen: PresetLink | null;
  readonly isTemporary: boolean;
  /** The page that begins something with one. */
  readonly at?: "/" | "/compare";
}

/** More are found by /preset. */
const mostShown = 6;

export const PresetChips = ({ presets, chosen, isTemporary, at = "/" }: PresetChipsProps) => {
  const addressWith = (preset: string | null) => {
    const query = new URLSearchParams({
      ...(preset === null ? {} : { preset }),
      ...(isTemporary ? { temporary: "1" } : {}),
    });
    return query.size === 0 ? at : `${at}?${query}`;
  };
  if (chosen !== null)
    return (
      <p class="preset-chips">
        <span class="chip" aria-current="true">
          <span dir="auto">{safeTr`Preset: ${chosen.name}`}</span>
          <a class="chip-remove" href={addressWith(null)} aria-label={tr`Take off the preset ${chosen.name}`}>
            <Icon name="close" />
          </a>
        </span>
      </p>
    );
  return presets.length === 0 ? (
    ""
  ) : (
    <nav class="preset-chips" aria-label={tr`Presets`}>
      {presets.slice(0, mostShown).map(({ id, name }) => (
        <Chip label={name} to={addressWith(id)} />
      ))}
      {presets.length > mostShown ? <Chip label={tr`All presets`} to="/presets" /> : ""}
    </nav>
  );
};
