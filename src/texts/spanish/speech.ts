/** Spanish: dictation. */
export const speech: Readonly<Record<string, string>> = {
  Dictate: "Dictar",
  "Try again": "Intentar de nuevo",
  "Recording. Press again to end.": "Grabando. Pulsa otra vez para terminar.",
  "Your words are being written down.": "Se están transcribiendo tus palabras.",
  "Your words are in the question.": "Tus palabras están en la pregunta.",
  "The browser keeps the microphone from this page. Allow it beside the address, and press again.":
    "El navegador no deja que esta página use el micrófono. Permítelo junto a la dirección y pulsa otra vez.",
  "There is no microphone. Connect one, and press again.":
    "No hay ningún micrófono. Conecta uno y pulsa otra vez.",
  "The microphone cannot be used. Close what else uses it, and press again.":
    "No se puede usar el micrófono. Cierra lo que lo esté usando y pulsa otra vez.",
  "Dictation is not set up. Name a speech-to-text server with STT_URL, and start the assistant again.":
    "El dictado no está configurado. Indica un servidor de voz a texto con STT_URL y reinicia el asistente.",
  "No words were heard. Speak closer to the microphone, and record again.":
    "No se ha oído ninguna palabra. Habla más cerca del micrófono y graba otra vez.",
  "The recording is too long. Dictate in shorter pieces.":
    "La grabación es demasiado larga. Dicta en partes más cortas.",
  "This is no recording that can be read. Send {0}.": "Esto no es una grabación legible. Envía {0}.",
  "The speech-to-text server takes too long. Try again, or dictate in shorter pieces.":
    "El servidor de voz a texto tarda demasiado. Inténtalo de nuevo o dicta en partes más cortas.",
  "The speech-to-text server cannot be reached. Start it, or check STT_URL.":
    "No se puede conectar con el servidor de voz a texto. Inícialo o revisa STT_URL.",
  "What is at STT_URL does not answer as a speech-to-text server. Check the address.":
    "Lo que hay en STT_URL no responde como un servidor de voz a texto. Revisa la dirección.",
  "The speech-to-text server refuses the key. Check STT_API_KEY.":
    "El servidor de voz a texto rechaza la clave. Revisa STT_API_KEY.",
  "The speech-to-text server has no such address or model. Check STT_URL and STT_MODEL.":
    "El servidor de voz a texto no conoce esa dirección o ese modelo. Revisa STT_URL y STT_MODEL.",
  "The speech-to-text server cannot read this recording. Record it again.":
    "El servidor de voz a texto no puede leer esta grabación. Graba otra vez.",
  "The speech-to-text server is busy. Try again in a moment.":
    "El servidor de voz a texto está ocupado. Inténtalo de nuevo en un momento.",
  "The speech-to-text server has refused the recording ({0}). Try again.":
    "El servidor de voz a texto ha rechazado la grabación ({0}). Inténtalo de nuevo.",
  "You have {0} recordings written down at once, the limit for one user.":
    "Tienes {0} grabaciones transcribiéndose a la vez, el límite por usuario.",
};
