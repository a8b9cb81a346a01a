/** Spanish: the pages of price series. */
export const pricePages: Readonly<Record<string, string>> = {
  "Sending the file…": "Enviando el archivo…",
  "Reading the file: {0} %": "Leyendo el archivo: {0} %",
  "There is no such indicator.": "No existe ese indicador.",
  "No zone is declared: the times are taken as UTC.":
    "No se ha declarado ninguna zona horaria: las horas se toman como UTC.",
  "The bars change from {0} to {1} at {2}.": "Las velas pasan de {0} a {1} el {2}.",
  "About {0} % of the bars are missing, in {1} gaps.":
    "Faltan alrededor del {0} % de las velas, en {1} huecos.",
  "{0} bars lie on a weekend.": "{0} velas caen en fin de semana.",
  "{0} bars have the time of another one.": "{0} velas tienen la misma hora que otra.",
  "In {0} bars the high or the low is not the highest or lowest price.":
    "En {0} velas el máximo o el mínimo no es el precio más alto o más bajo.",
  "{0} bars have a price of zero or below.": "{0} velas tienen un precio de cero o menor.",
  "{0} returns are far outside of the others.": "{0} rendimientos quedan muy lejos de los demás.",
  "About {0} % of the bars are missing, in 1 gap.": "Faltan alrededor del {0} % de las velas, en 1 hueco.",
  "1 bar lies on a weekend.": "1 vela cae en fin de semana.",
  "1 bar has the time of another one.": "1 vela tiene la misma hora que otra.",
  "In 1 bar the high or the low is not the highest or lowest price.":
    "En 1 vela el máximo o el mínimo no es el precio más alto o más bajo.",
  "1 bar has a price of zero or below.": "1 vela tiene un precio de cero o menor.",
  "1 return is far outside of the others.": "1 rendimiento queda muy lejos de los demás.",
  "All prices change by a factor of {0} at {1}, as after a split.":
    "Todos los precios cambian por un factor de {0} el {1}, como tras un split.",
  "There is no volume.": "No hay volumen.",
  "There is a close alone: no open, high and low.": "Solo hay cierre: ni apertura, ni máximo, ni mínimo.",
  "Your own prices: bars of MetaTrader, TradingView, Yahoo, Stooq, Investing.com, HistData, Dukascopy, or any CSV with a time and a price.":
    "Tus propios precios: velas de MetaTrader, TradingView, Yahoo, Stooq, Investing.com, HistData, Dukascopy o cualquier CSV con hora y precio.",
  "your data": "tus datos",
  "No prices yet.": "Aún no hay precios.",
  "Import a file above. What its values do not prove is asked, never guessed.":
    "Importa un archivo arriba. Lo que sus valores no demuestran se pregunta, nunca se adivina.",
  Series: "Series",
  "Import prices": "Importar precios",
  "Time zone of the file": "Zona horaria del archivo",
  "Such as Europe/Berlin, UTC, or EET as most brokers have; empty when you do not know it.":
    "Como Europe/Madrid, UTC o EET, la de la mayoría de los brókeres; vacía si no la conoces.",
  "{0} to {1}": "{0} a {1}",
  "1 bar": "1 vela",
  "{0} bars": "{0} velas",
  Clean: "Limpia",
  "1 remark": "1 observación",
  "{0} remarks": "{0} observaciones",
  "Imported files": "Archivos importados",
  "a question is open": "hay una pregunta pendiente",
  "not committed yet": "aún sin confirmar",
  "1 bar added": "1 vela añadida",
  "{0} bars added": "{0} velas añadidas",
  "{0} were there already": "{0} ya estaban",
  "{0} put aside": "{0} apartadas",
  "the import": "la importación",
  "Rows that could not be read": "Filas que no se pudieron leer",
  Reason: "Motivo",
  "Open the series": "Abrir la serie",
  "All data": "Todos los datos",
  "Take the import back": "Deshacer la importación",
  "Discard the file": "Descartar el archivo",
  Remarks: "Observaciones",
  "the series": "la serie",
  "Chart of {0}, from {1} to {2}. The table below has the last figures.":
    "Gráfico de {0}, de {1} a {2}. La tabla de abajo tiene los últimos valores.",
  Compute: "Calcular",
  Indicator: "Indicador",
  "In bars; empty: the usual one.": "En velas; vacío: el habitual.",
  Passport: "Ficha",
  "The last bars": "Las últimas velas",
  Time: "Hora",
  Volume: "Volumen",
  "Delete this series": "Eliminar esta serie",
  "The series and the files that it comes from are erased.":
    "Se borran la serie y los archivos de los que procede.",
  "It is erased.": "Se ha borrado.",
  "Choose a file first.": "Elige primero un archivo.",
  "Time zone of the files": "Zona horaria de los archivos",
  "not declared": "no declarada",
  Gaps: "Huecos",
  "{0}, {1} % of the bars": "{0}, {1} % de las velas",
  "Bars on a weekend": "Velas en fin de semana",
  "Bars with the same time": "Velas con la misma hora",
  "High below low, or open or close outside": "Máximo por debajo del mínimo, o apertura o cierre fuera",
  "Prices of zero or below": "Precios de cero o menores",
  "Returns far outside of the others": "Rendimientos muy lejos de los demás",
  "Changes of level": "Cambios de nivel",
  "of ticks": "de ticks",
  real: "real",
  "of unknown kind": "de tipo desconocido",
  "Which number is the day?": "¿Qué número es el día?",
  "No date has a number above 12 where it would say which one is the day.":
    "Ninguna fecha tiene un número mayor que 12 que diga cuál es el día.",
  "Which mark parts the decimals?": "¿Qué signo separa los decimales?",
  "Each number has three digits after its mark: it may part thousands, or decimals.":
    "Cada número tiene tres cifras tras su signo: puede separar millares o decimales.",
  "How long is a bar?": "¿Cuánto dura una vela?",
  "The times of the rows do not say how long a bar is.":
    "Las horas de las filas no dicen cuánto dura una vela.",
  "The first: day, month, year": "El primero: día, mes, año",
  "The second: month, day, year": "El segundo: mes, día, año",
  "The last: year, month, day": "El último: año, mes, día",
  "Each year has two digits, and no date says which of its numbers is the year.":
    "Cada año tiene dos cifras, y ninguna fecha dice cuál de sus números es el año.",
  "The point: 1,234.56": "El punto: 1,234.56",
  "The comma: 1.234,56": "La coma: 1.234,56",
  "1 series of prices": "1 serie de precios",
  "{0} series of prices": "{0} series de precios",
  "With {0}, {1} would have more than {2} million bars, which is all that a series may. Import a longer timeframe of it, or take another file back.":
    "Con {0}, {1} tendría más de {2} millones de velas, el máximo de una serie. Importa un marco temporal mayor, o retira otro archivo.",
  "{0} has no row that can be read. {1}": "{0} no tiene ninguna fila que se pueda leer. {1}",
  "{0} is larger than {1} MB. Split it, and import its parts one after the other: they become one series.":
    "{0} ocupa más de {1} MB. Divídelo e importa las partes una tras otra: formarán una sola serie.",
  "Bars of {0} are lost: the database is damaged. Restore a backup, or delete the series and import its files again.":
    "Se han perdido velas de {0}: la base de datos está dañada. Restaura una copia de seguridad, o borra la serie e importa otra vez sus archivos.",
  "Your files of prices take {0} MB, which is all that they may. Take some of them back, and try again.":
    "Tus archivos de precios ocupan {0} MB, el máximo permitido. Retira algunos e inténtalo de nuevo.",
  "Nothing was taken back: {0} has rows of it, and cannot be read again. Take that file back first.":
    "No se retiró nada: {0} tiene filas suyas y no se puede volver a leer. Retira antes ese archivo.",
  "Files of prices that appear or grow there are imported by themselves.":
    "Los archivos de precios que aparecen o crecen ahí se importan solos.",
  "It cannot be read ({0}).": "No se puede leer ({0}).",
  "It is no plain file, or larger than {0} MB.": "No es un archivo normal, o tiene más de {0} MB.",
  "The folder cannot be read ({0}).": "La carpeta no se puede leer ({0}).",
  "The last line has no end yet: it is read once it has one.":
    "La última línea aún no tiene final: se lee en cuanto lo tenga.",
  "There is no user of the name in WATCH_USER: nothing is imported.":
    "No hay ningún usuario con el nombre de WATCH_USER: no se importa nada.",
  "Watched folder": "Carpeta vigilada",
  "Your prices": "Tus precios",
};
