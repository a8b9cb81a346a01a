/** A piece of a response that htmx puts elsewhere than at the element that asked. */
import type { PropsWithChildren } from "@kitajs/html";

type Swap =
  | "innerHTML"
  | "outerHTML"
  | "beforeend"
  | "innerMorph"
  | "outerMorph"
  | "textContent"
  | "innerHTML show:top";

export const Partial = ({ target, swap, children }: PropsWithChildren<{ target: string; swap: Swap }>) => (
  <hx-partial hx-target={target} hx-swap={swap}>
    {children}
  </hx-partial>
);
