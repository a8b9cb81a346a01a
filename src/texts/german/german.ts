/** Every German text, by the English one. A test finds what is missing, and what nobody says any more. */
import { accounts } from "./accounts.ts";
import { answer } from "./answer.ts";
import { calculators } from "./calculators.ts";
import { card } from "./card.ts";
import { chart } from "./chart.ts";
import { chat } from "./chat.ts";
import { commands } from "./commands.ts";
import { context } from "./context.ts";
import { conventions } from "./conventions.ts";
import { data } from "./data.ts";
import { desk } from "./desk.ts";
import { documents } from "./documents.ts";
import { errors } from "./errors.ts";
import { formulas } from "./formulas.ts";
import { frame } from "./frame.ts";
import { hub } from "./hub.ts";
import { indicators } from "./indicators.ts";
import { inputs } from "./inputs.ts";
import { instruments } from "./instruments.ts";
import { memory } from "./memory.ts";
import { modelPicker } from "./model-picker.ts";
import { models } from "./models.ts";
import { money } from "./money.ts";
import { offline } from "./offline.ts";
import { presets } from "./presets.ts";
import { priceFiles } from "./price-files.ts";
import { pricePages } from "./price-pages.ts";
import { projects } from "./projects.ts";
import { receipt } from "./receipt.ts";
import { refusals } from "./refusals.ts";
import { scripts } from "./scripts.ts";
import { series } from "./series.ts";
import { settings } from "./settings.ts";
import { several } from "./several.ts";
import { sharing } from "./sharing.ts";
import { spans } from "./spans.ts";
import { speech } from "./speech.ts";
import { statistics } from "./statistics.ts";
import { status } from "./status.ts";
import { toolsElsewhere } from "./tools-elsewhere.ts";
import { trading } from "./trading.ts";

const finance = [
  card,
  inputs,
  formulas,
  trading,
  money,
  instruments,
  calculators,
  desk,
  indicators,
  series,
  spans,
  statistics,
];
const pages = [
  toolsElsewhere,
  accounts,
  refusals,
  answer,
  chart,
  chat,
  commands,
  context,
  conventions,
  data,
  documents,
  errors,
  frame,
  hub,
  memory,
  modelPicker,
  models,
  offline,
  presets,
  priceFiles,
  pricePages,
  projects,
  receipt,
  scripts,
  settings,
  sharing,
  several,
  speech,
  status,
];

export const german: ReadonlyMap<string, string> = new Map(
  [...finance, ...pages].flatMap((table) => Object.entries(table)),
);
