/** The files of a question, with what the model could read of each. */

import { tr } from "../../src/texts/reader-language.ts";
import type { FileProps } from "../file-props.ts";
import { Icon } from "../icons.tsx";
import { decimal } from "./status-amounts.ts";

export const FileChips = ({ files }: { files: readonly FileProps[] }) =>
  files.length === 0 ? (
    ""
  ) : (
    <ul class="file-chips" aria-label={tr`Files`}>
      {files.map((file) => (
        <li>
          <a class="file-chip" href={`/files/${file.id}`} target="_blank" rel="noopener">
            <Icon name="clip" />
            <span class="file-name" dir="auto" safe>
              {file.name}
            </span>
            <span class="file-state" safe>
              {[shownSize(file.size), partRead(file)].filter((part) => part !== "").join(", ")}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );

export const shownSize = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${decimal((bytes / 1_000_000).toFixed(1))} MB`;

/** '' when the model read all of it, or was not asked yet. */
function partRead({ readCharacters, characters, isCut }: FileProps): string {
  if (readCharacters === null || characters === 0) return "";
  if (readCharacters === 0) return tr`not read: too long`;
  const share = readCharacters / characters;
  return share >= 1 && !isCut ? "" : tr`first ${Math.max(1, Math.floor(share * 100))}% read`;
}
