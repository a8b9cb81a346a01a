/**
 * A page in which nothing hostile stays unseen: scripts that run, dialogs, requests to elsewhere, what the content security
 * policy had to refuse, and elements that are not ours.
 */
import type { Browser, BrowserContext, Page } from "@playwright/test";

declare global {
  interface Window {
    __xss: () => void;
    htmx: { process(element: Element): void };
    /** What is in `.prose` besides Markdown's own elements. */
    foreignInAnswers: (root?: Document) => string[];
    /** The same, and what is anywhere besides the program's. */
    foreign: (root?: Document) => string[];
  }
}

export interface Watched extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** In words; empty when all is well. */
  readonly offences: string[];
}

/** @param bypassCSP the policy does not hold then: only the HTML keeps scripts from running */
export async function openWatched(
  browser: Browser,
  baseURL: string,
  { bypassCSP }: { readonly bypassCSP: boolean },
): Promise<Watched> {
  const context = await browser.newContext({ baseURL, bypassCSP });
  const offences: string[] = [];
  const { origin } = new URL(baseURL);
  const isOwn = (url: string) => URL.canParse(url) && new URL(url).origin === origin;
  const watch = (page: Page) => {
    page.on("console", (message) => {
      // Playwright itself says that it lets none be installed.
      if (message.text() === "Service Worker registration blocked by Playwright") return;
      if (message.type() === "error" || message.type() === "warning") offences.push(message.text());
    });
    page.on("pageerror", (error) => offences.push(`an error: ${error.message}`));
    page.on("dialog", (dialog) => {
      offences.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!isOwn(request.url())) offences.push(`a request: ${request.url()}`);
    });
    page.on("websocket", (socket) => offences.push(`a WebSocket: ${socket.url()}`));
    page.on("frameattached", (frame) => offences.push(`a frame: ${frame.name()}`));
    page.on("framenavigated", (frame) => {
      if (!isOwn(frame.url())) offences.push(`led away: ${frame.url()}`);
    });
  };
  context.on("page", (page) => {
    watch(page);
    if (context.pages().length > 1) offences.push("another page opened");
  });
  // Nothing of it may leave this machine, whatever happens.
  await context.route(
    (url) => url.origin !== origin,
    (route) => route.abort(),
  );
  await context.addInitScript(watchFromInside);
  return {
    context,
    page: await context.newPage(),
    offences,
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Runs in the page, before everything else. */
function watchFromInside(): void {
  window.__xss = () => console.error("a script ran");
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`refused by policy: ${violatedDirective} ${blockedURI}`),
  );

  const inAnswers: Record<string, readonly string[]> = {
    A: ["href", "target", "rel"],
    P: ["dir"],
    BLOCKQUOTE: ["dir"],
    UL: ["dir"],
    TABLE: ["dir"],
    H3: ["class", "dir"],
    H4: ["class", "dir"],
    OL: ["start", "class", "dir"],
    LI: ["value", "class"],
    TH: ["class"],
    TD: ["class", "data-value"],
    DIV: ["class", "id", "dir", "role", "aria-label", "tabindex", "hx-morph-skip-children"],
    FIGURE: ["class", "dir"],
    SPAN: ["class", "dir", "aria-hidden"],
    BUTTON: ["type", "class", "data-copy", "data-code", "data-table", "aria-label", "aria-pressed"],
    INPUT: ["type", "disabled", "checked", "aria-label"],
    PRE: ["tabindex"],
    CODE: ["class", "title"],
    SMALL: ["class"],
  };
  /** Of a formula: presentation alone. */
  const isMathMl = (element: Element) =>
    element.namespaceURI === "http://www.w3.org/1998/Math/MathML" &&
    element.closest(".maths > .katex > math") !== null &&
    !element.getAttributeNames().some((name) => /^(?:href|style|src|id|on.*|xlink.*)$/i.test(name));
  /** A figure's mark: a class that says how it is known, words, and a link to its fact, to the message that it is quoted from or to a passage. */
  const figureClass = /^figure (?:computed|derived|quoted|convention|unsupported|pending)$/;
  const isFigure = (element: Element) => figureClass.test(element.getAttribute("class") ?? "");
  const figureNames: Record<string, readonly string[]> = {
    A: ["class", "href", "title", "data-fact"],
    SPAN: ["class", "title"],
  };
  const isFigureLink = (link: Element) =>
    isFigure(link) &&
    /^(?:(?:\/facts\/|#m-)[A-Za-z0-9_-]{1,100}|\/documents\/[A-Za-z0-9_-]{1,100}\?passage=\d+#p-\d+)$/.test(
      link.getAttribute("href") ?? "",
    );
  const plainInAnswers = "STRONG EM S SUP CODE HR BR THEAD TBODY TR FIGCAPTION".split(" ");
  const nowhere =
    "style, iframe, frame, object, embed, applet, base, portal, marquee, math:not(.maths > .katex > math), audio, video, img, picture, source, track," +
    " svg :is(script, foreignObject, image, use, animate, set, a, feImage, style), script:not([src]), meta[http-equiv]," +
    " link:not([rel=icon], [rel=apple-touch-icon], [rel=manifest], [rel=stylesheet], [rel=preload][as=font]), template:not(:is(#composer-files, #outbox) > template), [style]:not(textarea, .reveal-cursor), [srcdoc], [ping]";
  const htmxAddress = /^(?:data-)?hx-(?:get|post|put|patch|delete|action|preload|\w+:connect)$/;
  const addresses = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"];

  const told = (element: Element) => element.outerHTML.slice(0, 120);
  /** htmx marks what it has looked at, and leaves charts alone, and the blocks that an answer has when it ends. */
  const isMark = (element: Element, name: string) =>
    name === "data-htmx-powered" ||
    (name === "hx-morph-skip-children" && element.matches(".prose > .blocks, .chart-place"));

  window.foreignInAnswers = (root = document) => {
    const found: string[] = [];
    for (const element of root.querySelectorAll(".prose *")) {
      if (isMathMl(element)) continue;
      const allowed =
        (isFigure(element) ? figureNames : inAnswers)[element.tagName] ??
        (plainInAnswers.includes(element.tagName) ? [] : null);
      const names = element.getAttributeNames().filter((name) => !isMark(element, name));
      if (allowed === null || names.some((name) => !allowed.includes(name)))
        found.push(`in an answer: ${told(element)}`);
    }
    for (const link of root.querySelectorAll<HTMLAnchorElement>(".prose a"))
      if (
        !isFigureLink(link) &&
        (!/^https?:$/.test(link.protocol) ||
          link.rel !== "noopener noreferrer nofollow" ||
          link.target !== "_blank")
      )
        found.push(`a link: ${told(link)}`);
    return found;
  };

  window.foreign = (root = document) => {
    const found = window.foreignInAnswers(root);
    for (const element of root.querySelectorAll(nowhere)) found.push(`foreign: ${told(element)}`);
    const ids = new Set<string>();
    for (const element of root.querySelectorAll("*")) {
      if (element.id !== "" && ids.has(element.id)) found.push(`an id twice: ${told(element)}`);
      ids.add(element.id);
      for (const name of element.getAttributeNames()) {
        const value = element.getAttribute(name) ?? "";
        const leadsAway =
          (addresses.includes(name) || htmxAddress.test(name)) &&
          element.closest(".prose") === null &&
          value !== "" &&
          new URL(value, document.baseURI).origin !== location.origin;
        const isCode = /^(?:data-)?hx-/.test(name) && !htmxAddress.test(name) && /__xss|\bjs:/.test(value);
        if (name.startsWith("on") || leadsAway || isCode) found.push(`an attribute: ${told(element)}`);
      }
    }
    return found;
  };
}
