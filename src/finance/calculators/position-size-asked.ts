/** How people ask for a position size. */
import { accountSlot, conversionSlots } from "./account-conversion.ts";
import type { Asked } from "./calculator.ts";
import { stopSlots } from "./stop-distance.ts";
import { instrumentSlot } from "./traded-instrument.ts";

export const positionSizeAsked: Asked = {
  phrases: [
    "position size",
    "position sizing",
    "lot size",
    "how many lots",
    "how many shares",
    "how many units",
    "what size",
    "how big a position",
    "how large a position",
    "how large should my position",
    "how large should the position",
    "how large can my position",
    "how big should my position",
    "how big can my position",
    "size of my position",
    "size my position",
    "how much can i trade",
    "how much should i trade",
    "risk per trade",
    "risk % of",
    "risking % of",
    "riskiere % von",
    "positionsgröße",
    "positionsgrösse",
    "positionsgroesse",
    "lotgröße",
    "lotgrösse",
    "wie viele lots",
    "wieviele lots",
    "wie viel lot",
    "wie viele aktien",
    "wie groß darf die position",
    "wie groß darf meine position",
    "wie groß soll meine position",
    "wie groß sollte meine position",
    "risiko pro trade",
    "risiko je trade",
  ],
  examples: [
    {
      question:
        "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD: what is my position size?",
      inputs: { balance: 10_000, currency: "USD", riskPercent: 1, stopPips: 25, symbol: "EURUSD" },
    },
    {
      question: "How many lots of gold can I trade with a $5,000 account, 2% risk, entry 2350 and stop 2340?",
      inputs: {
        balance: 5000,
        currency: "USD",
        riskPercent: 2,
        symbol: "XAUUSD",
        entry: 2350,
        stopPrice: 2340,
      },
    },
    {
      question: "Position size for US30 with a 50 point stop, 20,000 USD account and 0.5% risk",
      inputs: { symbol: "US30", stopPoints: 50, balance: 20_000, currency: "USD", riskPercent: 0.5 },
    },
    {
      question: "Welche Positionsgröße im DAX bei 10.000 € Konto, 1 % Risiko und 40 Punkten Stop?",
      inputs: { symbol: "DE40", balance: 10_000, currency: "EUR", riskPercent: 1, stopPoints: 40 },
    },
    {
      question: "Wie viele Lots EURUSD bei 5.000 $ Konto, 2 % Risiko und 30 Pips Stop?",
      inputs: { symbol: "EURUSD", balance: 5000, currency: "USD", riskPercent: 2, stopPips: 30 },
    },
    {
      question: "What lot size on GBP/USD if I risk $50 with a stop loss of 20 pips?",
      inputs: { symbol: "GBPUSD", riskAmount: 50, currency: "USD", stopPips: 20 },
    },
    {
      question: "Lotgröße für EUR/USD: Konto 8.000 EUR, Risiko 1 %, Einstieg 1,10, Stop 1,095",
      inputs: {
        symbol: "EURUSD",
        balance: 8000,
        currency: "EUR",
        riskPercent: 1,
        entry: 1.1,
        stopPrice: 1.095,
      },
    },
    {
      question: "What position size on gold with a $10 stop, a $10,000 account and 1% risk?",
      inputs: { symbol: "XAUUSD", stopMove: 10, balance: 10_000, riskPercent: 1, currency: "USD" },
    },
    {
      question: "Risk 1% of $10,000 on AAPL at 180, stop 175: how many shares?",
      inputs: {
        symbol: "AAPL",
        balance: 10_000,
        riskPercent: 1,
        entry: 180,
        stopPrice: 175,
        currency: "USD",
        quote: "USD",
      },
    },
  ],
  slots: {
    balance: {
      kinds: ["money", "number"],
      cues: [
        "% of",
        "% von",
        "account",
        "balance",
        "have",
        "capital",
        "equity",
        "konto",
        "kapital",
        "kontostand",
        "habe",
      ],
      alone: "money",
    },
    currency: accountSlot,
    riskPercent: { kinds: ["percent"], cues: ["risk", "risking", "risiko", "riskiere"], alone: true },
    riskAmount: {
      kinds: ["money"],
      cues: ["risk", "risking", "lose", "losing", "loss of", "risiko", "riskiere", "verlieren"],
    },
    symbol: instrumentSlot,
    quote: { kinds: ["currency"], cues: ["priced in", "notiert in"] },
    ...stopSlots,
    ...conversionSlots,
    leverage: { kinds: ["multiple"], cues: ["leverage", "hebel"], alone: true },
  },
};
