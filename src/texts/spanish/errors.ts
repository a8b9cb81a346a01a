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
  // Conversations, answers, and questions that wait.
  "This Idempotency-Key was sent before with another request. Send a new key with a new request.":
    "Esta Idempotency-Key ya se envió con otra petición. Envía una clave nueva con una petición nueva.",
  'There is no model "{0}". Known models: {1}.': "No hay ningún modelo «{0}». Modelos conocidos: {1}.",
  "Too many questions are waiting. Try again in {0} seconds.":
    "Hay demasiadas preguntas en espera. Inténtalo de nuevo en {0} segundos.",
  "{0} must be a text of 1 to {1} characters.": "{0}: se admite un texto de 1 a {1} caracteres.",
  "Instructions can have at most {0} characters; yours have {1}. Shorten them.":
    "Las instrucciones pueden tener {0} caracteres como máximo; las tuyas tienen {1}. Acórtalas.",
  "cursor must be the `next` of the page before.": "cursor debe ser el `next` de la página anterior.",
  "There is no such conversation. It may have been deleted.":
    "No existe esa conversación. Puede que se haya eliminado.",
  "There is no such message. It may have been deleted.":
    "No existe ese mensaje. Puede que se haya eliminado.",
  "There is no such message in this conversation. It may have been deleted.":
    "Ese mensaje no está en esta conversación. Puede que se haya eliminado.",
  "Only a conversation in the trash can be erased. Delete it first.":
    "Solo se puede borrar del todo una conversación de la papelera. Elimínala primero.",
  "Still answering. Wait until it is done, or stop it.":
    "Aún se está respondiendo. Espera a que termine, o detén la respuesta.",
  "{0} questions are waiting here already. Wait until one is asked, or remove one.":
    "Aquí ya hay {0} preguntas en espera. Espera a que se haga una, o quita una.",
  "This question is not waiting any more. It was asked or removed.":
    "Esta pregunta ya no está en espera. Se hizo o se quitó.",
  "The program crashed twice while it wrote this answer. What was written is kept; try again.":
    "El programa falló dos veces mientras escribía esta respuesta. Lo escrito se conserva; inténtalo de nuevo.",
  "The program is being stopped. Ask again when it has started.":
    "El programa se está deteniendo. Pregunta de nuevo cuando haya arrancado.",
  "The model cannot hold more of this conversation. Begin a new one to go on.":
    "El modelo no puede abarcar más de esta conversación. Empieza una nueva para seguir.",
  "This answer is complete. Ask a further question instead.":
    "Esta respuesta está completa. Haz otra pregunta.",
  "The question of this answer has been deleted.": "La pregunta de esta respuesta se ha eliminado.",
  "A question that may wait is asked at the end of its conversation.":
    "Una pregunta que puede esperar se hace al final de su conversación.",
  "The model broke off in the call of a tool, and called otherwise when it was asked again. Ask again.":
    "El modelo se interrumpió al llamar a una herramienta, y la segunda vez la llamó de otra manera. Pregunta de nuevo.",
  "There is no conversation with this conversation_id. Leave it out to begin a new one.":
    "No hay ninguna conversación con esta conversation_id. Déjala fuera para empezar una nueva.",
  "There is no such answer.": "Esa respuesta no existe.",
  "This answer cannot go on from there. Ask again instead.":
    "Esta respuesta no puede seguir desde ahí. Pregunta de nuevo.",
  "Only the last answer of a conversation can be continued: what follows builds on the others.":
    "Solo se puede continuar la última respuesta de una conversación: lo que sigue se apoya en las demás.",
  "This conversation was deleted. Bring it back from the trash first.":
    "Esta conversación se eliminó. Recupérala primero de la papelera.",
  "Only a question can be edited.": "Solo se puede editar una pregunta.",
  "This message is a question, not an answer.": "Este mensaje es una pregunta, no una respuesta.",
  "This answer has no such alternative.": "Esta respuesta no tiene esa alternativa.",
  "There is no such batch. Its answers may have been deleted.":
    "Ese lote de preguntas no existe. Puede que se hayan eliminado sus respuestas.",
  // Files, memory and data.
  "There is no such file. It may have been removed: attach it again.":
    "Ese archivo no existe. Puede que se haya quitado: adjúntalo de nuevo.",
  "{0} is larger than {1} MB. Attach a smaller file, or a part of it.":
    "{0} pesa más de {1} MB. Adjunta un archivo más pequeño, o una parte de él.",
  "Your files take {0} MB, which is all that they may. Delete conversations with files for good, and try again.":
    "Tus archivos ocupan {0} MB, que es todo lo que pueden. Borra del todo conversaciones con archivos, e inténtalo de nuevo.",
  "a PNG picture": "una imagen PNG",
  "a JPEG picture": "una imagen JPEG",
  "a WebP picture": "una imagen WebP",
  "a GIF picture": "una imagen GIF",
  "a PDF": "un PDF",
  "an Excel workbook (XLSX)": "un libro de Excel (XLSX)",
  "{0} is not {1}, as its name says, or it is damaged.": "{0} no es {1}, como dice su nombre, o está dañado.",
  "{0} is {1}. Rename it so that it ends in .{2}, and attach it again.":
    "{0} es {1}. Cambia su nombre para que termine en .{2}, y adjúntalo de nuevo.",
  "There is no such proposal. Its message may have been deleted.":
    "No existe esa propuesta. Puede que se haya eliminado su mensaje.",
  "{0} is empty.": "{0} está vacío.",
  "The bytes of {0} are damaged: they are not those that were exported. Export it again, or add the file itself.":
    "Los bytes de {0} están dañados: no son los que se exportaron. Vuelve a exportar, o añade el archivo mismo.",
  "The model that runs cannot see pictures, so {0} cannot be attached. Attach its text, or serve a vision model with vLLM.":
    "El modelo en uso no ve imágenes, así que {0} no se puede adjuntar. Adjunta su texto, o usa un modelo con visión mediante vLLM.",
  "A question has this file. Delete the question instead.":
    "Una pregunta tiene este archivo. Elimina la pregunta.",
  "A question can have at most {0} files. Remove some, or ask in several questions.":
    "Una pregunta puede tener {0} archivos como máximo. Quita algunos, o pregunta en varias preguntas.",
  "The file is larger than the {0} MB that an import may have.":
    "El archivo supera los {0} MB que puede tener una importación.",
  "The request is larger than {0} bytes, the limit of this address.":
    "La petición supera los {0} bytes, el límite de esta dirección.",
  "Send the request with its length (Content-Length).": "Envía la petición con su longitud (Content-Length).",
  "There is no such memory.": "Ese recuerdo no existe.",
  "A memory needs a subject, a text and a category.":
    "Un recuerdo necesita un asunto, un texto y una categoría.",
  "Not everything is deleted: questions are still being asked. Stop the programs that ask, then delete again.":
    "No se ha eliminado todo: aún se están haciendo preguntas. Detén los programas que preguntan, y elimina de nuevo.",
  "Type “{0}” to confirm. Nothing was deleted.": "Escribe «{0}» para confirmar. No se ha eliminado nada.",
  "Choose a model first.": "Elige primero un modelo.",
  // Logins, keys and limits.
  "Please log in: at /login in a browser, or with an API key (Authorization: Bearer …).":
    "Inicia sesión: en /login con un navegador, o con una clave de API (Authorization: Bearer …).",
  "The login that asked for this has ended. Log in again.":
    "La sesión que lo pidió ha terminado. Inicia sesión de nuevo.",
  "This API key is unknown. It may be revoked, or belong to another server: create one at /account.":
    "Esta clave de API no se conoce. Puede estar revocada, o ser de otro servidor: crea una en /account.",
  "The name or the password is wrong.": "El nombre o la contraseña no es correcto.",
  "{0} Try again in {1} seconds.": "{0} Inténtalo de nuevo en {1} segundos.",
  "Give the key a name of 1 to {0} characters.": "Da a la clave un nombre de 1 a {0} caracteres.",
  "Choose what the key may do: chat, read or admin.": "Elige qué puede hacer la clave: chat, read o admin.",
  "Only admins can create a key with the admin scope.":
    "Solo los administradores pueden crear una clave con el permiso admin.",
  "You have {0} keys, the limit. Revoke one that you no longer use.":
    "Tienes {0} claves, que es el límite. Revoca una que ya no uses.",
  "There is no such key. It may already be revoked.": "Esa clave no existe. Puede que ya esté revocada.",
  "Too many logins at once.": "Demasiados inicios de sesión a la vez.",
  "Too many failed logins.": "Demasiados inicios de sesión fallidos.",
  "A password must have {0} to {1} characters. Four random words work well.":
    "Una contraseña debe tener de {0} a {1} caracteres. Cuatro palabras al azar van bien.",
  "The two passwords are not the same. Type it again.":
    "Las dos contraseñas no coinciden. Escríbela de nuevo.",
  "You have {0} answers at once, the limit for one user.":
    "Tienes {0} respuestas a la vez, el límite por usuario.",
  "You have {0} requests for embeddings at once, the limit for one user.":
    "Tienes {0} peticiones de embeddings a la vez, el límite por usuario.",
  "You read {0} streams at once, the limit for one user.": "Lees {0} flujos a la vez, el límite por usuario.",
  "Too many streams are open.": "Hay demasiados flujos abiertos.",
  "You are already importing a file. One user may import one at a time.":
    "Ya estás importando un archivo. Cada usuario puede importar uno a la vez.",
  "You have used {0} tokens in a minute, the limit for one user.":
    "Has usado {0} tokens en un minuto, el límite por usuario.",
  "A name must have 1 to 50 letters, digits or any of . _ @ + -, and begin with a letter or a digit.":
    "Un nombre debe tener de 1 a 50 letras, cifras o . _ @ + -, y empezar por una letra o una cifra.",
  "There is already a user with this name.": "Ya hay un usuario con este nombre.",
  "There is already a user. Please log in.": "Ya hay un usuario. Inicia sesión.",
  "There is no such user.": "Ese usuario no existe.",
  "An answer of this user is still running. Disable the user, wait a moment, then delete them.":
    "Aún se está escribiendo una respuesta de este usuario. Desactívalo, espera un momento y elimínalo.",
  'Deleting the only user turns logins off. Do that on the machine itself: "bun run users delete NAME".':
    "Eliminar el único usuario desactiva los inicios de sesión. Hazlo en la propia máquina: «bun run users delete NAME».",
  "This is the only admin. Make another user an admin first.":
    "Es el único administrador. Haz antes administrador a otro usuario.",
  "That browser is logged out already.": "Ese navegador ya ha cerrado la sesión.",
  "You are not logged in.": "No has iniciado sesión.",
  "Logins are set up already. Log in.": "Los inicios de sesión ya están configurados. Inicia sesión.",
  "Set logins up first, at /setup.": "Configura primero los inicios de sesión, en /setup.",
  "Type {0} to confirm that the user and what is theirs is to be deleted.":
    "Escribe {0} para confirmar que se eliminan el usuario y todo lo suyo.",
  "This cannot be done with a user.": "Eso no se puede hacer con un usuario.",
  // Files that cannot be read.
  "{0} is no text, and no file that can be read here.":
    "{0} no es texto ni un archivo que se pueda leer aquí.",
  "{0} has no text.": "{0} no tiene texto.",
  "{0} cannot be unpacked: it is damaged, or far larger than it looks.":
    "{0} no se puede descomprimir: está dañado, o es mucho más grande de lo que parece.",
  "{0} cannot be read as a workbook: it is damaged. Save it again as XLSX or CSV.":
    "{0} no se puede leer como libro de cálculo: está dañado. Guárdalo de nuevo como XLSX o CSV.",
  "{0} has no cells with values.": "{0} no tiene celdas con valores.",
  "{0} is protected by a password. Save it without one.":
    "{0} está protegido con contraseña. Guárdalo sin ella.",
  "{0} cannot be read as a PDF: it is damaged.": "{0} no se puede leer como PDF: está dañado.",
  "{0} has no text: it may be a scan. Attach its pages as pictures, or copy the text.":
    "{0} no tiene texto: puede ser un escaneo. Adjunta sus páginas como imágenes, o copia el texto.",
  "{0} takes too long to read. Attach a smaller file, or its text.":
    "{0} tarda demasiado en leerse. Adjunta un archivo más pequeño, o su texto.",
  "{0} takes too much memory to read. Attach a smaller file, or its text.":
    "{0} necesita demasiada memoria para leerse. Adjunta un archivo más pequeño, o su texto.",
  "{0} cannot be read: it is damaged.": "{0} no se puede leer: está dañado.",
  "{0} Attach {1}.": "{0} Adjunta: {1}.",
};
