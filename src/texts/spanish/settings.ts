/** Spanish: the settings, their sections and rows. */
export const settings: Readonly<Record<string, string>> = {
  You: "Tú",
  "What the assistant knows about you before you ask.":
    "Lo que el asistente sabe de ti antes de que preguntes.",
  Answers: "Respuestas",
  "How the model answers in your chats. A program's own fields win over these.":
    "Cómo responde el modelo en tus chats. Lo que indique un programa tiene prioridad.",
  Look: "Aspecto",
  "How the pages look and how answers appear.": "El aspecto de las páginas y cómo aparecen las respuestas.",
  Memory: "Memoria",
  "What is remembered of your conversations.": "Lo que se recuerda de tus conversaciones.",
  Keys: "Claves",
  "Programs use the assistant with a key of their own.":
    "Los programas usan el asistente con una clave propia.",
  Data: "Datos",
  "Everything is on this machine, in one folder.": "Todo está en este equipo, en una sola carpeta.",
  Access: "Acceso",
  "Who can use the assistant.": "Quién puede usar el asistente.",
  About: "Acerca de",
  "The program, and where it connects to.": "El programa y adónde se conecta.",
  Settings: "Ajustes",
  "the settings": "ajustes",
  "Sections of the settings": "Secciones de los ajustes",
  "What the model is told": "Lo que se le dice al modelo",
  "The prompt": "El prompt",
  Memories: "Recuerdos",
  "Read, correct and forget what is remembered.": "Lee, corrige y olvida lo que se recuerda.",
  "Your keys": "Tus claves",
  "Create and revoke keys.": "Crea y revoca claves.",
  "Keys come with logins. Without logins programs on this machine need none.":
    "Las claves vienen con los accesos de usuario. Sin ellos, los programas de este equipo no necesitan ninguna.",
  "What programs can ask, with examples.": "Lo que pueden pedir los programas, con ejemplos.",
  "Your password, keys and browsers.": "Tu contraseña, tus claves y tus navegadores.",
  "Let several people use it, from other machines too.":
    "Deja que lo usen varias personas, también desde otros equipos.",
  "Add, disable and remove users.": "Añade, bloquea y elimina usuarios.",
  "Logins, keys, models and deletions.": "Accesos, claves, modelos y eliminaciones.",
  "There is no such page of settings.": "Esa página de ajustes no existe.",
  'There is no setting "{0}".': "No hay ningún ajuste «{0}».",
  "{0} is set by {1}. Change it there.": "{0} está fijado por {1}. Cámbialo allí.",
  "There is no such setting.": "Ese ajuste no existe.",
  "{0}: saved": "{0}: guardado",
  Save: "Guardar",
  "Save {0}": "Guardar {0}",
  On: "Sí",
  Off: "No",
  on: "activado",
  off: "desactivado",
  "Default: {0} (config.json)": "Por defecto: {0} (config.json)",
  "Default: {0}": "Por defecto: {0}",
  "Set by {0}": "Fijado por {0}",
  Reset: "Restablecer",
  "Reset {0}": "Restablecer {0}",
  Saved: "Guardado",
  "Risk profile": "Perfil de riesgo",
  "How much risk you take; the model is told": "Cuánto riesgo asumes; se le dice al modelo",
  Conservative: "Prudente",
  Moderate: "Moderado",
  Aggressive: "Agresivo",
  "Favourite pair": "Par favorito",
  "The currency pair you trade most; the model is told":
    "El par de divisas que más operas; se le dice al modelo",
  "The currency of your account, as a code of three letters; the model is told":
    "La divisa de tu cuenta, como código de tres letras; se le dice al modelo",
  none: "ninguna",
  Language: "Idioma",
  Browser: "Navegador",
  "The language of pages, answers and dates; Browser: pages and dates follow your browser, answers the question":
    "El idioma de páginas, respuestas y fechas; Navegador: páginas y fechas siguen a tu navegador, las respuestas a la pregunta",
  "Time zone": "Zona horaria",
  "Dates and times are shown in this zone, such as Europe/Berlin":
    "Las fechas y horas se muestran en esta zona, por ejemplo Europe/Madrid",
  "your browser's": "la de tu navegador",
  Instructions: "Instrucciones",
  "What the model is told before each conversation": "Lo que se le dice al modelo antes de cada conversación",
  Temperature: "Temperatura",
  "How freely the model chooses its words, from 0 to 2":
    "Con cuánta libertad elige el modelo sus palabras, de 0 a 2",
  Precise: "Preciso",
  Balanced: "Equilibrado",
  Free: "Libre",
  "Top p": "Top p",
  "The share of the likeliest tokens that are drawn from, from 0 to 1":
    "La parte de los tokens más probables entre los que se elige, de 0 a 1",
  Length: "Longitud",
  "The most tokens an answer may have; three tokens are about two words":
    "Los tokens que puede tener una respuesta como máximo; tres tokens son unas dos palabras",
  Short: "Corta",
  Medium: "Media",
  Long: "Larga",
  Seed: "Semilla",
  "The same seed and the same prompt give the same answer":
    "La misma semilla y el mismo prompt dan la misma respuesta",
  random: "aleatoria",
  Thinking: "Pensamiento",
  "How long a model that can think does so before it answers":
    "Cuánto piensa, antes de responder, un modelo que sabe pensar",
  "Thinking budget": "Límite del pensamiento",
  "After so many tokens of a thought the model answers":
    "Tras tantos tokens de pensamiento el modelo responde",
  "no limit": "sin límite",
  "As the model does": "Como lo haga el modelo",
  Brief: "Breve",
  "Thinking must be model, off, low, medium, high.":
    "El pensamiento debe ser model, off, low, medium o high.",
  Tools: "Herramientas",
  "A model that is large enough may have the program compute while it answers":
    "Un modelo lo bastante grande puede hacer que el programa calcule mientras responde",
  "Text after a card": "Texto tras una ficha",
  "What the model adds to a computed card": "Lo que el modelo añade a una ficha calculada",
  "After a result, unless the model is tiny": "Tras un resultado, salvo si el modelo es diminuto",
  "After every card": "Tras cada ficha",
  "After a result, with its figures alone": "Tras un resultado, solo con sus cifras",
  Never: "Nunca",
  Theme: "Tema",
  "The colours of the pages": "Los colores de las páginas",
  System: "Sistema",
  Light: "Claro",
  Dark: "Oscuro",
  Contrast: "Contraste",
  "How strongly text and lines stand out": "Cuánto destacan el texto y las líneas",
  High: "Alto",
  Normal: "Normal",
  "Text size": "Tamaño del texto",
  "The size of everything on the pages": "El tamaño de todo lo que hay en las páginas",
  Small: "Pequeño",
  Large: "Grande",
  Larger: "Más grande",
  Density: "Densidad",
  "The space between things": "El espacio entre los elementos",
  Comfortable: "Cómoda",
  Compact: "Compacta",
  Streaming: "Streaming",
  "How an answer appears while it is written": "Cómo aparece una respuesta mientras se escribe",
  Instant: "Inmediato",
  Smooth: "Fluido",
  Typewriter: "Máquina de escribir",
  "Typewriter rate": "Ritmo de la máquina de escribir",
  "Tokens a second when streaming is set to Typewriter, from 1 to 1000":
    "Tokens por segundo cuando el streaming está en «Máquina de escribir», de 1 a 1000",
  "First steps": "Primeros pasos",
  "A new chat shows what to set up first, until it is done":
    "Un chat nuevo muestra qué configurar primero, hasta que esté hecho",
  "Memories for a question": "Recuerdos por pregunta",
  "How many memories may be used for an answer, from 0 to 20":
    "Cuántos recuerdos pueden usarse para una respuesta, de 0 a 20",
  "Remember finished answers": "Recordar las respuestas terminadas",
  "Propose to remember": "Proponer qué recordar",
  "While nothing else is written, the model looks for lasting facts and rules in what you say; Automatic: they are remembered at once":
    "Mientras no se escribe nada más, el modelo busca en lo que dices hechos y reglas duraderos; Automático: se recuerdan enseguida",
  Automatic: "Automático",
  "Propose to remember must be off, ask, automatic.": "Proponer qué recordar debe ser off, ask o automatic.",
  "Each finished answer is kept with its question, for later conversations":
    "Cada respuesta terminada se guarda con su pregunta, para conversaciones posteriores",
  "Days in the trash": "Días en la papelera",
  "What you delete can be restored for so many days, from 1 to 365; what was deleted before that is erased at once":
    "Lo que eliminas puede restaurarse durante tantos días, de 1 a 365; lo eliminado antes se borra al instante",
  "A week": "Una semana",
  "A month": "Un mes",
  "Three months": "Tres meses",
  "Risk profile must be a text of at most 200 characters that is not empty.":
    "El perfil de riesgo debe ser un texto de 200 caracteres como máximo, y no estar vacío.",
  "Favourite pair must be a text of at most 50 characters that is not empty.":
    "El par favorito debe ser un texto de 50 caracteres como máximo, y no estar vacío.",
  "Account currency must be three capital letters (ISO 4217), or an empty text.":
    "La divisa de la cuenta debe tener tres letras mayúsculas (ISO 4217), o quedar vacía.",
  "Language must be a text of at most 50 characters that is not empty.":
    "El idioma debe ser un texto de 50 caracteres como máximo, y no estar vacío.",
  "Time zone must be a text of at most 64 characters.":
    "La zona horaria debe ser un texto de 64 caracteres como máximo.",
  "Time zone is not a time zone. Write one such as Europe/Berlin.":
    "Esa zona horaria no existe. Escribe una como Europe/Madrid.",
  "Instructions must be a text of at most 20000 characters that is not empty.":
    "Las instrucciones deben ser un texto de 20000 caracteres como máximo, y no estar vacías.",
  "Temperature must be a number from 0 to 2.": "La temperatura debe ser un número de 0 a 2.",
  "Top p must be a number from 0 to 1.": "Top p debe ser un número de 0 a 1.",
  "Length must be a whole number from 1 to 131072.": "La longitud debe ser un número entero de 1 a 131072.",
  "Thinking budget must be a whole number from 0 to 131072, null.":
    "El límite del pensamiento debe ser un número entero de 0 a 131072, o quedar vacío.",
  "Seed must be a whole number from 0 to 4294967295, null.":
    "La semilla debe ser un número entero de 0 a 4294967295, o quedar vacía.",
  "Tools must be true or false.": "Las herramientas deben ser true o false.",
  "Text after a card must be auto, free, strict, none.":
    "El texto tras una ficha debe ser auto, free, strict o none.",
  "Theme must be system, light, dark.": "El tema debe ser system, light o dark.",
  "Contrast must be system, more, less.": "El contraste debe ser system, more o less.",
  "Text size must be small, normal, large, larger.":
    "El tamaño del texto debe ser small, normal, large o larger.",
  "Density must be comfortable, compact.": "La densidad debe ser comfortable o compact.",
  "Streaming must be instant, smooth, typewriter.": "El streaming debe ser instant, smooth o typewriter.",
  "Typewriter rate must be a whole number from 1 to 1000.":
    "El ritmo de la máquina de escribir debe ser un número entero de 1 a 1000.",
  "First steps must be true or false.": "«Primeros pasos» debe estar activado o desactivado.",
  "Memories for a question must be a whole number from 0 to 20.":
    "«Recuerdos por pregunta» debe ser un número entero de 0 a 20.",
  "Remember finished answers must be true or false.":
    "«Recordar las respuestas terminadas» debe estar activado o desactivado.",
  "Days in the trash must be a whole number from 1 to 365.":
    "«Días en la papelera» debe ser un número entero de 1 a 365.",
};
