/** Serves the real app over a scripted engine, with the desk and nothing in it; ends when its input does. */
import { openAppWithDesk } from "../fakes/app-with-desk.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const app = openAppWithDesk();
console.log(app.url);
await serveUntilInputEnds(app);
