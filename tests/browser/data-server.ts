/**
 * Serves the real app over a scripted engine, with the desk, and with the conversation of the variable CONVERSATION or nothing in it;
 * ends when its input does.
 */
import { addConversation } from "../fakes/added-conversation.ts";
import { openAppWithDesk } from "../fakes/app-with-desk.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const app = openAppWithDesk();
if (Bun.env.CONVERSATION !== undefined) addConversation(app.store, JSON.parse(Bun.env.CONVERSATION));
console.log(app.url);
await serveUntilInputEnds(app);
