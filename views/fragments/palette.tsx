/** The palette: a field that finds pages, calculators and conversations by their names. public/js/palette.js opens it. */
import { tr } from "../../src/texts/reader-language.ts";
import { Icon, type IconName } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";

const paletteResultsId = "palette-results";

export interface PaletteItem {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
  /** Beside the label: a date, or what it is. */
  readonly note?: string;
  /** Opens a dialog of the page instead. */
  readonly opens?: string;
  /** public/js/palette.js does it: the browser asks whether it may tell when an answer has ended. */
  readonly does?: "notify";
}

export interface PaletteGroup {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

/** Its results are asked for when it opens, and while one types; Enter without a choice searches in all conversations. */
export const Palette = () => (
  <section id="palette" class="dialog palette" popover="auto" aria-label={tr`Go to`}>
    <search>
      <form class="palette-field" action="/search">
        <Icon name="search" />
        <label class="visually-hidden" for="palette-words">
          {safeTr`Find a page, a calculator or a conversation`}
        </label>
        <input
          id="palette-words"
          type="search"
          name="q"
          role="combobox"
          aria-expanded="true"
          aria-controls={paletteResultsId}
          aria-autocomplete="list"
          dir="auto"
          placeholder={tr`Go to a page, a calculator or a conversation`}
          autocomplete="off"
          maxlength={200}
          hx-get="/palette"
          hx-trigger="input delay:100ms, opened"
          hx-target={`#${paletteResultsId}`}
          hx-swap="innerHTML"
          hx-sync="this:replace"
        />
        <kbd>{safeTr`Esc`}</kbd>
      </form>
    </search>
    <div id={paletteResultsId} class="palette-results" role="listbox" aria-label={tr`Results`}></div>
  </section>
);

/** The first result is chosen: Enter goes there. */
export const PaletteResults = ({ groups }: { groups: readonly PaletteGroup[] }) => {
  let count = 0;
  return (
    <>
      {groups.map(({ title, items }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a list of options
        <div role="group" aria-label={title}>
          <p class="palette-title" aria-hidden="true" safe>
            {title}
          </p>
          {items.map((item) => (
            <Result item={item} index={count++} />
          ))}
        </div>
      ))}
    </>
  );
};

const Result = ({ item, index }: { item: PaletteItem; index: number }) => (
  <a
    id={`palette-${index}`}
    class="row"
    role="option"
    href={item.to}
    tabindex="-1"
    aria-selected={index === 0 ? "true" : "false"}
    data-opens={item.opens}
    data-does={item.does}
  >
    <Icon name={item.icon} />
    <span dir="auto" safe>
      {item.label}
    </span>
    {item.note === undefined ? "" : <small safe>{item.note}</small>}
  </a>
);
