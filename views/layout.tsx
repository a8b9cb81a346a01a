/** The frame of every page: head, skip link, top bar. It knows nothing of what is inside. */
import type { PropsWithChildren } from "@kitajs/html";
import { Mark, MenuIcon, PlusIcon } from "./icons.tsx";
import type { AssetUrl } from "./props.ts";

export const productName = "Local Financial Assistant";

const styles = [
  "tokens",
  "base",
  "layout",
  "composer",
  "message",
  "tools",
  "library",
  "prose",
  "figures",
  "banner",
  "status",
  "account",
  "docs",
  "desk",
  "figure-cards",
  "print",
];
const modules = [
  "time-zone",
  "composer",
  "drafts",
  "follow-thread",
  "stream-fallback",
  "lost-request",
  "copy",
  "retry-when-back",
  "question-length",
  "busy-note",
  "examples",
  "tab-state",
  "earlier-turns",
  "edit-question",
  "menus",
  "live-thread",
  "shortcuts",
  "fact-popover",
];

/**
 * No eval, no inline styles; streams come back quickly after the server was restarted; what the reader has opened
 * stays open when its surroundings are swapped.
 */
const htmxConfig = JSON.stringify({
  extensions: "sse",
  includeIndicatorCSS: false,
  morphIgnore: ["data-htmx-powered", "open"],
  sse: { reconnectDelay: 250, reconnectMaxDelay: 4000, connectTimeout: 15_000 },
});

interface Props {
  readonly title: string;
  readonly asset: AssetUrl;
  /** Where the first link of the page leads. */
  readonly skipTo?: { readonly id: string; readonly label: string };
  /** The list of conversations stands beside the content. */
  readonly withSidebar?: boolean;
}

const question = { id: "question", label: "the question" };

export const Layout = ({
  title,
  asset,
  skipTo = question,
  withSidebar = false,
  children,
}: PropsWithChildren<Props>) => (
  <>
    {"<!doctype html>"}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f8f7f3" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#10161a" />
        <meta name="referrer" content="same-origin" />
        <meta name="htmx-config" content={htmxConfig} />
        <title safe>{title}</title>
        <link rel="icon" href={asset("favicon.svg")} type="image/svg+xml" />
        <link rel="manifest" href={asset("manifest.webmanifest")} />
        {styles.map((name) => (
          <link rel="stylesheet" href={asset(`${name}.css`)} />
        ))}
        {/* Not deferred: htmx would begin as soon as it has run, and miss what an extension that comes later is for. */}
        <script src={asset("htmx.min.js")}></script>
        <script src={asset("hx-sse.min.js")} defer></script>
        {modules.map((name) => (
          <script type="module" src={asset(`${name}.js`)}></script>
        ))}
      </head>
      {/* A class, not `body:has(.sidebar)`: that restyles every element of the page at every token. */}
      <body class={withSidebar ? "with-sidebar" : undefined}>
        <a class="skip-link" href={`#${skipTo.id}`} safe>
          {`Skip to ${skipTo.label}`}
        </a>
        {children}
      </body>
    </html>
  </>
);

export const TopBar = () => (
  <header class="topbar">
    <button
      type="button"
      class="icon-button drawer-open"
      popovertarget="conversations"
      aria-label="Conversations"
    >
      <MenuIcon />
    </button>
    <a class="brand" href="/">
      <Mark />
      <span>{productName as "safe"}</span>
    </a>
    <a class="icon-button topbar-new" href="/" aria-label="New chat">
      <PlusIcon />
    </a>
  </header>
);
