/** The document of every page: head, skip link, scripts. It knows nothing of what is inside. */

import type { PropsWithChildren } from "@kitajs/html";
import { languageOfReader, tr } from "../src/texts/reader-language.ts";
import { isRightToLeft } from "../src/texts/say.ts";
import { translatedScriptWords } from "../src/texts/script-words.ts";
import type { AssetUrl, LookProps } from "./props.ts";

export const productName = "Local Financial Assistant";

/** What is loaded beside what all pages have: src/http/page-bundles.ts. */
export type PageKind =
  | "chat"
  | "answers"
  | "desk"
  | "library"
  | "status"
  | "account"
  | "docs"
  | "components"
  | "settings"
  /** Settings with a chart. */
  | "series"
  | "plain";

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
  readonly look?: LookProps | undefined;
  readonly kind: PageKind;
  readonly dictates: boolean;
  /** Where the first link of the page leads. */
  readonly skipTo?: { readonly id: string; readonly label: string };
  /** The class of the body: with the frame around it, or a card alone. */
  readonly frame: "with-sidebar" | "alone";
}

const question = () => ({ id: "question", label: tr`the question` });

/** Of the document: style sheets and scripts read them. public/js/look.js writes them anew when a setting has changed. */
const attributesOf = (look: LookProps | undefined) =>
  look && {
    "data-theme": look.theme,
    "data-contrast": look.contrast,
    "data-text-size": look.textSize,
    "data-density": look.density,
    "data-stream": look.stream,
    "data-stream-rate": String(look.streamRate),
  };

const spoken = () => {
  const language = languageOfReader();
  return { lang: language, dir: isRightToLeft(language) ? "rtl" : undefined };
};

const withFigures: readonly PageKind[] = ["chat", "answers", "desk", "series", "components"];
const withScript = ["chat", "answers", "settings", "library", "series"] as const;
const hasScript = (kind: PageKind): kind is (typeof withScript)[number] =>
  withScript.some((each) => each === kind);

/** public/js/words.js reads them. */
const ScriptWords = ({ words }: { readonly words: ReturnType<typeof translatedScriptWords> }) =>
  words === null ? "" : <meta name="words" content={JSON.stringify(words)} />;

export const Layout = ({
  title,
  asset,
  look,
  kind,
  dictates,
  skipTo = question(),
  frame,
  children,
}: PropsWithChildren<Props>) => (
  <>
    {"<!doctype html>"}
    <html {...spoken()} {...attributesOf(look)}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <ThemeColours theme={look?.theme ?? "system"} />
        <meta name="referrer" content="same-origin" />
        <ScriptWords words={translatedScriptWords()} />
        <meta name="htmx-config" content={htmxConfig} />
        <title safe>{title}</title>
        <link rel="icon" href={asset("favicon.svg")} type="image/svg+xml" />
        <link rel="manifest" href={asset("manifest.webmanifest")} />
        <link rel="apple-touch-icon" href={asset("icon-maskable-512.png")} />
        <link
          rel="preload"
          as="font"
          type="font/woff2"
          href={asset("inter-latin.woff2")}
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={asset("every-page.css")} />
        {kind === "answers" ? <link rel="stylesheet" href={asset("chat-page.css")} /> : ""}
        {kind === "series" ? <link rel="stylesheet" href={asset("settings-page.css")} /> : ""}
        {kind === "plain" ? "" : <link rel="stylesheet" href={asset(`${kind}-page.css`)} />}
        {withFigures.includes(kind) ? <link rel="stylesheet" href={asset("figure-parts.css")} /> : ""}
        {dictates ? <link rel="stylesheet" href={asset("chat-dictation.css")} /> : ""}
        <script type="module" src={asset("every-page.js")}></script>
        {hasScript(kind) ? (
          <script type="module" src={asset(`${kind === "answers" ? "chat" : kind}-page.js`)}></script>
        ) : (
          ""
        )}
        {dictates ? <script type="module" src={asset("chat-dictation.js")}></script> : ""}
      </head>
      {/* A class, not `body:has(.sidebar)`: that restyles every element of the page at every token. */}
      <body class={frame}>
        <a class="skip-link" href={`#${skipTo.id}`} safe>
          {tr`Skip to ${skipTo.label}`}
        </a>
        {children}
        {/*
         * Last, so that the page is shown before they have come; not deferred, since htmx would then begin as soon as it has
         * run, and miss its extension.
         */}
        {frame === "alone" ? "" : <script src={asset("htmx.js")}></script>}
      </body>
    </html>
  </>
);

const papers = { light: "#fafbfa", dark: "#0f1513" } as const;

/** What the browser's own bars are drawn in. */
const ThemeColours = ({ theme }: Pick<LookProps, "theme">) =>
  theme === "system" ? (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={papers.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={papers.dark} />
    </>
  ) : (
    <meta name="theme-color" content={papers[theme]} />
  );
