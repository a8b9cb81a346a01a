/** The pages of instruments: the list, and the form of one, with the way back to the program's own specification. */
import { Elysia, t } from "elysia";
import { InstrumentPage } from "../../../views/pages/instrument-page.tsx";
import { InstrumentsPage } from "../../../views/pages/instruments-page.tsx";
import { AppError } from "../../errors.ts";
import { describeError, doneSentence, htmlReply, seeOther } from "../../http/html-reply.tsx";
import { tr } from "../../texts/reader-language.ts";
import { frameProps } from "../list-props.ts";
import type { PagesDeps, PagesOf } from "../render-chat.tsx";
import { refusal } from "../thread-reply.tsx";
import { filledInstrument, formOf, InstrumentForm } from "./instrument-form.ts";

const hidden = { detail: { hide: true } };
const params = t.Object({ symbol: t.String({ maxLength: 40 }) });
const doneQuery = t.Object({ done: t.Optional(t.String({ maxLength: 20 })) });
const doneSentences = (): Readonly<Record<string, string>> => ({
  saved: tr`Saved. Calculations use it from now on.`,
  reset: tr`Back to the default.`,
  removed: tr`Removed.`,
});

export const createInstrumentPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-instruments" })
    .get(
      "/instruments",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const text = (query.q ?? "").trim();
        return htmlReply(
          <InstrumentsPage
            {...frameOf(deps)}
            instruments={deps.finance.instruments.all().filter(has(text))}
            query={text}
            done={doneSentence(doneSentences(), query.done)}
          />,
        );
      },
      {
        ...hidden,
        query: t.Object({ ...doneQuery.properties, q: t.Optional(t.String({ maxLength: 200 })) }),
      },
    )
    .get(
      "/instruments/add",
      ({ request }) =>
        htmlReply(<InstrumentPage {...frameOf(pagesOf(request))} instrument={null} form={formOf(null)} />),
      hidden,
    )
    .post(
      "/instruments/add",
      ({ body, request }) => saved(pagesOf(request), request, body.symbol ?? "", body, true),
      { ...hidden, body: InstrumentForm },
    )
    .get(
      "/instruments/:symbol",
      ({ params: { symbol }, query, request }) => {
        const deps = pagesOf(request);
        try {
          const instrument = deps.finance.instruments.get(symbol);
          return htmlReply(
            <InstrumentPage
              {...frameOf(deps)}
              instrument={instrument}
              form={formOf(instrument)}
              done={doneSentence(doneSentences(), query.done)}
            />,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params, query: doneQuery },
    )
    .post(
      "/instruments/:symbol",
      ({ params: { symbol }, body, request }) => {
        const deps = pagesOf(request);
        try {
          const { instruments } = deps.finance;
          const known = instruments.get(symbol);
          if (body.do !== "reset") return saved(deps, request, known.symbol, body, false);
          const left = instruments.reset(known.symbol);
          return seeOther(
            left === null ? "/instruments?done=removed" : `/instruments/${left.symbol}?done=reset`,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params, body: InstrumentForm },
    );

const frameOf = (deps: PagesDeps) => ({
  ...frameProps(deps),
  isReadOnly: deps.isReadOnly ?? false,
});

const has = (text: string) => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return ({
    symbol,
    name,
    kind,
    synonyms,
  }: {
    symbol: string;
    name: string;
    kind: string;
    synonyms: readonly string[];
  }) => {
    const whole = [symbol, name, kind, ...synonyms].join("\n").toLowerCase();
    return words.every((word) => whole.includes(word));
  };
};

/** Saves, or shows the form again with what was filled in and why it was refused. */
function saved(
  deps: PagesDeps,
  request: Request,
  symbol: string,
  form: typeof InstrumentForm.static,
  isNew: boolean,
): Response {
  try {
    const { instruments } = deps.finance;
    const filled = filledInstrument(form);
    const { symbol: stored } = isNew ? instruments.add(symbol, filled) : instruments.change(symbol, filled);
    return seeOther(`/instruments/${stored}?done=saved`);
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 422) return refusal(deps, request, error);
    const { param } = error.facts;
    return htmlReply(
      <InstrumentPage
        {...frameOf(deps)}
        instrument={isNew ? null : deps.finance.instruments.get(symbol)}
        form={formOf(null, form, { param: String(param), message: describeError(error).message })}
      />,
      422,
    );
  }
}
