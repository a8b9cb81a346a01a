/** Kita's JSX type allows promises; our views are synchronous, and this is where that is checked. */
export function toHtml(element: JSX.Element): string {
  if (typeof element === "string") return element;
  throw new TypeError("A view was asynchronous: views are pure functions from props to HTML.");
}
