/** German: the frame of every page. */
export const frame: Readonly<Record<string, string>> = {
  Conversations: "Unterhaltungen",
  "New chat": "Neuer Chat",
};
