/**
 * Words of trading and saving that stand for one another in questions and in what is remembered, English and German: "lose"
 * finds "risk". A question is not searched by them alone: they only say how much of it a memory speaks of.
 */
const groups = `
  risk risks risked risking lose loses losing loss losses lost stake drawdown risiko riskieren verlieren verlust verluste
  trade trades traded trading position positions order orders deal deals entry entries handel trades positionen
  size sizing lot lots volume amount stückzahl größe
  stop stops stopped stoploss exit quit stopp
  target targets profit profits gain gains winner winners winning gewinn gewinne ziel kursziel
  earn earns earned income salary wage wages pay paid pays payslip gehalt lohn einkommen verdiene verdienst
  rent landlord lease miete vermieter
  house home homes property flat apartment estate haus wohnung eigenheim immobilie
  child children kid kids son daughter kind kinder sohn tochter
  wife husband partner spouse frau mann ehefrau ehemann partnerin
  fund funds etf etfs fonds
  share shares stock stocks equity equities aktie aktien
  bond bonds anleihe anleihen
  pension retire retired retirement rente ruhestand altersvorsorge
  debt debts loan loans credit owe owed owing mortgage schulden kredit darlehen
  emergency emergencies reserve reserves buffer cushion notgroschen rücklage rücklagen notfall notfälle puffer
  save saves saved saving savings sparen spare gespart sparrate sparplan zurücklegen
  invest invests invested investing investment investments anlegen anlage investieren
  car cars vehicle auto wagen
  broker brokerage depot bank
  tax taxes taxed steuer steuern
  job work working employer employment beruf arbeit arbeitgeber
  insurance insured cover coverage versicherung versichert
  market markets instrument instruments pair pairs symbol symbols märkte
  software platform program terminal plattform
  log logs record records recorded journal diary tagebuch
  weekend saturday sunday friday wochenende samstag sonntag freitag
  news release releases announcement announcements data report meldung nachrichten
  fall falls fell fallen decline drop dropped drawdown
  limit limits maximum max most cap höchstens maximal grenze obergrenze
  avoid avoids exclude excludes excluded exclusions never ausschließen meiden
  allocation split share mix aufteilung
  leverage margin hebel
  chart charts timeframe timeframes zeitebene
  indicator indicators tool tools indikator indikatoren
  goal goals plan plans ziel ziele
  cost costs price expense expenses spend spending kosten ausgaben
`;

const groupsOf = new Map<string, readonly string[][]>();
for (const line of groups.trim().split("\n")) {
  const words = line.trim().split(" ");
  for (const word of words) groupsOf.set(word, [...(groupsOf.get(word) ?? []), words]);
}

/** @param term in lower case @returns the term itself first */
export const withSynonyms = (term: string): readonly string[] => [
  ...new Set([term, ...(groupsOf.get(term) ?? []).flat()]),
];
