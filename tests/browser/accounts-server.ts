/** Serves the real app over scripted engines, with nothing in it, for the tests of logins; ends when its input does. */
import { addConversation } from "../fakes/added-conversation.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { serveUntilInputEnds } from "../input-ended.ts";
import { workingStatus } from "../security/guarded-app.ts";

const app = openAnsweringApp({ status: workingStatus });
addConversation(app.store, { title: "What was here before" });
console.log(app.url);
await serveUntilInputEnds(app);
