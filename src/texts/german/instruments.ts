/** German: the notes of the instruments that come with the program (finance/instruments/instruments.json). */
export const instruments: Readonly<Record<string, string>> = {
  "The pip of gold is a broker's choice: 0.10 is used here, others count 0.01. Entry and stop prices are the same everywhere.":
    "Der Pip von Gold ist Sache des Brokers: Hier gilt 0,10, andere zählen 0,01. Einstiegs- und Stoppkurs sind überall gleich.",
  "The pip of silver is a broker's choice: 0.01 is used here, others count 0.001.":
    "Der Pip von Silber ist Sache des Brokers: Hier gilt 0,01, andere zählen 0,001.",
  "The pip of platinum is a broker's choice: 0.10 is used here, others count 0.01.":
    "Der Pip von Platin ist Sache des Brokers: Hier gilt 0,10, andere zählen 0,01.",
  "The pip of palladium is a broker's choice: 0.10 is used here, others count 0.01.":
    "Der Pip von Palladium ist Sache des Brokers: Hier gilt 0,10, andere zählen 0,01.",
  "Contract size 1: one lot of US30 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot US30 bewegt sich um 1 USD pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of US500 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot US500 bewegt sich um 1 USD pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of NAS100 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot NAS100 bewegt sich um 1 USD pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of US2000 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot US2000 bewegt sich um 1 USD pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of DE40 moves by 1 EUR a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot DE40 bewegt sich um 1 EUR pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of UK100 moves by 1 GBP a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot UK100 bewegt sich um 1 GBP pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of JP225 moves by 1 JPY a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot JP225 bewegt sich um 1 JPY pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of EU50 moves by 1 EUR a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot EU50 bewegt sich um 1 EUR pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of FR40 moves by 1 EUR a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot FR40 bewegt sich um 1 EUR pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of CH20 moves by 1 CHF a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot CH20 bewegt sich um 1 CHF pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of AU200 moves by 1 AUD a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot AU200 bewegt sich um 1 AUD pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1: one lot of HK50 moves by 1 HKD a point. Brokers also list 10, 20 or 25.":
    "Kontraktgröße 1: Ein Lot HK50 bewegt sich um 1 HKD pro Punkt. Broker führen auch 10, 20 oder 25.",
  "Contract size 1 BTC and pip 1: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 BTC und Pip 1: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1 ETH and pip 1: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 ETH und Pip 1: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1 LTC and pip 0.01: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 LTC und Pip 0,01: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1 BCH and pip 0.01: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 BCH und Pip 0,01: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1 SOL and pip 0.01: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 SOL und Pip 0,01: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1 XRP and pip 0.0001: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 XRP und Pip 0,0001: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1 ADA and pip 0.0001: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 ADA und Pip 0,0001: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1 DOGE and pip 0.0001: brokers differ. Entry and stop prices are the same everywhere.":
    "Kontraktgröße 1 DOGE und Pip 0,0001: Broker weichen ab. Einstiegs- und Stoppkurs sind überall gleich.",
  "Contract size 1,000 barrels a lot: some brokers list 100.":
    "Kontraktgröße 1000 Barrel pro Lot: Manche Broker führen 100.",
  "Contract size 10,000 MMBtu a lot: brokers differ.":
    "Kontraktgröße 10000 MMBtu pro Lot: Broker weichen ab.",
};
