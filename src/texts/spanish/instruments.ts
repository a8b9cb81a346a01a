/** Spanish: the notes of the instruments that come with the program (finance/instruments/instruments.json). */
export const instruments: Readonly<Record<string, string>> = {
  "The pip of gold is a broker's choice: 0.10 is used here, others count 0.01. Entry and stop prices are the same everywhere.":
    "El pip del oro lo elige cada bróker: aquí vale 0,10; otros cuentan 0,01. Los precios de entrada y de stop son iguales en todas partes.",
  "The pip of silver is a broker's choice: 0.01 is used here, others count 0.001.":
    "El pip de la plata lo elige cada bróker: aquí vale 0,01; otros cuentan 0,001.",
  "The pip of platinum is a broker's choice: 0.10 is used here, others count 0.01.":
    "El pip del platino lo elige cada bróker: aquí vale 0,10; otros cuentan 0,01.",
  "The pip of palladium is a broker's choice: 0.10 is used here, others count 0.01.":
    "El pip del paladio lo elige cada bróker: aquí vale 0,10; otros cuentan 0,01.",
  "Contract size 1: one lot of US30 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de US30 se mueve 1 USD por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of US500 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de US500 se mueve 1 USD por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of NAS100 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de NAS100 se mueve 1 USD por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of US2000 moves by 1 USD a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de US2000 se mueve 1 USD por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of DE40 moves by 1 EUR a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de DE40 se mueve 1 EUR por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of UK100 moves by 1 GBP a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de UK100 se mueve 1 GBP por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of JP225 moves by 1 JPY a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de JP225 se mueve 1 JPY por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of EU50 moves by 1 EUR a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de EU50 se mueve 1 EUR por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of FR40 moves by 1 EUR a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de FR40 se mueve 1 EUR por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of CH20 moves by 1 CHF a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de CH20 se mueve 1 CHF por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of AU200 moves by 1 AUD a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de AU200 se mueve 1 AUD por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1: one lot of HK50 moves by 1 HKD a point. Brokers also list 10, 20 or 25.":
    "Tamaño del contrato 1: un lote de HK50 se mueve 1 HKD por punto. Los brókeres ofrecen también 10, 20 o 25.",
  "Contract size 1 BTC and pip 1: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 BTC y pip 1: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1 ETH and pip 1: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 ETH y pip 1: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1 LTC and pip 0.01: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 LTC y pip 0,01: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1 BCH and pip 0.01: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 BCH y pip 0,01: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1 SOL and pip 0.01: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 SOL y pip 0,01: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1 XRP and pip 0.0001: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 XRP y pip 0,0001: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1 ADA and pip 0.0001: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 ADA y pip 0,0001: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1 DOGE and pip 0.0001: brokers differ. Entry and stop prices are the same everywhere.":
    "Tamaño del contrato 1 DOGE y pip 0,0001: los brókeres difieren. Los precios de entrada y de stop son iguales en todas partes.",
  "Contract size 1,000 barrels a lot: some brokers list 100.":
    "Tamaño del contrato 1000 barriles por lote: algunos brókeres ofrecen 100.",
  "Contract size 10,000 MMBtu a lot: brokers differ.":
    "Tamaño del contrato 10000 MMBtu por lote: los brókeres difieren.",
};
