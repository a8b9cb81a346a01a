/** The keys that public/js/shortcuts.js and palette.js know, in groups. */
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Dialog } from "../components/dialog.tsx";

type Key = readonly [keys: readonly string[], what: string];

export const shortcutGroups: readonly (readonly [title: string, keys: readonly Key[]])[] = [
  [
    "Everywhere",
    [
      [["Ctrl or ⌘", "K"], "Go to a page, a calculator or a conversation"],
      [["Ctrl or ⌘", "Shift", "O"], "New chat"],
      [["Alt", "↑ or ↓"], "Previous or next conversation"],
      [["?"], "Show these keys"],
    ],
  ],
  [
    "In a chat",
    [
      [["/"], "Go to the question field"],
      [["Enter"], "Send the question"],
      [["Esc"], "Stop the answer, close a menu"],
      [["↑"], "Edit the last question, from an empty field"],
      [["e"], "Edit the question that has the focus"],
      [["c"], "Copy the answer that has the focus, or the last one"],
      [["r"], "Ask the last question again"],
    ],
  ],
];

export const Shortcuts = () => (
  <Dialog id="shortcuts" class="shortcuts" title={tr`keyboard¦Keys`}>
    {shortcutGroups.map(([title, keys]) => (
      <>
        <h3 safe>{translated(title)}</h3>
        <dl>
          {keys.map(([names, what]) => (
            <div class="key">
              <dt safe>{translated(what)}</dt>
              <dd>
                {names.map((name) => (
                  <kbd safe>{translated(name)}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </>
    ))}
  </Dialog>
);
