/** The page of what is remembered: list, search, correct, forget, restore, and the switch of remembering. */
import { Elysia, t } from "elysia";
import { MemoryMatch } from "../../views/fragments/commands.tsx";
import { MemoryPage } from "../../views/pages/memory-page.tsx";
import type { NoticeProps } from "../../views/props.ts";
import { InvalidRequestError } from "../errors.ts";
import { isBlank } from "../http/blank.ts";
import { htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { calendarOf } from "./calendar.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { refusal } from "./thread-reply.tsx";

const memoriesOfPage = 50;
const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100 });
const MemoryQuery = t.Object({
  q: t.Optional(t.String({ maxLength: 200 })),
  after: t.Optional(id),
  /** What was forgotten just now. */
  undo: t.Optional(id),
});
const MemoryForm = t.Object({
  do: t.Union([t.Literal("save"), t.Literal("forget"), t.Literal("restore")]),
  key: t.Optional(t.String({ maxLength: 500 })),
  value: t.Optional(t.String({ maxLength: 20_000 })),
  category: t.Optional(t.String({ maxLength: 100 })),
});

const SwitchForm = t.Object({ remember: t.Union([t.Literal("on"), t.Literal("off")]) });

export const createMemoryPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-memory" })
    .get(
      "/memory",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const text = (query.q ?? "").trim();
        const after = query.after === undefined ? {} : { after: query.after };
        const found = deps.memory.page(memoriesOfPage + 1, { text, ...after });
        const memories = found.slice(0, memoriesOfPage);
        const next = found.length > memoriesOfPage ? (memories.at(-1)?.id ?? null) : null;
        return htmlReply(
          <MemoryPage
            {...frameProps(deps)}
            memories={memories}
            dates={deps.calendar ?? calendarOf()}
            query={text}
            next={next}
            notice={undoNotice(deps, query.undo)}
            isReadOnly={deps.isReadOnly ?? false}
            remembersExchanges={deps.memory.remembersExchanges()}
          />,
        );
      },
      { ...hidden, query: MemoryQuery },
    )
    .post(
      "/memory",
      async ({ body, request }) => {
        const deps = pagesOf(request);
        try {
          await deps.memory.rememberExchanges(body.remember === "on");
          return seeOther("/memory");
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, body: SwitchForm },
    )
    .post(
      "/memory/:id",
      async ({ params, body, request }) => {
        const deps = pagesOf(request);
        try {
          const before = deps.memory.get(params.id);
          const to = await done(deps, params.id, body);
          const memory = before ?? deps.memory.get(params.id);
          // In a list of the chat.
          return isHtmx(request) && memory !== undefined
            ? htmlReply(<MemoryMatch memory={memory} isForgotten={body.do === "forget"} />)
            : seeOther(to);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params: t.Object({ id }), body: MemoryForm },
    );

/** @returns where to look then @throws AppError */
async function done({ memory }: PagesDeps, id: string, form: typeof MemoryForm.static): Promise<string> {
  const { key = "", value = "", category = "" } = form;
  switch (form.do) {
    case "forget":
      await memory.forget(id);
      return `/memory?undo=${id}`;
    case "restore":
      await memory.bringBack(id);
      return `/memory#m-${id}`;
    case "save":
      if (isBlank(key) || isBlank(value) || isBlank(category))
        throw new InvalidRequestError(say`A memory needs a subject, a text and a category.`);
      await memory.change(id, { key: key.trim(), value: value.trim(), category: category.trim() });
      return `/memory#m-${id}`;
    default:
      return form.do satisfies never;
  }
}

function undoNotice({ memory }: PagesDeps, id: string | undefined): NoticeProps | null {
  if (id === undefined || !memory.canBringBack(id)) return null;
  return { text: tr`Forgotten.`, undo: { url: `/memory/${id}`, inPlace: false } };
}
