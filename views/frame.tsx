/**
 * The frame of every page: the sidebar beside the content, on narrow screens a bar above it and the sidebar as a drawer. Who is
 * not known has no sidebar: the content is a card with the mark.
 */
import type { PropsWithChildren } from "@kitajs/html";
import { tr } from "../src/texts/reader-language.ts";
import { Sidebar } from "./fragments/conversation-list.tsx";
import { Palette } from "./fragments/palette.tsx";
import { Shortcuts } from "./fragments/shortcuts.tsx";
import { Icon, Mark } from "./icons.tsx";
import { Layout, type PageKind, productName } from "./layout.tsx";
import type { FrameProps, Place } from "./props.ts";

interface Props extends FrameProps {
  /** Of the tab; the product's name follows it. */
  readonly title: string;
  readonly kind: PageKind;
  readonly here: Place;
  readonly skipTo?: { readonly id: string; readonly label: string };
  /** Of the chat: speech can be written down. */
  readonly dictates?: boolean;
  /** The page has the field to search with itself. */
  readonly withoutSearch?: boolean;
}

/** The sidebar with whatever the page puts beside it. */
export const Frame = ({
  asset,
  sidebar,
  look,
  title,
  kind,
  dictates = false,
  here,
  skipTo,
  withoutSearch,
  children,
}: PropsWithChildren<Props>) => (
  <Layout
    title={title}
    asset={asset}
    kind={kind}
    dictates={dictates}
    look={look}
    frame={sidebar === null ? "alone" : "with-sidebar"}
    {...(skipTo === undefined ? {} : { skipTo })}
  >
    {sidebar === null ? (
      ""
    ) : (
      <>
        <TopBar />
        <Sidebar {...sidebar} here={here} withoutSearch={withoutSearch ?? false} />
      </>
    )}
    {children}
    {sidebar === null ? (
      ""
    ) : (
      <>
        <Palette />
        <Shortcuts />
      </>
    )}
  </Layout>
);

interface PageProps extends Omit<Props, "skipTo"> {
  /** The heading; left out: as the title. */
  readonly heading?: string;
  readonly id?: string;
  readonly skipToLabel?: string;
  /** More classes of the content. */
  readonly class?: string;
  /** A sentence below the heading. */
  readonly lead?: string | undefined;
  /** What can be done with the page as a whole, at the end of its heading's line. */
  readonly actions?: JSX.Element;
}

/** A page with a heading and a column of content; without a sidebar a card. */
export const Page = ({
  heading,
  id = "main",
  skipToLabel = tr`the content`,
  class: more,
  lead,
  actions,
  children,
  ...frame
}: PropsWithChildren<PageProps>) => (
  <Frame {...frame} title={`${frame.title} · ${productName}`} skipTo={{ id, label: skipToLabel }}>
    <main id={id} class={[frame.sidebar === null ? "lone-card" : "page", more]} tabindex="-1">
      {frame.sidebar === null ? (
        <p class="lone-brand">
          <Mark size={32} />
          <span>{productName as "safe"}</span>
        </p>
      ) : (
        ""
      )}
      <header class="page-head">
        <h1 safe>{heading ?? frame.title}</h1>
        {actions === undefined ? "" : <div class="page-actions">{actions as "safe"}</div>}
        {lead === undefined ? (
          ""
        ) : (
          <p id="lead" class="lead" dir="auto" safe>
            {lead}
          </p>
        )}
      </header>
      {children}
    </main>
  </Frame>
);

const TopBar = () => (
  <header class="topbar">
    <button
      type="button"
      class="icon-button drawer-open"
      popovertarget="conversations"
      aria-label={tr`Conversations`}
    >
      <Icon name="menu" />
    </button>
    <a class="brand" href="/">
      <Mark size={26} />
      <span>{productName as "safe"}</span>
    </a>
    <a class="icon-button topbar-new" href="/" aria-label={tr`New chat`}>
      <Icon name="plus" />
    </a>
  </header>
);
