/** The page of what is remembered: list, search, correct, forget, restore, and the switch of remembering. */
import { Elysia, t } from "elysia";
import { MemoryMatch } from "../../views/fragments/commands.tsx";
import { ProposalInPlace } from "../../views/fragments/proposals.tsx";
import type { MemoryFilter, MemoryRowProps } from "../../views/memory-props.ts";
import { MemoryPage } from "../../views/pages/memory-page.tsx";
import type { NoticeProps } from "../../views/props.ts";
import { InvalidRequestError } from "../errors.ts";
import { isBlank } from "../http/blank.ts";
import { htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import { receivedForm } from "../http/received-file.ts";
import { textOfBody } from "../http/text-body.ts";
import type { Memory } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { largestMemoryFile } from "../workspace/memory.ts";
import type { OwnProposals } from "../workspace/proposals.ts";
import { calendarOf } from "./calendar.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { conversationOf, turnsShownBy } from "./tab-state.ts";
import { endOf } from "./thread-props.ts";
import { refusal, Shape } from "./thread-reply.tsx";

export const importMemoryPath = "/memory/import";

const memoriesOfPage = 50;
const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100 });
const MemoryQuery = t.Object({
  q: t.Optional(t.String({ maxLength: 200 })),
  kind: t.Optional(t.String({ maxLength: 20 })),
  category: t.Optional(t.String({ maxLength: 100 })),
  id: t.Optional(id),
  project: t.Optional(id),
  /** What was forgotten together, and what was imported, just now. */
  undo_moment: t.Optional(t.String({ pattern: "^\\d{1,16}$" })),
  imported: t.Optional(id),
  added: t.Optional(t.String({ pattern: "^\\d{1,6}$" })),
  refused: t.Optional(t.String({ pattern: "^\\d{1,6}$" })),
  after: t.Optional(id),
  /** What was forgotten just now. */
  undo: t.Optional(id),
});
const MemoryForm = t.Object({
  do: t.Union(
    (["save", "supersede", "prefer", "settle", "dismiss", "relevant", "forget", "restore"] as const).map(
      (word) => t.Literal(word),
    ),
  ),
  other: t.Optional(id),
  key: t.Optional(t.String({ maxLength: 500 })),
  value: t.Optional(t.String({ maxLength: 20_000 })),
  category: t.Optional(t.String({ maxLength: 100 })),
});

const ProposalForm = t.Object({
  do: t.Union([t.Literal("accept"), t.Literal("refuse"), t.Literal("restore")]),
  key: MemoryForm.properties.key,
  value: MemoryForm.properties.value,
});

const SwitchForm = t.Object({ remember: t.Union([t.Literal("on"), t.Literal("off")]) });

export const createMemoryPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-memory" })
    .get(
      "/memory",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const filter = filterOf(query);
        const found = foundBy(deps, filter, query.after);
        const memories = found.slice(0, memoriesOfPage);
        const next = found.length > memoriesOfPage ? (memories.at(-1)?.id ?? null) : null;
        return htmlReply(
          <MemoryPage
            {...frameProps(deps)}
            memories={memories.map((memory) => memoryRow(deps, memory))}
            proposals={isAll(filter) && query.after === undefined ? (deps.proposals?.open() ?? []) : []}
            dates={deps.calendar ?? calendarOf()}
            filter={filter}
            categories={deps.memory.categories()}
            next={next}
            notice={noticeOf(deps, query)}
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
      importMemoryPath,
      async ({ request }) => {
        const deps = pagesOf(request);
        try {
          const [file] = (await receivedForm(request, largestMemoryFile)).files;
          if (file === undefined) throw new InvalidRequestError(say`Choose a file first.`);
          const { name, bytes } = file;
          const { id, added, refused } = await deps.memory.importFrom({
            name,
            text: textOfBody(bytes, null),
          });
          const counts = { added: `${added}`, refused: `${refused.length}` };
          return seeOther(`/memory?${new URLSearchParams({ imported: id, ...counts })}`);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      hidden,
    )
    .post(
      "/memory/forget",
      async ({ body, request }) => {
        const deps = pagesOf(request);
        try {
          const ids = [body["id[]"] ?? []].flat();
          const { moment, count } = await deps.memory.forgetAll(ids);
          return seeOther(count === 0 ? "/memory" : `/memory?undo_moment=${moment}`);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, body: t.Object({ "id[]": t.Optional(t.Union([id, t.Array(id, { maxItems: 100 })])) }) },
    )
    .post(
      "/memory/undo",
      async ({ body, request }) => {
        const deps = pagesOf(request);
        try {
          if (body.moment !== undefined) await deps.memory.bringBackAll(Number(body.moment));
          if (body.imported === undefined) return seeOther("/memory");
          const { moment } = await deps.memory.undoImport(body.imported);
          return seeOther(`/memory?undo_moment=${moment}`);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      {
        ...hidden,
        body: t.Object({
          moment: t.Optional(t.String({ pattern: "^\\d{1,16}$" })),
          imported: t.Optional(id),
        }),
      },
    )
    .post(
      "/memory/proposals/:id",
      async ({ params, body, request }) => {
        const deps = pagesOf(request);
        try {
          if (deps.proposals === undefined) throw new Error("These pages propose nothing.");
          const memoryId = await answered(deps.proposals, params.id, body);
          const proposal = deps.proposals.get(params.id);
          if (!isHtmx(request) || proposal === undefined)
            return seeOther(memoryId === null ? "/memory#proposals" : `/memory#m-${memoryId}`);
          // A tab that shows the conversation's end knows of it then: it is not told what it has done itself.
          const shown = turnsShownBy(request) === null ? null : conversationOf(request);
          return htmlReply(
            <>
              <ProposalInPlace proposal={proposal} />
              {shown !== null && shown === proposal.conversationId ? (
                <Shape thread={endOf(deps, shown)} />
              ) : (
                ""
              )}
            </>,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params: t.Object({ id }), body: ProposalForm },
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
            ? htmlReply(<MemoryMatch memory={memory} was={wasDone(body.do)} />)
            : seeOther(to);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params: t.Object({ id }), body: MemoryForm },
    );

/** @returns the memory; null: none was made @throws AppError */
async function answered(
  proposals: OwnProposals,
  id: string,
  { do: word, key, value }: typeof ProposalForm.static,
): Promise<string | null> {
  if (word === "refuse") await proposals.refuse(id);
  if (word === "restore") await proposals.restore(id);
  if (word !== "accept") return null;
  if ((key !== undefined && isBlank(key)) || (value !== undefined && isBlank(value)))
    throw new InvalidRequestError(say`A memory needs a subject, a text and a category.`);
  return (await proposals.accept(id, { key: key?.trim(), value: value?.trim() })).id;
}

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
    case "supersede": {
      if (isBlank(key) || isBlank(value) || isBlank(category))
        throw new InvalidRequestError(say`A memory needs a subject, a text and a category.`);
      const said = { key: key.trim(), value: value.trim(), category: category.trim() };
      return `/memory#m-${(await memory.supersede(id, said)).id}`;
    }
    case "prefer":
      await memory.prefer(id, form.other ?? "");
      return `/memory#m-${id}`;
    case "settle":
      await memory.settle(id, form.other ?? "");
      return `/memory#m-${id}`;
    case "dismiss":
      await memory.dismiss(id, 1);
      return `/memory#m-${id}`;
    case "relevant":
      await memory.dismiss(id, -1);
      return `/memory#m-${id}`;
    default:
      return form.do satisfies never;
  }
}

const wasDone = (word: typeof MemoryForm.static.do) =>
  word === "forget" ? "forgotten" : word === "dismiss" ? "dismissed" : null;

function filterOf({ q, kind, category, id, project }: typeof MemoryQuery.static): MemoryFilter {
  const text = (q ?? "").trim();
  const known = (["fact", "exchange", "contradiction"] as const).find((one) => one === kind);
  return {
    ...(text === "" ? {} : { q: text }),
    ...(known === undefined ? {} : { kind: known }),
    ...(category === undefined || category === "" ? {} : { category }),
    ...(id === undefined ? {} : { id }),
    ...(project === undefined ? {} : { project }),
  };
}

const isAll = (filter: MemoryFilter) => Object.keys(filter).length === 0;

function foundBy({ memory }: PagesDeps, filter: MemoryFilter, after: string | undefined): readonly Memory[] {
  const { q = "", kind, category, id, project } = filter;
  if (id !== undefined) return [memory.get(id)].filter((one) => one !== undefined);
  return memory.page(memoriesOfPage + 1, {
    text: q,
    ...(after === undefined ? {} : { after }),
    ...(kind === undefined ? {} : kind === "contradiction" ? { contradicted: true } : { kind }),
    ...(category === undefined ? {} : { category }),
    ...(project === undefined ? {} : { project }),
  });
}

function memoryRow({ memory, projects }: PagesDeps, shown: Memory): MemoryRowProps {
  const history = shown.kind === "fact" ? memory.history(shown.id) : [];
  const place = history.findIndex(({ id }) => id === shown.id);
  return {
    ...shown,
    project: projects?.get(shown.projectId ?? "") ?? null,
    successor: shown.kind === "fact" ? memory.successorOf(shown) : null,
    earlier: history.slice(place + 1),
    contradicting: shown.kind === "fact" ? memory.contradicting(shown.id) : [],
  };
}

function noticeOf({ memory }: PagesDeps, query: typeof MemoryQuery.static): NoticeProps | null {
  const { undo: id, undo_moment: moment, imported, added = "0", refused = "0" } = query;
  const url = "/memory/undo";
  if (moment !== undefined)
    return { text: tr`Forgotten.`, undo: { url, inPlace: false, field: { name: "moment", value: moment } } };
  if (imported !== undefined)
    return {
      text:
        refused === "0"
          ? tr`Imported: ${Number(added)}.`
          : tr`Imported: ${Number(added)}. Not readable: ${Number(refused)}.`,
      undo: { url, inPlace: false, field: { name: "imported", value: imported } },
    };
  if (id === undefined || !memory.canBringBack(id)) return null;
  return { text: tr`Forgotten.`, undo: { url: `/memory/${id}`, inPlace: false } };
}
