/** Spanish: the frame of every page. */
export const frame: Readonly<Record<string, string>> = {
  Conversations: "Conversaciones",
  "New chat": "Nuevo chat",
};
