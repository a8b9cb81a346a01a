/** hx-* attributes and <hx-partial> for Kita's JSX (htmx 4). */
declare namespace JSX {
  interface HtmlTag {
    [attribute: `hx-${string}`]: string | undefined;
    [attribute: `data-${string}`]: string | undefined;
    [attribute: `aria-${string}`]: string | undefined;
    popover?: "auto" | "manual";
    popovertarget?: string;
    inert?: boolean;
    autofocus?: boolean;
  }
  interface HtmlMetaTag {
    media?: string;
  }
  interface HtmlTextAreaTag {
    autocomplete?: string;
  }
  interface IntrinsicElements {
    "hx-partial": HtmlTag & { "hx-target": string; "hx-swap": string };
  }
}
