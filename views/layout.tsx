/** The frame of every page: head, skip link, top bar. It knows nothing of what is inside. */
import type { PropsWithChildren } from "@kitajs/html";
import { Mark, MenuIcon, PlusIcon } from "./icons.tsx";
import type { AssetUrl } from "./props.ts";

export const productName = "Local Financial Assistant";

const styles = ["tokens", "base", "layout", "composer", "message", "prose", "banner"];
const modules = ["composer", "follow-thread", "stream-fallback", "lost-request", "copy"];

/** No eval, no inline styles; streams come back quickly after the server was restarted. */
const htmxConfig = JSON.stringify({
  extensions: "sse",
  includeIndicatorCSS: false,
  sse: { reconnectDelay: 250, reconnectMaxDelay: 4000, connectTimeout: 15_000 },
});

interface Props {
  readonly title: string;
  readonly asset: AssetUrl;
}

export const Layout = ({ title, asset, children }: PropsWithChildren<Props>) => (
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
        <script src={asset("htmx.min.js")} defer></script>
        <script src={asset("hx-sse.min.js")} defer></script>
        {modules.map((name) => (
          <script type="module" src={asset(`${name}.js`)}></script>
        ))}
      </head>
      <body>
        <a class="skip-link" href="#question">
          Skip to the question
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
