/** What the palette finds: pages, calculators and conversations by their names, and what was said in conversations. */

import { Elysia, t } from "elysia";
import { type PaletteGroup, type PaletteItem, PaletteResults } from "../../views/fragments/palette.tsx";
import { addressOfHit } from "../../views/fragments/search-hits.tsx";
import { htmlReply } from "../http/html-reply.tsx";
import { tr, translated } from "../texts/reader-language.ts";
import { calendarOf } from "./calendar.ts";
import { namedBy, topicsOf } from "./finance/calculator-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { searchProps } from "./search-props.ts";

/** More are found with another word. */
const mostOfAGroup = 6;

interface Page extends PaletteItem {
  /** Other words by which it is looked for, in every language. */
  readonly words: string;
  /** Only those who may look after the program. */
  readonly isForAdmins?: true;
}

export const palettePages: readonly Page[] = [
  { to: "/", label: "New chat", icon: "plus", words: "ask question start frage pregunta" },
  {
    to: "/batches",
    label: "Several questions",
    icon: "list",
    words: "batch market analysis instruments many at once markt viele mercado lote",
  },
  {
    to: "/compare",
    label: "Side by side",
    icon: "columns",
    words: "compare two models settings answers vergleichen modelle comparar modelos",
  },
  {
    to: "/desk",
    label: "Desk",
    icon: "desk",
    words: "calculators facts figures rechner fakten zahlen calculadoras cifras",
  },
  {
    to: "/data",
    label: "Data",
    icon: "growth",
    words:
      "prices csv import series indicators rsi kurse daten importieren indikatoren precios datos indicadores",
  },
  {
    to: "/calculators",
    label: "All calculators",
    icon: "scale",
    words: "compute berechnen rechnen calcular",
  },
  {
    to: "/instruments",
    label: "Instruments",
    icon: "list",
    words: "pip contract lot symbol specification kontrakt contrato lote",
  },
  {
    to: "/documents",
    label: "Documents",
    icon: "file",
    words: "pdf report upload cite quote dokumente bericht hochladen zitieren documentos informe subir citar",
  },
  {
    to: "/projects",
    label: "Projects",
    icon: "folder",
    words: "collection instructions knowledge projekt sammlung anweisungen proyecto colección instrucciones",
  },
  {
    to: "/memory",
    label: "Memory",
    icon: "memory",
    words: "remember facts forget merken vergessen erinnerungen recordar olvidar recuerdos",
  },
  {
    to: "/presets",
    label: "Presets",
    icon: "settings",
    words: "instructions model temperature persona vorlagen anweisungen preajustes instrucciones",
  },
  {
    to: "/models",
    label: "Models",
    icon: "computer",
    words: "model download pull hub gguf herunterladen modell descargar modelo",
    isForAdmins: true,
  },
  {
    to: "/status",
    label: "Status",
    icon: "status",
    words: "engine model load restart modell laden neustart modelo cargar reiniciar",
    isForAdmins: true,
  },
  {
    to: "/conversations?archived=1",
    label: "Archived",
    icon: "folder",
    words: "archive old conversations archiv alte archivo antiguas",
  },
  {
    to: "/trash",
    label: "Deleted",
    icon: "trash",
    words: "trash restore undo papierkorb wiederherstellen papelera restaurar",
  },
  {
    to: "/settings",
    label: "Settings",
    icon: "settings",
    words: "preferences theme language sampling import sprache farben tema idioma importar",
  },
  {
    to: "/account",
    label: "Your login",
    icon: "key",
    words: "account password api keys konto passwort schlüssel cuenta contraseña claves",
  },
  {
    to: "/users",
    label: "Users",
    icon: "users",
    words: "logins people anmeldungen accesos",
    isForAdmins: true,
  },
  { to: "/audit", label: "Audit log", icon: "audit", words: "who did what wer was quién", isForAdmins: true },
  { to: "/docs", label: "API", icon: "code", words: "rest openapi programs docs programme programas" },
  {
    ...{ to: "/", label: "Tell me when an answer has ended", icon: "clock", does: "notify" },
    words: "notification notify background alert benachrichtigung notificación aviso",
  },
  {
    to: "/",
    label: "keyboard¦Keys",
    icon: "keyboard",
    words: "shortcuts help tastenkürzel hilfe atajos ayuda",
    opens: "shortcuts",
  },
];

export const createPaletteRoute = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-palette" }).get(
    "/palette",
    ({ query, request }) =>
      htmlReply(<PaletteResults groups={groupsFor(pagesOf(request), (query.q ?? "").trim())} />),
    { detail: { hide: true }, query: t.Object({ q: t.Optional(t.String({ maxLength: 200 })) }) },
  );

/** Groups without an item are left out. */
function groupsFor(deps: PagesDeps, text: string): readonly PaletteGroup[] {
  const places = {
    title: tr`Pages`,
    items: pagesNamed(text, mayAdmin(deps)).slice(0, text === "" ? palettePages.length : mostOfAGroup),
  };
  const found =
    text === ""
      ? [{ title: tr`Recent conversations`, items: recent(deps) }, places]
      : [
          places,
          { title: tr`Calculators`, items: calculatorsNamed(deps, text) },
          { title: tr`Conversations`, items: conversationsWith(deps, text) },
          { title: tr`Search`, items: [searchItem(text)] },
        ];
  return found.filter(({ items }) => items.length > 0);
}

/** Without logins everybody is. */
const mayAdmin = ({ viewer }: PagesDeps) => viewer?.isAdmin ?? true;

function pagesNamed(text: string, isAdmin: boolean): readonly PaletteItem[] {
  const isNamed = namedBy(text);
  const found = palettePages.flatMap(({ words, isForAdmins, ...item }) => {
    const label = translated(item.label);
    const isFound = isNamed(`${label} ${item.label} ${words}`);
    return (isForAdmins && !isAdmin) || !isFound ? [] : [{ ...item, label }];
  });
  // A page whose name has the words stands before those that only have to do with them: Enter takes the first.
  return found.toSorted((a, b) => Number(isNamed(b.label)) - Number(isNamed(a.label)));
}

const calculatorsNamed = ({ finance }: PagesDeps, text: string): readonly PaletteItem[] =>
  topicsOf(finance.calculators(), text)
    .flatMap(({ calculators }) => calculators)
    .slice(0, mostOfAGroup)
    .map(({ name, title }) => ({ to: `/calculators/${name}`, label: translated(title), icon: "scale" }));

function recent({ library, calendar = calendarOf() }: PagesDeps): readonly PaletteItem[] {
  return library
    .list(mostOfAGroup, { archived: false })
    .conversations.map(({ id, title, updatedAt }) =>
      conversationItem(`/c/${id}`, title, calendar.dateOf(updatedAt)),
    );
}

function conversationsWith(
  { library, calendar = calendarOf() }: PagesDeps,
  text: string,
): readonly PaletteItem[] {
  return searchProps(library, text)
    .slice(0, mostOfAGroup)
    .map((hit) => conversationItem(addressOfHit(hit), hit.title, calendar.dateOf(hit.updatedAt)));
}

const conversationItem = (to: string, title: string, note: string): PaletteItem => ({
  ...{ to, label: title, icon: "chat", note },
});

const searchItem = (text: string): PaletteItem => ({
  ...{ to: `/search?${new URLSearchParams({ q: text })}`, icon: "search" },
  label: tr`Search all conversations for “${text}”`,
});
