/** What the columns of price series are called, in the programs that write them and in the languages that they speak. */

export type Role =
  | "date"
  | "time"
  | "open"
  | "high"
  | "low"
  | "close"
  | "adjusted"
  | "volume"
  | "tick-volume"
  | "bid"
  | "ask"
  | "symbol"
  | "timeframe";

const names: Readonly<Record<Role, readonly string[]>> = {
  date: [
    "date",
    "datetime",
    "date time",
    "date_time",
    "timestamp",
    "gmt time",
    "local time",
    "day",
    "datum",
    "fecha",
  ],
  time: ["time", "open time", "opentime", "time (utc)", "date(utc)", "utc", "zeit", "uhrzeit", "hora"],
  open: ["open", "o", "eröffnung", "eröffn.", "eröffnungskurs", "erster", "apertura"],
  high: ["high", "h", "hoch", "tageshoch", "máximo", "maximo", "máx."],
  low: ["low", "l", "tief", "tagestief", "mínimo", "minimo", "mín."],
  close: [
    "close",
    "c",
    "price",
    "last",
    "close/last",
    "settle",
    "schluss",
    "schlusskurs",
    "zuletzt",
    "kurs",
    "cierre",
    "último",
    "ultimo",
  ],
  adjusted: ["adj close", "adj. close", "adj_close", "adjclose", "adjusted close", "adjusted_close"],
  volume: ["volume", "vol", "vol.", "real_volume", "real volume", "volumen", "volume usd", "stückzahl"],
  "tick-volume": ["tickvol", "tick_volume", "tick volume", "ticks", "tickvolume"],
  bid: ["bid", "bid price", "geld"],
  ask: ["ask", "ask price", "brief"],
  symbol: ["symbol", "ticker", "instrument"],
  timeframe: ["timeframe", "per", "period", "interval"],
};

const roles = new Map(
  Object.entries(names).flatMap(([role, known]) => known.map((name) => [name, role as Role] as const)),
);

/** "<TICKVOL>" as "tickvol". */
export const plainHeader = (header: string): string =>
  header.replaceAll(/[<>"]/g, "").replaceAll(/\s+/g, " ").trim().toLowerCase();

/** @returns null: it is called like nothing that is known */
export const roleOf = (header: string): Role | null => roles.get(plainHeader(header)) ?? null;
