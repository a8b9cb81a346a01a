/** The pages of the desk: calculators, their results, and the facts that they gave. They name no calculator. */
import { Elysia, t } from "elysia";
import type { FactProps } from "../../../views/finance-props.ts";
import { FactCard } from "../../../views/fragments/fact-card.tsx";
import { Partial } from "../../../views/fragments/partial.tsx";
import { CalculatorPage } from "../../../views/pages/calculator-page.tsx";
import { CalculatorsPage } from "../../../views/pages/calculators-page.tsx";
import { DeskPage } from "../../../views/pages/desk-page.tsx";
import { FactPage } from "../../../views/pages/fact-page.tsx";
import { htmlReply, isHtmx, seeOther } from "../../http/html-reply.tsx";
import { languageOfReader, translated } from "../../texts/reader-language.ts";
import { calendarOf } from "../calendar.ts";
import { factChartAddress } from "../fact-chart.ts";
import { frameProps } from "../list-props.ts";
import type { PagesDeps, PagesOf } from "../render-chat.tsx";
import { refusal } from "../thread-reply.tsx";
import { calculatorProps, calculatorUrl, recentProps, topicsOf } from "./calculator-props.ts";
import { ownPrices } from "./own-prices.ts";

const hidden = { detail: { hide: true } };
const params = t.Object({ id: t.String({ maxLength: 100 }) });
const mostRecent = 8;
/** A calculation has several. */
const factsOfRecent = 100;

export const createDeskPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-desk" })
    .get(
      "/desk",
      async ({ request }) => {
        const deps = pagesOf(request);
        const { finance, datasets } = deps;
        return htmlReply(
          <DeskPage
            {...frameProps(deps)}
            topics={topicsOf(finance.calculators())}
            prices={await ownPrices(datasets, (deps.calendar ?? calendarOf()).zone)}
            recent={recentProps(finance, finance.recent(factsOfRecent), mostRecent)}
          />,
        );
      },
      hidden,
    )
    .get(
      "/calculators",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const text = (query.q ?? "").trim();
        const topics = topicsOf(deps.finance.calculators(), text);
        return htmlReply(<CalculatorsPage {...frameProps(deps)} topics={topics} query={text} />);
      },
      { ...hidden, query: t.Object({ q: t.Optional(t.String({ maxLength: 200 })) }) },
    )
    .get(
      "/calculators/:name",
      ({ params: { name }, request }) => {
        const deps = pagesOf(request);
        try {
          const calculator = deps.finance.calculator(name);
          const { values, hasBlanks } = inputsIn(request);
          if (hasBlanks && Object.keys(values).length > 0) return seeOther(calculatorUrl(name, values));
          const props = calculatorProps(deps.finance, calculator, values, isKept(deps, request));
          const isRefused = props.problem !== null || props.fields.some(({ problem }) => problem !== null);
          return htmlReply(
            <CalculatorPage {...frameProps(deps)} calculator={props} />,
            isRefused ? 422 : 200,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params: t.Object({ name: t.String({ maxLength: 100 }) }) },
    )
    .get(
      "/facts/:id",
      ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        try {
          return factReply(deps, request, factProps(deps, id, null));
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params },
    )
    .post(
      "/facts/:id",
      async ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        try {
          const language = languageOfReader();
          const ofRows = await deps.seriesFigures?.verify(deps.finance.fact(id), language);
          const props = factProps(deps, id, ofRows ?? deps.finance.verify(id, language));
          if (!isHtmx(request)) return factReply(deps, request, props);
          return htmlReply(
            <Partial target={`#fact-${id}`} swap="outerHTML">
              <FactCard {...props} />
            </Partial>,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, params },
    );

/** Fields that were left empty are left out of the address. */
function inputsIn(request: Request) {
  const { searchParams } = new URL(request.url);
  const all = [...new Set(searchParams.keys())].map(
    (key) => [key, searchParams.getAll(key).join(" ")] as const,
  );
  const stated = all.filter(([, value]) => value.trim() !== "");
  return {
    values: Object.fromEntries<string>(stated),
    hasBlanks: stated.length < all.length,
  };
}

/** What another site makes a browser load is computed, and stores nothing. */
function isKept({ isReadOnly = false }: PagesDeps, { headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return !isReadOnly && (site === null || site === "same-origin" || site === "none");
}

function factProps(
  { finance, seriesFigures, isReadOnly = false }: PagesDeps,
  id: string,
  verification: FactProps["verification"],
): FactProps {
  const fact = finance.inWordsOf(finance.fact(id), languageOfReader());
  const { id: name, parameters } = fact.formula;
  const calculator = finance.calculators().find((each) => each.name === name);
  return {
    fact,
    calculator:
      calculator === undefined
        ? null
        : { title: translated(calculator.title), url: `${calculatorUrl(name, parameters)}#result` },
    chart: seriesFigures === undefined ? null : factChartAddress(seriesFigures, fact),
    verification,
    isReadOnly,
  };
}

/** For htmx the card alone: it stands in a popover. */
const factReply = (deps: PagesDeps, request: Request, props: FactProps): Response =>
  htmlReply(isHtmx(request) ? <FactCard {...props} /> : <FactPage {...frameProps(deps)} {...props} />);
