/** How people ask for per cent. */
import type { Asked } from "./calculator.ts";

const of = ["percent of", "per cent of", "% of", "prozent von", "% von"];
const share = [
  "what percent of",
  "what percentage of",
  "what % of",
  "as a percentage of",
  "wie viel prozent von",
  "wieviel prozent von",
  "wie viel % von",
];
const change = [
  ...[
    "percentage change",
    "percent change",
    "% change",
    "change in percent",
    "percent increase",
    "percentage increase",
  ],
  ...[
    "percent decrease",
    "percentage decrease",
    "prozentuale veränderung",
    "veränderung in prozent",
    "prozentuale änderung",
  ],
];
const add = ["increased by", "increase by", "raised by", "plus", "zuzüglich", "erhöht um", "erhöhe um"];
const subtract = [
  "decreased by",
  "decrease by",
  "reduced by",
  "minus",
  "abzüglich",
  "verringert um",
  "reduziert um",
];

export const percentageAsked: Asked = {
  phrases: [...of, ...share, ...change, ...add, ...subtract, "what is the percentage", "percentage of"],
  examples: [
    { question: "What is 15% of 240?", inputs: { operation: "of", percent: 15, value: 240 } },
    {
      question: "What is the percentage change from 80 to 100?",
      inputs: { operation: "change", value: 80, second: 100 },
    },
    { question: "60 is what percent of 240?", inputs: { operation: "share", second: 60, value: 240 } },
    { question: "What is 200 increased by 12%?", inputs: { operation: "add", value: 200, percent: 12 } },
    { question: "Wie viel sind 19 % von 350?", inputs: { operation: "of", percent: 19, value: 350 } },
    {
      question: "Wie hoch ist die prozentuale Veränderung von 120 auf 90?",
      inputs: { operation: "change", value: 120, second: 90 },
    },
    {
      question: "Was ergibt 500 abzüglich 20 %?",
      inputs: { operation: "subtract", value: 500, percent: 20 },
    },
  ],
  slots: {
    operation: { kinds: ["choice"], cues: [], choices: { of, share, change, add, subtract } },
    percent: {
      kinds: ["percent"],
      cues: ["by", "um", "plus", "minus", "zuzüglich", "abzüglich"],
      alone: true,
    },
    value: {
      kinds: ["number", "money"],
      cues: [
        "of",
        "from",
        "von",
        "what is",
        "what are",
        "was ist",
        "was sind",
        "wie viel ist",
        "wie viel sind",
      ],
      alone: true,
    },
    second: { kinds: ["number", "money"], cues: ["to", "auf", "is", "sind", "ist"] },
  },
};
