/** By which words a Spanish question asks for a figure, for something else, or for nothing. It knows no calculator. */

/** Words of questions about something else. */
export const spanishOtherwise = `
  explica explique explicar explícame explicame define definición definicion significa significado poema historia ensayo canción
  chiste carta correo escribe escribir escríbeme escribeme redacta redactar traduce traducir traduzca resumir resumen parafrasea
  reescribe corrige código función fórmula formula quién quien quiénes dónde donde noticias opinión opinion opinas opina crees piensas
  recomienda recomiendas recomiendan recomendar recomendación consejo consejos aconsejas sugieres sugerencia mejor mejores peor peores
  compara comparar comparación compare comparado legal ilegal estafa fraude error errores equivocado equivoqué mal no nunca jamás
  ningún ninguno ninguna nada sin excepto salvo ni ignora olvida finge imagina repite dice dijo dicen afirma oí leí leído
  artículo titular ejemplo película libro ventajas ventaja desventajas inconvenientes riesgos peligros diferencia diferencias
  porqué razonable sensato conviene
`;

/** "¿Qué es un pip?", "por qué", "qué banco". */
export const spanishIdle =
  /(?:^| )(?:por qu[eé]|para qu[eé]|qu[eé] (?:es|son) (?:una?|la diferencia)(?= [a-zñáéíóú]+(?: |$))|qu[eé] (?:pasa|pasará|ocurre|sucede|debo hacer|puedo hacer|hago|quiere decir|hay|me dices|te parece)|(?:qu[eé]|cu[aá]l es el) tipo de (?:préstamo|hipoteca|cuenta|orden|bono|cambio)|h[aá]blame|cu[eé]ntame|c[oó]mo (?:funciona|se calcula|calcular|calculo))(?= |$)/;

/** A sentence that begins with its verb asks for yes or no: "¿Es razonable …?", "¿Puedo …?" */
export const spanishYesOrNo =
  /^(?:(?:y|pero|entonces|hola|vale|bien|por favor) )*(?:es|son|está|están|estoy|fue|sería|serían|debo|debería|deberíamos|puedo|puede|pueden|podemos|podría|podrían|vale|merece|alcanza|alcanzan|basta|bastan|llega|llegan|llegaré|conviene|existe|existen|sirve|tiene sentido|tienen)(?= |$)/;
export const spanishPolite =
  /^(?:(?:hola|por favor|y|entonces) )*(?:me )?(?:puedes|podrías|puede|podría)(?: usted)? (?:calcular|calcularme|decir|decirme|indicar|indicarme|ayudar|ayudarme)(?= |$)/;

/** By these a figure is asked for. */
export const spanishWanted =
  /(?:^| )(?:cu[aá]nt[oa]s?|cu[aá]l(?:es)? (?:es|son|será|serán|sería|serían|seria|sera|tendría)|qu[eé] (?:es|son|será|serán|sería|da|vale|valor|obtengo|queda|resulta)|cu[aá]ndo (?:tendré|se|llego|llegaré|alcanzo|alcanzaré|habré)|calcula|calcule|calcular|calcúlame|calculame|calculo|dime|dame|muestra|muéstrame|determina|halla|convierte|convierta|convertir|cambia|necesito saber|quiero saber|quisiera saber|me gustaría saber|en (?:qu[eé]|cu[aá]nto) se (?:convierten?|convertirán?)|c[oó]mo de grandes?)(?= |$)/;
/** "Qué cuota" is asked for where the calculator knows the word; "qué banco" is not. */
export const spanishWhich = /(?:^| )(?:a |en |con )?(?:qué|que|cuál) (\S+)/g;

const finite = new Set(
  `tengo tenemos tiene tienen tenía tenías hay había he ha han hemos pido pedimos pide pago pagamos paga pagan ahorro ahorramos ahorra
  invierto invertimos invierte arriesgo arriesga aporto aporta retiro retira opero opera compro compra vendo vende debo debe gano gana
  pierdo pierde presto presta doy da dan voy va van soy es son era eran fue fueron estoy está están sería quiero quiere quieren puedo
  puede pueden podría ofrece ofrecen cuesta cuestan vale valen sube suben baja bajan cobra cobran recibo recibe sale salen queda quedan
  mi mis nuestro nuestra yo me nos se le les su sus que qué cuál cuáles cual quién cuándo cuando cómo como dónde cuánto cuánta cuántos
  cuántas cuanto cuanta cuantos cuantas`.split(/\s+/),
);
/** Verbs of the past, of the future, and of "we". */
const endings = /(?:[éó]|ía|ían|aba|aban|aron|ieron|[aei]mos|rá|rán|ré|ría|rían)$/;

export const isSpanishVerb = (word: string): boolean => finite.has(word) || endings.test(word);
