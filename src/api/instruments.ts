/** The specifications of instruments, for programs: read them, change them, take the changes back. */
import { Elysia, t } from "elysia";
import { jsonReply, nullable, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { OwnedInstrument } from "../workspace/finance.ts";

const decimal = (description: string) => t.String({ description });
const example = {
  symbol: "EURUSD",
  name: "Euro / US dollar",
  kind: "forex",
  base: "EUR",
  quote: "USD",
  pip: "0.0001",
  point: null,
  contract_size: "100000",
  lot_step: "0.01",
  min_lot: "0.01",
  synonyms: ["fiber"],
  source: "yours",
  is_own: true,
};
const InstrumentReply = t.Object(
  {
    symbol: t.String(),
    name: t.String(),
    kind: t.String({ description: "forex, metal, energy, index, crypto, share or future." }),
    base: nullable(t.String({ description: "What is bought; null: the index or share itself." })),
    quote: t.String({ description: "The currency of its price." }),
    pip: decimal("The price step that people call a pip."),
    point: nullable(decimal("The price step that people call a point; null: it is asked.")),
    contract_size: decimal("Units in one lot or contract."),
    lot_step: decimal("The step of lots that can be traded."),
    min_lot: decimal("The smallest number of lots."),
    synonyms: t.Array(t.String()),
    source: t.String({ description: "Where the specification comes from; yours: you changed it." }),
    is_own: t.Boolean({ description: "You changed or added it." }),
  },
  { title: "Instrument", examples: [example] },
);
const InstrumentList = t.Object(
  { instruments: t.Array(InstrumentReply) },
  { title: "InstrumentList", examples: [{ instruments: [example] }] },
);
const figure = (description: string) =>
  t.Optional(t.Union([t.Number(), t.String({ maxLength: 40 })], { description }));
const InstrumentChange = t.Object(
  {
    name: t.Optional(t.String({ maxLength: 100 })),
    kind: t.Optional(t.String({ maxLength: 20 })),
    base: t.Optional(nullable(t.String({ maxLength: 20 }))),
    quote: t.Optional(t.String({ maxLength: 20 })),
    pip: figure("The price step that people call a pip."),
    point: t.Optional(
      t.Union([t.Number(), t.String({ maxLength: 40 }), t.Null()], {
        description: "The price step that people call a point; null: it is asked.",
      }),
    ),
    contract_size: figure("Units in one lot or contract."),
    lot_step: figure("The step of lots."),
    min_lot: figure("The smallest number of lots."),
    synonyms: t.Optional(t.Array(t.String({ maxLength: 100 }), { maxItems: 50 })),
  },
  { title: "InstrumentChange", examples: [{ contract_size: "100000", min_lot: "0.1" }] },
);
const Reset = t.Object(
  { symbol: t.String(), instrument: nullable(InstrumentReply) },
  { title: "InstrumentReset", examples: [{ symbol: "EURUSD", instrument: { ...example, is_own: false } }] },
);
const params = t.Object({ symbol: t.String({ minLength: 1, maxLength: 40, examples: ["EURUSD"] }) });

const instrumentJson = (instrument: OwnedInstrument): StaticReply<typeof InstrumentReply> => ({
  symbol: instrument.symbol,
  name: instrument.name,
  kind: instrument.kind,
  base: instrument.base,
  quote: instrument.quote,
  pip: instrument.pip,
  point: instrument.point,
  contract_size: instrument.contractSize,
  lot_step: instrument.lotStep,
  min_lot: instrument.minLot,
  synonyms: instrument.synonyms,
  source: instrument.source,
  is_own: instrument.isOwn,
});

export const createInstrumentRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "instruments", tags: ["finance"] })
    .get(
      "/api/instruments",
      ({ request }): StaticReply<typeof InstrumentList> => ({
        instruments: workspaceOf(request).finance.instruments.all().map(instrumentJson),
      }),
      {
        detail: openApiDetail({
          summary: "The specifications of instruments, with your changes",
          replies: { 200: jsonReply("All of them, by symbol.", InstrumentList) },
        }),
      },
    )
    .put(
      "/api/instruments/:symbol",
      ({ params, body, request }): StaticReply<typeof InstrumentReply> =>
        instrumentJson(workspaceOf(request).finance.instruments.change(params.symbol, body)),
      {
        params,
        body: InstrumentChange,
        detail: openApiDetail({
          summary: "Change an instrument's specification, or add an instrument",
          description:
            "A field that is left out keeps its value; a new instrument needs all but name, base, point and synonyms.",
          replies: {
            200: jsonReply("The specification that calculations use from now on.", InstrumentReply),
          },
        }),
      },
    )
    .delete(
      "/api/instruments/:symbol",
      ({ params, request }): StaticReply<typeof Reset> => {
        const { instruments } = workspaceOf(request).finance;
        const { symbol } = instruments.get(params.symbol);
        const instrument = instruments.reset(symbol);
        return { symbol, instrument: instrument === null ? null : instrumentJson(instrument) };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Take your changes of an instrument back",
          replies: { 200: jsonReply("The program's own specification; null: it has none.", Reset) },
          errors: { 404: "There is no such instrument." },
        }),
      },
    );
