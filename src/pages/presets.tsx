/** The pages of presets: the list, the form of one, and what they do. All of it is plain forms. */
import { Elysia, t } from "elysia";
import { PresetPage, PresetsPage } from "../../views/pages/presets-page.tsx";
import type { NoticeProps } from "../../views/props.ts";
import { AppError } from "../errors.ts";
import { htmlReply, seeOther } from "../http/html-reply.tsx";
import type { Preset } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { frameProps } from "./list-props.ts";
import { refuseGone } from "./page-questions.ts";
import {
  fieldsOf,
  presetForm,
  presetRow,
  type SentPreset,
  sentOf,
  sentOfConversation,
} from "./preset-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { answered, refusal } from "./thread-reply.tsx";

const id = t.String({ maxLength: 100 });
const hidden = { detail: { hide: true } };
const short = t.Optional(t.String({ maxLength: 1000 }));
const Form = t.Object({
  ...{ name: short, model: short, temperature: short, top_p: short, max_tokens: short, recall: short },
  instructions: t.Optional(t.String({ maxLength: 100_000 })),
  do: t.Optional(t.Literal("delete")),
});

export const createPresetPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-presets" })
    .get(
      "/presets",
      ({ query, request }) =>
        listReply(pagesOf(request), query.done === "saved" ? { text: tr`Saved.` } : null),
      { ...hidden, query: t.Object({ done: t.Optional(t.String({ maxLength: 20 })) }) },
    )
    // Brings a deleted one back.
    .post(
      "/presets",
      ({ body, request }) =>
        answered(pagesOf(request), request, (deps) => {
          const { id: former, ...fields } = deletedFrom(body.restore);
          deps.presets.create(fields, former);
          return seeOther("/presets");
        }),
      { ...hidden, body: t.Object({ restore: t.String({ maxLength: 100_000 }) }) },
    )
    .get(
      "/presets/new",
      ({ query: { from }, request }) =>
        answered(pagesOf(request), request, (deps) => {
          const conversation = from === undefined ? null : (deps.conversations.get(from) ?? refuseGone());
          const sent = conversation === null ? {} : sentOfConversation(deps, conversation);
          return formReply(deps, { id: null, sent });
        }),
      { ...hidden, query: t.Object({ from: t.Optional(id) }) },
    )
    .post(
      "/presets/new",
      ({ body, request }) =>
        saved(pagesOf(request), request, null, body, (deps) => deps.presets.create(fieldsOf(body))),
      { ...hidden, body: Form },
    )
    .get(
      "/presets/:id",
      ({ params: { id }, request }) =>
        answered(pagesOf(request), request, (deps) => {
          const { name, choices } = deps.presets.get(id);
          return formReply(deps, { id, sent: sentOf(name, choices) });
        }),
      { ...hidden, params: t.Object({ id }) },
    )
    .post(
      "/presets/:id",
      ({ params: { id }, body, request }) =>
        body.do === "delete"
          ? answered(pagesOf(request), request, (deps) =>
              listReply(deps, deletedNotice(deps.presets.remove(id))),
            )
          : saved(pagesOf(request), request, id, body, (deps) => deps.presets.change(id, fieldsOf(body))),
      { ...hidden, params: t.Object({ id }), body: Form },
    );

function listReply(deps: PagesDeps, notice: NoticeProps | null): Response {
  const presets = deps.presets.list().map(presetRow);
  return htmlReply(
    <PresetsPage
      {...frameProps(deps)}
      presets={presets}
      notice={notice}
      isReadOnly={deps.isReadOnly ?? false}
    />,
  );
}

const formReply = (deps: PagesDeps, options: Parameters<typeof presetForm>[1], status = 200): Response =>
  htmlReply(<PresetPage {...frameProps(deps)} form={presetForm(deps, options)} />, status);

/** All of it travels in the button, so that nothing of it stays here. */
const deletedNotice = ({ id: former, name, choices }: Preset): NoticeProps => ({
  text: tr`“${name}” was deleted.`,
  undo: {
    url: "/presets",
    inPlace: false,
    field: { name: "restore", value: JSON.stringify({ id: former, name, ...choices }) },
  },
});

/** Each field is checked when the preset is made. @throws InvalidRequestError */
function deletedFrom(
  restore: string,
): Parameters<PagesDeps["presets"]["create"]>[0] & { readonly id?: string } {
  try {
    return Object(JSON.parse(restore));
  } catch {
    return {};
  }
}

/** Saves, or shows the form again with what was filled in and why it was refused. */
function saved(
  deps: PagesDeps,
  request: Request,
  preset: string | null,
  sent: SentPreset,
  save: (deps: PagesDeps) => void,
): Response {
  try {
    save(deps);
    return seeOther("/presets?done=saved");
  } catch (error) {
    if (error instanceof AppError && error.status === 422)
      return formReply(deps, { id: preset, sent, error }, 422);
    return refusal(deps, request, error);
  }
}
