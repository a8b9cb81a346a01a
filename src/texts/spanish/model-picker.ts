/** Spanish: the choice of the model. */
export const modelPicker: Readonly<Record<string, string>> = {
  "Model:": "Modelo:",
  "Loading {0}": "Cargando {0}",
  "Loading {0}, {1} %": "Cargando {0}, {1} %",
  "Loading, {0} %": "Cargando, {0} %",
  "Ready in {0}": "Listo en {0}",
  "On the disk": "En el disco",
  "{0}: fits, this machine has {1}": "{0}: cabe, este equipo tiene {1}",
  "{0}: tight, this machine has {1}": "{0}: justo, este equipo tiene {1}",
  "{0}: too big, this machine has {1}": "{0}: demasiado grande, este equipo tiene {1}",
};
