/** German: the choice of the model. */
export const modelPicker: Readonly<Record<string, string>> = {
  "Model:": "Modell:",
  "Loading {0}": "{0} wird geladen",
  "Loading {0}, {1} %": "{0} wird geladen, {1} %",
  "Loading, {0} %": "Wird geladen, {0} %",
  "Ready in {0}": "Bereit in {0}",
  "On the disk": "Auf der Platte",
  "{0}: fits, this machine has {1}": "{0}: passt, dieser Rechner hat {1}",
  "{0}: tight, this machine has {1}": "{0}: knapp, dieser Rechner hat {1}",
  "{0}: too big, this machine has {1}": "{0}: zu groß, dieser Rechner hat {1}",
};
