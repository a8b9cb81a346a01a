/** Spanish: what a convention of the field says of a figure. */
export const conventions: Readonly<Record<string, string>> = {
  "A basis point. Definition.": "Un punto básico. Definición.",
  "A constant of the formula.": "Una constante de la fórmula.",
  "A Fibonacci ratio. Murphy, Technical Analysis of the Financial Markets (1999), chapter 13.":
    "Una proporción de Fibonacci. Murphy, Technical Analysis of the Financial Markets (1999), capítulo 13.",
  "A pip of most pairs. Convention of spot foreign exchange.":
    "Un pip de la mayoría de los pares. Convención del mercado de divisas al contado.",
  "A pip of pairs with the yen. Convention of spot foreign exchange.":
    "Un pip de los pares con el yen. Convención del mercado de divisas al contado.",
  "All of it. Definition of per cent.": "Todo. Definición de por ciento.",
  "Basis points in a percentage point. Definition.": "Puntos básicos de un punto porcentual. Definición.",
  "Days in a week. ISO 8601.": "Días de una semana. ISO 8601.",
  "Days in a year. ISO 8601; day count conventions: ISDA 2006 Definitions, section 4.16.":
    "Días de un año. ISO 8601; convenciones de recuento de días: ISDA 2006 Definitions, sección 4.16.",
  "Hours in a day. ISO 8601.": "Horas de un día. ISO 8601.",
  "Minutes in an hour. ISO 8601.": "Minutos de una hora. ISO 8601.",
  "Months in a year. ISO 8601.": "Meses de un año. ISO 8601.",
  "One basis point. Definition.": "Un punto básico. Definición.",
  "One lot, as the unit of which a size is given. Definition.":
    "Un lote, como unidad de un tamaño. Definición.",
  "One percentage point. Definition.": "Un punto porcentual. Definición.",
  "One pip, as the unit of which a size is given. Definition.":
    "Un pip, como unidad de un tamaño. Definición.",
  "One year. Definition.": "Un año. Definición.",
  "Shares of an option contract. The Options Clearing Corporation, Characteristics and Risks of Standardized Options.":
    "Acciones de un contrato de opciones. The Options Clearing Corporation, Characteristics and Risks of Standardized Options.",
  "The 4 % rule of withdrawals. Bengen, Determining Withdrawal Rates Using Historical Data (1994).":
    "La regla del 4 % de las retiradas. Bengen, Determining Withdrawal Rates Using Historical Data (1994).",
  "The 50/30/20 rule of a budget. Warren and Tyagi, All Your Worth (2005).":
    "La regla 50/30/20 del presupuesto. Warren y Tyagi, All Your Worth (2005).",
  "The 60/40 portfolio. Name of a portfolio of shares and bonds.":
    "La cartera 60/40. Nombre de una cartera de acciones y bonos.",
  "The initial risk of a trade. Tharp, Trade Your Way to Financial Freedom (1998).":
    "El riesgo inicial de una operación. Tharp, Trade Your Way to Financial Freedom (1998).",
  "The rule of 72. Pacioli, Summa de arithmetica (1494).":
    "La regla del 72. Pacioli, Summa de arithmetica (1494).",
  "The rule to risk 1 or 2 % of the account on a trade. Elder, Trading for a Living (1993): the 2 % rule.":
    "La regla de arriesgar el 1 o el 2 % de la cuenta por operación. Elder, Trading for a Living (1993): la regla del 2 %.",
  "The usual parameters of Bollinger Bands. John Bollinger, Bollinger on Bollinger Bands (2001).":
    "Los parámetros habituales de las bandas de Bollinger. John Bollinger, Bollinger on Bollinger Bands (2001).",
  "The usual period. J. Welles Wilder, New Concepts in Technical Trading Systems (1978).":
    "El periodo habitual. J. Welles Wilder, New Concepts in Technical Trading Systems (1978).",
  "The usual periods of the MACD. Gerald Appel, Technical Analysis: Power Tools for Active Investors (2005).":
    "Los periodos habituales del MACD. Gerald Appel, Technical Analysis: Power Tools for Active Investors (2005).",
  "The usual step of central banks. Federal Reserve, open market operations archive.":
    "El paso habitual de los bancos centrales. Federal Reserve, open market operations archive.",
  "The usual thresholds of the RSI. J. Welles Wilder, New Concepts in Technical Trading Systems (1978): 30 and 70.":
    "Los umbrales habituales del RSI. J. Welles Wilder, New Concepts in Technical Trading Systems (1978): 30 y 70.",
  "Trading days in a week. Trading calendars of the exchanges.":
    "Días de negociación de una semana. Calendarios de las bolsas.",
  "Trading days in a year. Hull, Options, Futures, and Other Derivatives: about 252 trading days a year.":
    "Días de negociación de un año. Hull, Options, Futures, and Other Derivatives: unos 252 días de negociación al año.",
  "Troy ounces of gold in a lot. CME Group, contract specification of COMEX gold (GC).":
    "Onzas troy de oro de un lote. CME Group, especificación del contrato de oro COMEX (GC).",
  "Troy ounces of silver in a contract. CME Group, contract specification of COMEX silver (SI).":
    "Onzas troy de plata de un contrato. CME Group, especificación del contrato de plata COMEX (SI).",
  "Units in a micro lot. Convention of spot foreign exchange.":
    "Unidades de un micro lote. Convención del mercado de divisas al contado.",
  "Units in a mini lot. Convention of spot foreign exchange.":
    "Unidades de un mini lote. Convención del mercado de divisas al contado.",
  "Units of the base currency in a standard lot. Convention of spot foreign exchange; MetaTrader 5 help, contract specification.":
    "Unidades de la divisa base de un lote estándar. Convención del mercado de divisas al contado; ayuda de MetaTrader 5, especificación del contrato.",
  "Weeks in a year. ISO 8601.": "Semanas de un año. ISO 8601.",
};
