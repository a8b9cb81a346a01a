/** The keys that public/js/shortcuts.js knows. */
const keys: readonly (readonly [keys: string, what: string])[] = [
  ["Ctrl or ⌘ + K", "Search"],
  ["Ctrl or ⌘ + Shift + O", "New chat"],
  ["Alt + ↑ / ↓", "Previous or next conversation"],
  ["/", "Go to the question field"],
  ["↑", "Edit the last question, from an empty field"],
  ["e", "Edit the question that has the focus"],
  ["c", "Copy the answer that has the focus, or the last one"],
  ["r", "Ask the last question again"],
  ["Enter", "Send the question"],
  ["Esc", "Stop the answer, close a menu"],
  ["?", "Show these keys"],
];

export const Shortcuts = () => (
  <section id="shortcuts" class="shortcuts" popover="auto" aria-label="Keys">
    <h2>Keys</h2>
    <dl>
      {keys.map(([key, what]) => (
        <div class="key">
          <dt>
            <kbd safe>{key}</kbd>
          </dt>
          <dd safe>{what}</dd>
        </div>
      ))}
    </dl>
    <button type="button" class="button" popovertarget="shortcuts" popovertargetaction="hide">
      Close
    </button>
  </section>
);
