/**
 * What the pages load: a style sheet and a script that all have, and of each kind of page one of its own. They are put together
 * from the small files below public/ by asset-bundles.ts.
 */
/** In this order; a file of a kind may say more of what a file before it says. */
export const pageBundles = {
  "every-page.css": [
    "tokens.css",
    "fonts.css",
    "base.css",
    "controls.css",
    "surfaces.css",
    "feedback.css",
    "layout.css",
    "sidebar.css",
    "menus.css",
    "palette.css",
    "outbox.css",
    "code.css",
    "banner.css",
    "print.css",
  ],
  "chat-page.css": [
    "composer.css",
    "commands.css",
    "files.css",
    "message.css",
    "tools.css",
    "conversation.css",
    "first-steps.css",
    "prose.css",
    "written.css",
    "tables.css",
    "token-view.css",
  ],
  /** Beside what the chat, the desk and the pages of series have. */
  "figure-parts.css": ["figures.css", "figure-cards.css", "candle-chart.css"],
  /** Beside what the chat has: answers of more than one conversation or version at once. */
  "answers-page.css": ["many.css"],
  "desk-page.css": ["desk.css"],
  "status-page.css": ["status.css"],
  "account-page.css": ["account.css"],
  "library-page.css": ["library.css"],
  "docs-page.css": ["docs.css"],
  "components-page.css": ["components.css"],
  "settings-page.css": ["settings.css"],
  /** Beside what the settings have. */
  "series-page.css": ["series.css"],
  /** As it is published, with what the pages use beside it. */
  "htmx.js": ["htmx.min.js", "hx-sse.min.js"],
  "every-page.js": [
    // The others speak by it.
    "words.js",
    "time-zone.js",
    "menus.js",
    "shortcuts.js",
    "palette.js",
    "tab-state.js",
    "lost-request.js",
    "copy.js",
    "forget-drafts.js",
    "outbox.js",
  ],
  "settings-page.js": ["look.js"],
  "series-page.js": ["series-part.js", "chart-drawing.js", "price-chart.js"],
  "library-page.js": ["select-all.js"],
  /** Beside what the chat has, where speech can be written down. */
  "chat-dictation.css": ["dictation.css"],
  "chat-dictation.js": ["dictation.js"],
  "chat-page.js": [
    // Its keys come before those of the form.
    "commands.js",
    "composer.js",
    "attach-files.js",
    // After the form was emptied.
    "drafts.js",
    "answer-text.js",
    "reveal-text.js",
    "follow-thread.js",
    "stream-fallback.js",
    "retry-when-back.js",
    "question-length.js",
    "busy-note.js",
    "examples.js",
    "earlier-turns.js",
    "edit-question.js",
    "live-thread.js",
    "away.js",
    "fact-popover.js",
    "tables.js",
    "listings.js",
    "read-aloud.js",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What is written into a document that stands alone: no page loads it. */
export const documentBundles = {
  "document-whole.css": [
    ...[
      "tokens.css",
      "base.css",
      "prose.css",
      "written.css",
      "tables.css",
      "code.css",
      "figures.css",
      "document.css",
    ],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
