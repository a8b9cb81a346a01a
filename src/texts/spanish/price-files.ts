/** Spanish: why a file of prices, or a row of it, cannot be read. What begins with a verb goes on after the file's name. */
export const priceFiles: Readonly<Record<string, string>> = {
  "Row {0}: {1}": "Fila {0}: {1}",
  "Column {0}": "Columna {0}",
  "is empty: a time is needed": "está vacía: aquí debe haber una hora",
  "{0} is no time": "{0} no es una hora",
  "{0} is no date of the calendar": "{0} no es un día del calendario",
  "{0} lies outside of {1} to {2}": "{0} no está entre {1} y {2}",
  "1970-01-01 00:00 stands for a time that nobody knew": "1970-01-01 00:00 indica una hora que nadie conocía",
  "{0} is no time of the day": "{0} no es una hora del día",
  "The row has {0} cells; {1} is missing.": "La fila tiene {0} celdas; falta {1}.",
  "is empty: a price is needed": "está vacía: aquí debe haber un precio",
  "{0} has more digits than a price": "{0} tiene más cifras que un precio",
  "{0} is no number": "{0} no es un número",
  "{0} has a point before its decimals, and the column a comma":
    "{0} tiene un punto ante los decimales, y la columna una coma",
  "{0} has a comma before its decimals, and the column a point":
    "{0} tiene una coma ante los decimales, y la columna un punto",
  "{0} is no volume": "{0} no es un volumen",
  "cannot be read: it is damaged": "no se puede leer: está dañado",
  "takes too long to read. Split it, and import its parts one after the other":
    "tarda demasiado en leerse. Divídelo e importa sus partes una tras otra",
  "takes too much memory to read. Split it, and import its parts one after the other":
    "necesita demasiada memoria para leerse. Divídelo e importa sus partes una tras otra",
  "is no table: no row has two cells. Rows need a time and a price, parted by a comma, a semicolon or a tab":
    "no es una tabla: ninguna fila tiene dos celdas. Cada fila necesita una hora y un precio, separados por coma, punto y coma o tabulador",
  "has {0} columns. At most {1} are read: leave out those that hold no prices":
    "tiene {0} columnas. Se leen como máximo {1}: quita las que no tengan precios",
  "has no row that begins with a time and goes on with numbers, and no names of columns that are known ({0}). Name the columns Date, Open, High, Low, Close, Volume in its first line":
    "no tiene ninguna fila que empiece con una hora y siga con números, ni nombres de columnas conocidos ({0}). Llama a las columnas Date, Open, High, Low, Close, Volume en la primera línea",
  "has two columns called {0} (columns {1}). Rename or remove one":
    "tiene dos columnas llamadas {0} (columnas {1}). Cambia el nombre de una o quítala",
  "has no column for the time. Its columns are {0}":
    "no tiene ninguna columna para la hora. Sus columnas son {0}",
  "has no column for the price. Its columns are {0}":
    "no tiene ninguna columna para el precio. Sus columnas son {0}",
  "has no names of columns, and {0} numbers a row: which of them is the price cannot be known. Name the columns Date, Open, High, Low, Close, Volume in its first line":
    "no tiene nombres de columnas y hay {0} números por fila: no se puede saber cuál es el precio. Llama a las columnas Date, Open, High, Low, Close, Volume en la primera línea",
  "has times such as {0}, which may be a date with its time or a Unix time, and others such as {1}, which are no dates. Write all of them in one form, such as 2024-01-31 10:15":
    "tiene horas como {0}, que pueden ser una fecha con su hora o una hora Unix, y otras como {1}, que no son fechas. Escríbelas todas de una forma, por ejemplo 2024-01-31 10:15",
  "has dates that cannot be of one order of day, month and year. Write them all in one form, such as 2024-01-31":
    "tiene fechas que no pueden seguir todas el mismo orden de día, mes y año. Escríbelas todas de una forma, por ejemplo 2024-01-31",
  "has numbers of two notations in column {0}, such as {1} and {2}. Write all of them with the same decimal mark":
    "tiene en la columna {0} números con dos notaciones, como {1} y {2}. Escríbelos todos con el mismo signo decimal",
  "has prices of several symbols ({0}). Split it into one file for each symbol":
    "tiene precios de varios símbolos ({0}). Divídelo en un archivo por símbolo",
  "has prices of several timeframes ({0}). Split it into one file for each timeframe":
    "tiene precios de varios marcos temporales ({0}). Divídelo en un archivo por marco temporal",
  "is no text. Save it as CSV, and import that": "no es un texto. Guárdalo como CSV e importa ese archivo",
};
