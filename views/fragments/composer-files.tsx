/**
 * The files of the question that is being written: a chip each. public/js/attach-files.js uploads what is picked, dropped or
 * pasted; without it a form of the browser does.
 */

import { tr } from "../../src/texts/reader-language.ts";
import type { FileProps } from "../file-props.ts";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";
import { shownSize } from "./file-chips.tsx";

export const ComposerFiles = ({ files }: { files: readonly FileProps[] }) => (
  <div id="composer-files" class="composer-files">
    <input type="hidden" name="files" value={files.map(({ id }) => id).join(",")} />
    <ul class="file-chips" aria-label={tr`Attached files`}>
      {files.map((file) => (
        <ComposerFile file={file} />
      ))}
    </ul>
    <template>
      <ComposerFile file={null} />
    </template>
    <p class="visually-hidden" role="status" data-file-news=""></p>
    <noscript>
      <input type="file" name="file" multiple aria-label={tr`Files`} />
      <button
        type="submit"
        class="button"
        formaction="/attach"
        formenctype="multipart/form-data"
        formnovalidate
      >
        {safeTr`Attach`}
      </button>
    </noscript>
  </div>
);

/** @param file null: one that is uploaded */
const ComposerFile = ({ file }: { file: FileProps | null }) => (
  <li class="file-chip" data-file={file?.id ?? ""}>
    <Icon name="clip" />
    <span class="file-name" dir="auto" safe>
      {file?.name ?? ""}
    </span>
    <span class="file-state" safe>
      {file === null ? "" : shownSize(file.size)}
    </span>
    {file === null ? <progress max="1" value="0" aria-hidden="true"></progress> : ""}
    <button
      type="button"
      class="file-remove"
      aria-label={file === null ? undefined : tr`Remove ${file.name}`}
    >
      <Icon name="close" />
    </button>
  </li>
);

export const AttachButton = () => (
  <button type="button" class="attach icon-button" data-attach="" aria-label={tr`Attach files`}>
    <Icon name="clip" />
  </button>
);
