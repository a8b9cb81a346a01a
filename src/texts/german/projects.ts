/** German: projects. */
export const projects: Readonly<Record<string, string>> = {
  "project deleted": "Projekt gelöscht",
  "project restored": "Projekt wiederhergestellt",
  "project erased": "Projekt endgültig gelöscht",
  "1 project": "1 Projekt",
  "{0} projects": "{0} Projekte",
  "There is no such project. It may have been deleted.":
    "Dieses Projekt gibt es nicht. Vielleicht wurde es gelöscht.",
  "You have {0} projects, as many as can be. Delete one first.":
    "Du hast {0} Projekte, mehr können es nicht sein. Lösche zuerst eines.",
  "A project can have {0} documents at most. Take one out first.":
    "Ein Projekt kann höchstens {0} Dokumente haben. Nimm zuerst eines heraus.",
  "Only a project in the trash can be erased. Delete it first.":
    "Nur ein Projekt im Papierkorb kann endgültig gelöscht werden. Lösche es zuerst.",
  "A project keeps together what belongs to one matter: a purchase, a portfolio, a tax year.":
    "Ein Projekt hält zusammen, was zu einer Sache gehört: ein Kauf, ein Depot, ein Steuerjahr.",
  "Add files": "Dateien hinzufügen",
  "Add one of your documents": "Eines deiner Dokumente hinzufügen",
  "All of its memories": "Alle seine Erinnerungen",
  "All projects": "Alle Projekte",
  "Also recall what is remembered outside of this project":
    "Auch erinnern, was außerhalb dieses Projekts gemerkt ist",
  "Conversations with instructions, documents and a memory of their own.":
    "Unterhaltungen mit eigenen Anweisungen, Dokumenten und eigenem Gedächtnis.",
  Create: "Anlegen",
  "Delete its conversations, too": "Auch seine Unterhaltungen löschen",
  "Delete the project": "Projekt löschen",
  "Deleted projects": "Gelöschte Projekte",
  "Each question of the project is asked about them, too. What is not in them is answered as anywhere.":
    "Jede Frage des Projekts wird auch zu ihnen gestellt. Was nicht in ihnen steht, wird wie überall beantwortet.",
  "Its instructions and what was remembered in it go with it. Its documents stay.":
    "Seine Anweisungen und was in ihm gemerkt wurde, gehen mit. Seine Dokumente bleiben.",
  "Moved to the project.": "In das Projekt verschoben.",
  "Name and instructions": "Name und Anweisungen",
  "New chat in this project": "Neuer Chat in diesem Projekt",
  "New chat in {0}": "Neuer Chat in {0}",
  "New project": "Neues Projekt",
  "None yet. Begin one here, or move one here by its menu.":
    "Noch keine. Beginne hier eine, oder verschiebe eine über ihr Menü hierher.",
  Project: "Projekt",
  Projects: "Projekte",
  "Remember a fact": "Etwas merken",
  "Remembered in this project, and recalled in it alone.":
    "In diesem Projekt gemerkt, und nur in ihm erinnert.",
  "Take out": "Herausnehmen",
  "Taken out of its project.": "Aus dem Projekt herausgenommen.",
  "The model is told them in all conversations of the project, after those of your settings.":
    "Das Modell bekommt sie in allen Unterhaltungen des Projekts, nach denen deiner Einstellungen.",
  "There are no projects yet.": "Es gibt noch keine Projekte.",
  "What was remembered of it moves along.": "Was von ihr gemerkt wurde, zieht mit um.",
  "the project": "das Projekt",
  "the projects": "die Projekte",
};
