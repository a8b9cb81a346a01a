/** Spanish: projects. */
export const projects: Readonly<Record<string, string>> = {
  "project deleted": "proyecto eliminado",
  "project restored": "proyecto restaurado",
  "project erased": "proyecto borrado para siempre",
  "1 project": "1 proyecto",
  "{0} projects": "{0} proyectos",
  "There is no such project. It may have been deleted.":
    "No existe ese proyecto. Puede que se haya eliminado.",
  "You have {0} projects, as many as can be. Delete one first.":
    "Tienes {0} proyectos, el máximo posible. Elimina uno primero.",
  "A project can have {0} documents at most. Take one out first.":
    "Un proyecto puede tener {0} documentos como máximo. Quita uno primero.",
  "Only a project in the trash can be erased. Delete it first.":
    "Solo se puede borrar para siempre un proyecto de la papelera. Elimínalo primero.",
  "A project keeps together what belongs to one matter: a purchase, a portfolio, a tax year.":
    "Un proyecto reúne lo que pertenece a un mismo asunto: una compra, una cartera, un año fiscal.",
  "Add files": "Añadir archivos",
  "Add one of your documents": "Añadir uno de tus documentos",
  "All of its memories": "Todos sus recuerdos",
  "All projects": "Todos los proyectos",
  "Also recall what is remembered outside of this project":
    "Recordar también lo que se recuerda fuera de este proyecto",
  "Conversations with instructions, documents and a memory of their own.":
    "Conversaciones con instrucciones, documentos y memoria propios.",
  Create: "Crear",
  "Delete its conversations, too": "Eliminar también sus conversaciones",
  "Delete the project": "Eliminar el proyecto",
  "Deleted projects": "Proyectos eliminados",
  "Each question of the project is asked about them, too. What is not in them is answered as anywhere.":
    "Cada pregunta del proyecto se hace también sobre ellos. Lo que no está en ellos se responde como en cualquier otro sitio.",
  "Its instructions and what was remembered in it go with it. Its documents stay.":
    "Sus instrucciones y lo que se recordó en él se van con él. Sus documentos se quedan.",
  "Moved to the project.": "Movida al proyecto.",
  "Name and instructions": "Nombre e instrucciones",
  "New chat in this project": "Nuevo chat en este proyecto",
  "New chat in {0}": "Nuevo chat en {0}",
  "New project": "Nuevo proyecto",
  "None yet. Begin one here, or move one here by its menu.":
    "Ninguna todavía. Empieza una aquí, o mueve una aquí desde su menú.",
  Project: "Proyecto",
  Projects: "Proyectos",
  "Remember a fact": "Recordar un dato",
  "Remembered in this project, and recalled in it alone.": "Recordado en este proyecto, y solo en él.",
  "Take out": "Quitar",
  "Taken out of its project.": "Sacada de su proyecto.",
  "The model is told them in all conversations of the project, after those of your settings.":
    "El modelo las recibe en todas las conversaciones del proyecto, después de las de tus ajustes.",
  "There are no projects yet.": "Todavía no hay proyectos.",
  "What was remembered of it moves along.": "Lo que se recordó de ella se mueve con ella.",
  "the project": "el proyecto",
  "the projects": "los proyectos",
};
