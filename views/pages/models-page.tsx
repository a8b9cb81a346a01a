/** The models: in use, here, to be had. What changes follows by itself; without scripts the page is reloaded by hand. */
import type { HubPreview, ShelfReport } from "../../src/status/model-shelf.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { FollowedPageNotes } from "../fragments/followed-page.tsx";
import { HubFiles, hubFilesId } from "../fragments/hub-files.tsx";
import { ModelForm, ModelShelfPanel, shelfId } from "../fragments/model-shelf.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly shelf: ShelfReport;
  /** What was looked for on the hub. */
  readonly wanted?: string;
  readonly preview?: HubPreview;
  /** Why what was asked for could not be done. */
  readonly problem?: string;
}

export const ModelsPage = ({ shelf, wanted = "", preview, problem, ...frame }: Props) => (
  <Page
    {...frame}
    title={tr`Models`}
    kind="library"
    here="/models"
    id="models"
    skipToLabel={tr`the models`}
    lead={tr`Weights that answer on this machine. Nothing is downloaded until you say so.`}
  >
    <FollowedPageNotes address="/models" problem={problem ?? null} />
    <div id={shelfId} class="model-list" hx-sse:connect="/models/live" hx-swap="innerMorph">
      <ModelShelfPanel shelf={shelf} />
    </div>
    <section class="model-list" aria-labelledby="model-hub">
      <h2 id="model-hub">{safeTr`Any model by name`}</h2>
      <form method="post" action="/models/find" hx-post="/models/find" hx-swap="none" hx-sync="this:replace">
        <label for="hub-name">{safeTr`A GGUF model of Hugging Face`}</label>
        <div class="field-row">
          <input
            id="hub-name"
            class="input"
            name="name"
            value={wanted}
            placeholder="hf:USER/REPO"
            required
            maxlength={500}
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            dir="ltr"
            aria-describedby="hub-name-note"
          />
          <button type="submit" class="button">
            {safeTr`Show its files`}
          </button>
        </div>
        <p id="hub-name-note" class="note">
          {safeTr`Paste its name or its address, such as ${element(<code>bartowski/Qwen2.5-7B-Instruct-GGUF</code>)}. The hub is asked for its files when you press the button.`}
        </p>
      </form>
      <div id={hubFilesId}>
        {preview === undefined ? "" : <HubFiles preview={preview} memoryBytes={shelf.memoryBytes} />}
      </div>
      <h3>{safeTr`Models of today`}</h3>
      <p class="note">{safeTr`Chosen by hand in November 2026. What of them fits this machine, the hub's files say.`}</p>
      <ul class="rows">
        {shelf.recommended.map(({ name, hubName, licence }) => (
          <li>
            <div class="model-facts">
              <strong safe>{name}</strong>
              <small dir="ltr" safe>
                {`${hubName} · ${licence}`}
              </small>
            </div>
            <div class="page-actions">
              <ModelForm
                {...{ to: "/models/find", id: `look-${hubName}`, name }}
                label={tr`Look at its files`}
                fields={{ name: hubName }}
              />
            </div>
          </li>
        ))}
      </ul>
      <p class="note">{safeTr`A .gguf file that you put into the folder of models stands above, too.`}</p>
    </section>
  </Page>
);
