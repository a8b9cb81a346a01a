/** Spanish: what is refused before a page, and on the page of the status. */
export const refusals: Readonly<Record<string, string>> = {
  "Nobody has stated {0} for {1}. Ask the user for it, or leave it out.":
    "Nadie ha indicado {0} para {1}. Pregúntaselo al usuario o déjalo fuera.",
  "The request has no file, or an empty one.": "La petición no tiene archivo, o está vacío.",
  "The form has no file.": "El formulario no tiene archivo.",
  "The form cannot be read. Send it again.": "El formulario no puede leerse. Envíalo de nuevo.",
  "The request has no Origin. Use a current browser, or an API key.":
    "La petición no tiene Origin. Usa un navegador actual o una clave de API.",
  "Only this server's own pages may log in or set it up.":
    "Solo las páginas propias de este servidor pueden iniciar sesión o configurarlo.",
  "Only admins may do this, and keys with the scope admin.":
    "Solo pueden hacerlo los administradores y las claves con el permiso admin.",
  "This key may not read. Create one with the scope chat or read.":
    "Esta clave no puede leer. Crea una con el permiso chat o read.",
  "This key may only read. Create one with the scope chat.":
    "Esta clave solo puede leer. Crea una con el permiso chat.",
  "An API key cannot change a login. Use the page at /account.":
    "Una clave de API no puede cambiar un acceso. Usa la página /account.",
  "No model runs. Start an engine on the status page.":
    "No hay ningún modelo en marcha. Inicia un motor en la página de estado.",
  "Nothing is at this address. Check for a typo.":
    "No hay nada en esta dirección. Comprueba que esté bien escrita.",
  "{0} is run by somebody else, and is started and stopped there.":
    "{0} lo gestiona otra persona, y allí se inicia y se detiene.",
  "{0} cannot {1} while it is {2}.": "Ahora no se puede {1} {0} ({2}).",
  "{0} was stopped before that.": "{0} se detuvo antes.",
  "{0} is run by somebody else, who decides about its model.":
    "{0} lo gestiona otra persona, que decide sobre su modelo.",
  "{0} has one model. Ask for another by its name, or load it on {1}.":
    "{0} tiene un solo modelo. Pide otro por su nombre o cárgalo en {1}.",
  'There is no engine "{0}". There is {1}.': "No hay ningún motor «{0}». Hay {1}.",
  start: "iniciar",
  stop: "detener",
  restart: "reiniciar",
  unload: "descargar de la memoria",
  ready: "listo",
  stopped: "detenido",
  failed: "con fallos",
};
