/** Spanish: what the program refuses, and why. */
export const errors: Readonly<Record<string, string>> = {
  // Pages that cannot be shown.
  "Something went wrong": "Algo ha fallado",
  "Something went wrong. Try again, or see the log.":
    "Algo ha fallado. Inténtalo de nuevo, o mira el registro.",
  "That is not for you": "Esto no es para ti",
  "This page does not exist": "Esta página no existe",
  "That could not be understood": "Eso no se ha podido entender",
  "Not just now": "Ahora mismo no",
  "The storage does not work at present": "El almacenamiento no funciona por ahora",
  // Inputs, facts and instruments.
  "There is no calculator of this name. There are: {0}.":
    "No hay ninguna calculadora con este nombre. Hay: {0}.",
  "There is no such fact.": "Ese dato calculado no existe.",
  "There is no such instrument.": "Ese instrumento no existe.",
  "There is {0} ({1}) by this name. Change that one, or choose another symbol.":
    "Con este nombre ya existe {0} ({1}). Cambia ese, o elige otro símbolo.",
  "The symbol must be 1 to 20 letters and digits, such as EURUSD.":
    "El símbolo debe tener de 1 a 20 letras y cifras, como EURUSD.",
  "The kind must be one of: {0}.": "El tipo debe ser uno de: {0}.",
  "Quoted in is missing: state the currency of the price, such as USD.":
    "Falta «Cotiza en»: indica la divisa del precio, como USD.",
  "{0} must be a currency's code, such as USD.": "{0}: se admite el código de una divisa, como USD.",
  "{0} is missing: state a number above 0.": "Falta {0}: indica un número mayor que 0.",
  "{0} must be a number above 0 and of at most {1}.":
    "{0}: se admite un número mayor que 0 y de {1} como máximo.",
  "{0} is too large: state a number below 10^15.":
    "{0} es demasiado grande: indica un número menor que 10^15.",
  "{0} can be read in two ways: write it without a separator of thousands, with a point for decimals, such as 1500 or 1.5.":
    "{0} se puede leer de dos maneras: escríbelo sin separador de miles y con punto para los decimales, como 1500 o 1.5.",
  "{0} must be a plain number, such as 10000 or 0.25.":
    "{0}: se admite un número sencillo, como 10000 o 0.25.",
  "{0} has more than {1} digits: round it.": "{0} tiene más de {1} cifras: redondéalo.",
  "{0} Write each input as NAME=VALUE. {1} has: {2}.":
    "{0} Escribe cada dato como NOMBRE=VALOR. {1} tiene: {2}.",
  "“{0}” is no input.": "«{0}» no es un dato.",
  "There is no input “{0}”.": "No hay ningún dato «{0}».",
  "“{0}” is stated twice.": "«{0}» se indica dos veces.",
};
