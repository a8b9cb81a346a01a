/** German: what a convention of the field says of a figure. */
export const conventions: Readonly<Record<string, string>> = {
  "A basis point. Definition.": "Ein Basispunkt. Definition.",
  "A constant of the formula.": "Eine Konstante der Formel.",
  "A Fibonacci ratio. Murphy, Technical Analysis of the Financial Markets (1999), chapter 13.":
    "Ein Fibonacci-Verhältnis. Murphy, Technical Analysis of the Financial Markets (1999), Kapitel 13.",
  "A pip of most pairs. Convention of spot foreign exchange.":
    "Ein Pip der meisten Paare. Konvention des Devisen-Kassahandels.",
  "A pip of pairs with the yen. Convention of spot foreign exchange.":
    "Ein Pip der Paare mit dem Yen. Konvention des Devisen-Kassahandels.",
  "All of it. Definition of per cent.": "Alles davon. Definition von Prozent.",
  "Basis points in a percentage point. Definition.": "Basispunkte in einem Prozentpunkt. Definition.",
  "Days in a week. ISO 8601.": "Tage in der Woche. ISO 8601.",
  "Days in a year. ISO 8601; day count conventions: ISDA 2006 Definitions, section 4.16.":
    "Tage im Jahr. ISO 8601; Zinstagemethoden: ISDA 2006 Definitions, Abschnitt 4.16.",
  "Hours in a day. ISO 8601.": "Stunden am Tag. ISO 8601.",
  "Minutes in an hour. ISO 8601.": "Minuten in der Stunde. ISO 8601.",
  "Months in a year. ISO 8601.": "Monate im Jahr. ISO 8601.",
  "One basis point. Definition.": "Ein Basispunkt. Definition.",
  "One lot, as the unit of which a size is given. Definition.":
    "Ein Lot, als Einheit einer Größe. Definition.",
  "One percentage point. Definition.": "Ein Prozentpunkt. Definition.",
  "One pip, as the unit of which a size is given. Definition.":
    "Ein Pip, als Einheit einer Größe. Definition.",
  "One year. Definition.": "Ein Jahr. Definition.",
  "Shares of an option contract. The Options Clearing Corporation, Characteristics and Risks of Standardized Options.":
    "Aktien eines Optionskontrakts. The Options Clearing Corporation, Characteristics and Risks of Standardized Options.",
  "The 4 % rule of withdrawals. Bengen, Determining Withdrawal Rates Using Historical Data (1994).":
    "Die 4-%-Regel der Entnahmen. Bengen, Determining Withdrawal Rates Using Historical Data (1994).",
  "The 50/30/20 rule of a budget. Warren and Tyagi, All Your Worth (2005).":
    "Die 50/30/20-Regel für das Budget. Warren und Tyagi, All Your Worth (2005).",
  "The 60/40 portfolio. Name of a portfolio of shares and bonds.":
    "Das 60/40-Portfolio. Name eines Portfolios aus Aktien und Anleihen.",
  "The initial risk of a trade. Tharp, Trade Your Way to Financial Freedom (1998).":
    "Das anfängliche Risiko eines Trades. Tharp, Trade Your Way to Financial Freedom (1998).",
  "The rule of 72. Pacioli, Summa de arithmetica (1494).":
    "Die 72er-Regel. Pacioli, Summa de arithmetica (1494).",
  "The rule to risk 1 or 2 % of the account on a trade. Elder, Trading for a Living (1993): the 2 % rule.":
    "Die Regel, 1 oder 2 % des Kontos pro Trade zu riskieren. Elder, Trading for a Living (1993): die 2-%-Regel.",
  "The usual parameters of Bollinger Bands. John Bollinger, Bollinger on Bollinger Bands (2001).":
    "Die üblichen Parameter der Bollinger-Bänder. John Bollinger, Bollinger on Bollinger Bands (2001).",
  "The usual period. J. Welles Wilder, New Concepts in Technical Trading Systems (1978).":
    "Die übliche Periode. J. Welles Wilder, New Concepts in Technical Trading Systems (1978).",
  "The usual periods of the MACD. Gerald Appel, Technical Analysis: Power Tools for Active Investors (2005).":
    "Die üblichen Perioden des MACD. Gerald Appel, Technical Analysis: Power Tools for Active Investors (2005).",
  "The usual step of central banks. Federal Reserve, open market operations archive.":
    "Der übliche Schritt der Notenbanken. Federal Reserve, open market operations archive.",
  "The usual thresholds of the RSI. J. Welles Wilder, New Concepts in Technical Trading Systems (1978): 30 and 70.":
    "Die üblichen Schwellen des RSI. J. Welles Wilder, New Concepts in Technical Trading Systems (1978): 30 und 70.",
  "Trading days in a week. Trading calendars of the exchanges.":
    "Handelstage in der Woche. Handelskalender der Börsen.",
  "Trading days in a year. Hull, Options, Futures, and Other Derivatives: about 252 trading days a year.":
    "Handelstage im Jahr. Hull, Options, Futures, and Other Derivatives: etwa 252 Handelstage im Jahr.",
  "Troy ounces of gold in a lot. CME Group, contract specification of COMEX gold (GC).":
    "Feinunzen Gold in einem Lot. CME Group, Kontraktspezifikation von COMEX-Gold (GC).",
  "Troy ounces of silver in a contract. CME Group, contract specification of COMEX silver (SI).":
    "Feinunzen Silber in einem Kontrakt. CME Group, Kontraktspezifikation von COMEX-Silber (SI).",
  "Units in a micro lot. Convention of spot foreign exchange.":
    "Einheiten in einem Mikro-Lot. Konvention des Devisen-Kassahandels.",
  "Units in a mini lot. Convention of spot foreign exchange.":
    "Einheiten in einem Mini-Lot. Konvention des Devisen-Kassahandels.",
  "Units of the base currency in a standard lot. Convention of spot foreign exchange; MetaTrader 5 help, contract specification.":
    "Einheiten der Basiswährung in einem Standard-Lot. Konvention des Devisen-Kassahandels; Hilfe von MetaTrader 5, Kontraktspezifikation.",
  "Weeks in a year. ISO 8601.": "Wochen im Jahr. ISO 8601.",
};
