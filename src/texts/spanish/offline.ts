/** Spanish: when the assistant cannot be reached. */
export const offline: Readonly<Record<string, string>> = {
  "A question for later": "Una pregunta para después",
  "Has it been stopped? On its machine {0} starts it.": "¿Se ha detenido? En su equipo, {0} lo inicia.",
  "Send when it is back": "Enviar cuando vuelva",
  "Sent when the assistant can be reached again:":
    "Se enviará cuando el asistente vuelva a estar disponible:",
  "The assistant cannot be reached": "No se puede contactar con el asistente",
  "This page goes on by itself as soon as it answers again.":
    "Esta página continúa por sí sola en cuanto vuelva a responder.",
};
