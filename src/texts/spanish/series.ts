/** Spanish: price series and what is computed over them. */
export const series: Readonly<Record<string, string>> = {
  "There is no such dataset.": "No existen esos datos.",
  "There is no such import.": "No existe esa importación.",
  "There is no time zone of this name. Write one such as Europe/Berlin, EET or UTC.":
    "No hay ninguna zona horaria con ese nombre. Escribe una como Europe/Madrid, EET o UTC.",
  "There is no such timeframe. There are: {0}.": "No existe ese marco temporal. Hay: {0}.",
  "The symbol must not be empty.": "El símbolo no puede estar vacío.",
  "The rows behind it have changed since.": "Las filas en que se basa han cambiado desde entonces.",
  "There is no data yet. Import a file of prices first.":
    "Todavía no hay datos. Importa primero un archivo de precios.",
  "Several datasets fit. Name one: {0}.": "Encajan varias series. Nombra una: {0}.",
  "{0} must be a time, such as 2024-03-01T12:00:00Z.": "{0} debe ser una hora, como 2024-03-01T12:00:00Z.",
  "In 95 of 100 samples it lies between {0} and {1}.": "En 95 de cada 100 muestras está entre {0} y {1}.",
  "From {0} observations of {1}, {2} to {3}.": "A partir de {0} observaciones de {1}, del {2} al {3}.",
  "{0}: {1} is not allowed to be {2}.": "{0}: {1} no puede ser {2}.",
  "There are no bars.": "No hay velas.",
  Bar: "Vela",
  "{0} over {1} bars of {2}, up to {3}": "{0} sobre {1} velas de {2}, hasta {3}",
  "{0} is still settling: it needs about {1} bars, and there are {2}.":
    "{0} aún se está estabilizando: necesita unas {1} velas y hay {2}.",
  "{0} is undefined at this bar.": "{0} no está definido en esta vela.",
  "The bars change from {0} to {1} at {2}: nothing is computed across that. Use a span on one side of it.":
    "Las velas pasan de {0} a {1} el {2}: no se calcula nada a través de ese cambio. Usa un tramo a un lado de él.",
  "This needs a volume, and the data has none: none is made up.":
    "Esto necesita un volumen y los datos no lo tienen: no se inventa ninguno.",
  "Sessions need a declared time zone, and the data has none. Import it again with its zone.":
    "Las sesiones necesitan una zona horaria declarada y los datos no la tienen. Impórtalos de nuevo con su zona.",
  "The last bar is not over yet: its value will change.":
    "La última vela aún no ha terminado: su valor cambiará.",
  "About {0} % of the bars are missing.": "Faltan alrededor del {0} % de las velas.",
  "As of:": "A fecha de:",
  "Open the data": "Abrir los datos",
  "There is no data of {0} here": "Aquí no hay datos de {0}",
  "No figure is made up. [Import its prices](/data): bars of MetaTrader, TradingView, Yahoo or any CSV with a time and a price.":
    "No se inventa ninguna cifra. [Importa sus precios](/data): velas de MetaTrader, TradingView, Yahoo o cualquier CSV con hora y precio.",
  "The last price of the bar.": "El último precio de la vela.",
  "the close of the bar, as the data has it": "el cierre de la vela, tal como está en los datos",
  "{0} and {1} are of two timeframes: their bars do not end together. Compare two of one timeframe.":
    "{0} y {1} son de dos marcos temporales: sus velas no terminan a la vez. Compara dos del mismo marco temporal.",
  "No time zone is declared for {0}: nobody knows which of its bars belong to those of the other. Import it again with its zone.":
    "No se ha declarado la zona horaria de {0}: nadie sabe cuáles de sus velas corresponden a las de la otra. Impórtala de nuevo con su zona.",
  "The last bar begins in the future: it is not over, or its time is of another time zone.":
    "La última vela empieza en el futuro: no ha terminado, o su hora es de otra zona horaria.",
  "1 bar has the time of another one: that time counts twice.":
    "1 vela tiene la misma hora que otra: esa hora cuenta dos veces.",
  "{0} bars have the time of another one: those times count more than once.":
    "{0} velas tienen la misma hora que otra: esas horas cuentan más de una vez.",
  "The bars change their timeframe more often than is written down: nothing is computed after {0}. Import a file of one timeframe.":
    "Las velas cambian de marco temporal más veces de las que se anotan: no se calcula nada después del {0}. Importa un archivo de un solo marco temporal.",
  "This needs the range of each bar, and some bars have no open, high and low: none is made up.":
    "Esto necesita el rango de cada vela, y algunas velas no tienen apertura, máximo ni mínimo: no se inventa nada.",
  "There is no bar at that time or before: the data begins at {0}.":
    "No hay ninguna vela en ese momento ni antes: los datos empiezan el {0}.",
};
