/** What the model hub has under a name: its quantisations, the one that suits, and what lies beside them. */
import type { HubPreview } from "../../src/status/model-shelf.ts";
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Badge } from "../components/badge.tsx";
import { safeTr } from "../safe-tr.ts";
import { ModelForm } from "./model-shelf.tsx";
import { downloadTime, fitWords } from "./model-words.ts";
import { shownBytes } from "./status-amounts.ts";

export const hubFilesId = "hub-files";

/** What lies beside a model; the kinds "model" and "other" are not listed. */
export const hubFileKinds: Readonly<Record<string, string>> = {
  projector: "Reads pictures or sounds",
  draft: "Guesses words ahead",
  "importance-matrix": "Used to make the quantisations",
  embedding: "For embeddings",
  adapter: "Adapter for another model",
  vocabulary: "Vocabulary without weights",
};

interface Props {
  readonly preview: HubPreview;
  readonly memoryBytes: number;
}

export const HubFiles = ({ preview: { repository, licence, choices, others }, memoryBytes }: Props) => (
  <section class="model-list" aria-labelledby="hub-files-title">
    <h3 id="hub-files-title" dir="auto" safe>
      {repository}
    </h3>
    <p class="note" safe>
      {licence === null ? tr`Its page names no licence.` : tr`Licence: ${licence}`}
    </p>
    <ul class="rows">
      {choices.map((choice) => (
        <li>
          <div class="model-facts">
            <strong dir="auto" safe>
              {choice.quantisation ?? choice.file}
            </strong>
            <small safe>{`${shownBytes(choice.sizeBytes)} · ${downloadTime(choice.sizeBytes)}`}</small>
            <small class={choice.fit} safe>
              {fitWords(choice, memoryBytes)}
            </small>
          </div>
          <div class="page-actions">
            {choice.isChosen ? <Badge label={tr`Suits this machine`} tone="good" icon="good" /> : ""}
            <ModelForm
              {...{ to: "/models/pull", id: `get-${choice.file}`, name: choice.quantisation ?? choice.file }}
              {...(choice.isChosen ? { kind: "primary" } : {})}
              label={tr`a model¦Get`}
              fields={{ name: choice.wanted }}
            />
          </div>
        </li>
      ))}
    </ul>
    {others.length === 0 ? (
      ""
    ) : (
      <>
        <h4>{safeTr`Beside it, not fetched`}</h4>
        <ul class="model-facts">
          {others.map(({ file, kind, sizeBytes }) => (
            <li>
              <span dir="auto" safe>
                {file}
              </span>
              <small safe>{` · ${translated(hubFileKinds[kind] ?? "")} · ${shownBytes(sizeBytes)}`}</small>
            </li>
          ))}
        </ul>
      </>
    )}
  </section>
);
