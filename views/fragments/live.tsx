/**
 * The one stream by which a page learns what happens in other tabs. It carries events alone; what has changed is then
 * asked for (the list by itself, the thread by public/js/live-thread.js).
 */
export const Live = ({ conversationId }: { conversationId: string | null }) => (
  <div
    hx-sse:connect={conversationId === null ? "/live" : `/live?c=${conversationId}`}
    hx-swap="none"
    data-conversation={conversationId ?? undefined}
  ></div>
);
