/** How far the imports are that a page has sent: asked for again and again while the browser waits for the reply. */
import { ImportProgress } from "../../views/fragments/import-progress.tsx";
import { htmlReply } from "../http/html-reply.tsx";

/** From 0 to 1, by the token of the form, which nobody can guess. */
const shares = new Map<string, number>();
/** A form whose import has not ended is forgotten after so many others. */
const mostKnown = 1_000;
const token = /^[\w-]{20,100}$/;

/** @param sent as the form has it; another text has no progress */
export function progressOf(sent: string | undefined): Disposable & { tell(share: number): void } {
  const isToken = sent !== undefined && token.test(sent);
  const tell = (share: number) => {
    if (!isToken || !Number.isFinite(share)) return;
    shares.set(sent, share);
    for (const oldest of shares.keys()) {
      if (shares.size <= mostKnown) break;
      shares.delete(oldest);
    }
  };
  tell(0);
  return { tell, [Symbol.dispose]: () => void (isToken && shares.delete(sent)) };
}

export const progressReply = (sent: string): Response =>
  htmlReply(<ImportProgress token={sent} share={shares.get(sent) ?? null} />);
