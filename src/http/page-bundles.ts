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
    "code.css",
    "print.css",
  ],
  "chat-page.css": [
    "composer.css",
    "message.css",
    "tools.css",
    "conversation.css",
    "prose.css",
    "written.css",
    "tables.css",
    "figures.css",
    "figure-cards.css",
    "banner.css",
  ],
  "desk-page.css": ["desk.css", "figure-cards.css", "figures.css"],
  "status-page.css": ["status.css", "banner.css"],
  "account-page.css": ["account.css"],
  "library-page.css": ["library.css"],
  "docs-page.css": ["docs.css"],
  "components-page.css": ["components.css"],
  /** As it is published, with what the pages use beside it. */
  "htmx.js": ["htmx.min.js", "hx-sse.min.js"],
  "every-page.js": [
    "time-zone.js",
    "menus.js",
    "shortcuts.js",
    "palette.js",
    "tab-state.js",
    "lost-request.js",
    "copy.js",
    "forget-drafts.js",
  ],
  "chat-page.js": [
    "composer.js",
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
    "fact-popover.js",
    "tables.js",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
