/** `/components`: each component in each of its states. `bun run dev` shows it; the program that is installed does not have it. */
import { Elysia } from "elysia";
import { ComponentsPage } from "../../views/pages/components-page.tsx";
import type { FrameProps } from "../../views/props.ts";
import { htmlReply } from "../http/html-reply.tsx";

export const createComponentsPage = (frameOf: (request: Request) => FrameProps) =>
  new Elysia({ name: "components" }).get(
    "/components",
    ({ request }) => htmlReply(<ComponentsPage {...frameOf(request)} />),
    { detail: { hide: true } },
  );
