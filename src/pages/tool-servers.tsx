/** The pages of servers of other programs' tools, for admins. All of it is plain forms. */
import { Elysia, t } from "elysia";
import { ToolServerPage, ToolServersPage } from "../../views/pages/tool-server-pages.tsx";
import { InvalidRequestError } from "../errors.ts";
import { describeError, htmlReply, seeOther } from "../http/html-reply.tsx";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import type { ToolServersPort } from "../tools-elsewhere/tool-servers.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { refusal } from "./thread-reply.tsx";
import { fieldsOf, formOf, type SentServer, serverForm, toolServerProps } from "./tool-server-props.ts";

interface ToolServerPagesDeps {
  /** @throws ForbiddenError unless the client is an admin */
  readonly serversOf: (request: Request) => ToolServersPort;
  readonly pagesOf: PagesOf;
}

const hidden = { detail: { hide: true } };
const text = t.Optional(t.String({ maxLength: 100_000 }));
const fields = { name: text, kind: text, command: text, args: text, url: text, secrets: text };
const Form = t.Object(fields);
const DeedForm = t.Object({ ...fields, do: text, tool: text });
const params = t.Object({ id: t.String({ maxLength: 100 }) });
const query = t.Object({ done: t.Optional(t.String({ maxLength: 20 })) });

export const createToolServerPages = ({ serversOf, pagesOf }: ToolServerPagesDeps) =>
  new Elysia({ name: "pages-tool-servers" })
    .get(
      "/tool-servers",
      ({ request, query }) => listPage(pagesOf(request), serversOf(request), query.done),
      {
        ...hidden,
        query,
      },
    )
    .post(
      "/tool-servers",
      ({ body, request }) => {
        const servers = serversOf(request);
        try {
          const { id } = servers.add(fieldsOf(body));
          return seeOther(`/tool-servers/${id}?done=added`);
        } catch (error) {
          const { status, message } = describeError(error);
          if (status === 500) return refusal(pagesOf(request), request, error);
          return listPage(pagesOf(request), servers, undefined, { sent: body, problem: message }, status);
        }
      },
      { ...hidden, body: Form },
    )
    .get(
      "/tool-servers/:id",
      ({ params: { id }, query, request }) => {
        const servers = serversOf(request);
        try {
          return serverPage(pagesOf(request), servers, id, { done: query.done });
        } catch (error) {
          return refusal(pagesOf(request), request, error);
        }
      },
      { ...hidden, params, query },
    )
    .post(
      "/tool-servers/:id",
      async ({ params: { id }, body, request, server }) => {
        server?.timeout(request, 60);
        const servers = serversOf(request);
        try {
          return seeOther(await done(servers, id, body, request.signal));
        } catch (error) {
          const { status, message } = describeError(error);
          if (status === 500 || status === 404) return refusal(pagesOf(request), request, error);
          return serverPage(pagesOf(request), servers, id, { problem: message, sent: body }, status);
        }
      },
      { ...hidden, params, body: DeedForm },
    );

/** @returns where it is seen */
async function done(
  servers: ToolServersPort,
  id: string,
  form: typeof DeedForm.static,
  signal: AbortSignal,
): Promise<string> {
  const page = `/tool-servers/${id}?done=changed`;
  switch (form.do) {
    case undefined:
      await servers.change(id, fieldsOf(form));
      return page;
    case "restart":
      await servers.restart(id, signal);
      return `/tool-servers/${id}`;
    case "on":
    case "off":
      await servers.change(id, { isOn: form.do === "on" });
      return page;
    case "share":
    case "keep":
      await servers.change(id, { isShared: form.do === "share" });
      return page;
    case "accept":
    case "doubt":
      servers.acceptAsReading(id, form.tool ?? "", form.do === "accept");
      return page;
    case "remove":
      await servers.remove(id);
      return "/tool-servers?done=removed";
    default:
      throw new InvalidRequestError(say`This cannot be done with a server.`);
  }
}

const doneWords = (word: string | undefined): string | null => {
  if (word === "added") return tr`The server is added. Read its tools, then use it in a conversation.`;
  if (word === "changed") return tr`Saved.`;
  return word === "removed" ? tr`The server is removed.` : null;
};

const nothing = { sent: {} as SentServer, problem: null as string | null };

function listPage(
  deps: PagesDeps,
  servers: ToolServersPort,
  word: string | undefined,
  { sent, problem } = nothing,
  status = 200,
): Response {
  const said = { done: doneWords(word), problem };
  const props = { servers: servers.list().map(toolServerProps), form: serverForm(sent), ...said };
  return htmlReply(<ToolServersPage {...frameProps(deps)} {...props} />, status);
}

interface Shown {
  readonly done?: string | undefined;
  readonly problem?: string;
  readonly sent?: SentServer & { readonly do?: string | undefined };
}

function serverPage(
  deps: PagesDeps,
  servers: ToolServersPort,
  id: string,
  shown: Shown,
  status = 200,
): Response {
  const server = servers.get(id);
  const { sent, problem = null } = shown;
  const form = sent === undefined || sent.do !== undefined ? formOf(server) : serverForm(sent);
  const props = { server: toolServerProps(server), form, done: doneWords(shown.done), problem };
  return htmlReply(<ToolServerPage {...frameProps(deps)} {...props} />, status);
}
