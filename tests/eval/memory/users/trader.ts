/** A day trader in Dublin. Written for this evaluation; nobody's data. */
export const trader = {
  name: "trader",
  facts: `
risk|risk rule|rules|Never risk more than 1.25% on one trade
dayloss|daily stop|rules|After three losing trades in a row the screen goes off until tomorrow
week|weekly loss limit|rules|The week is over at minus 4% of the account
weekend|weekend|rules|Everything is flat by Friday 16:00, nothing stays open over the weekend
news|news|rules|No new entries twenty minutes before and after NFP, CPI or a central bank decision
avg|averaging down|rules|Losing positions are never added to
size0|account size|accounts|The trading account holds 18,400 euros
lev|leverage|rules|Leverage stays at 8:1 or lower
be|break-even|rules|The stop goes to the entry price once the trade is up by 1R
target|profit target|rules|Half is taken off at 2R, the rest trails behind the 20 EMA
count|open positions|rules|At most two positions are open at the same time
corr|correlated pairs|rules|EUR/USD and GBP/USD are never held in the same direction together
setup|favourite setup|strategy|Failed breakout of the Asian range in the first hour of London
tf|timeframes|strategy|Bias from the 4-hour chart, entries on the 5-minute chart
ind|indicators|strategy|Only the 20 EMA, VWAP and the average true range
symbols|watch list|strategy|EURUSD, GBPUSD, XAUUSD and the DAX future FDAX
gold|gold|strategy|One lot of XAUUSD is 100 ounces, so a dollar move is 100 dollars
hours|session|habits|Trades from 7:30 to 11:00 and not in the afternoon
journal|journal|habits|Every trade goes into TradeZella with a screenshot before and after
broker0|broker|accounts|IC Markets, raw spread account
fee|commission|accounts|The broker charges 7 dollars per lot for the round trip
platform|platform|accounts|cTrader on the desktop, alerts on the phone
vps|server|accounts|A VPS in London from ForexVPS, 2 ms to the broker
slip|slippage|accounts|Average slippage is 0.3 pips on EURUSD
winrate|win rate|results|Last quarter 43% of the trades were winners
expect|expectancy|results|Expectancy is 0.31R a trade over 212 trades
dd|worst drawdown|results|The deepest drawdown was 9.8%, in August
best|best month|results|March brought 6.2%, the best month so far
tilt|temper|profile|Gets impatient after a missed move and then overtrades
sleep|sleep|profile|Trades badly after less than six hours of sleep
coach|coach|people|Meets Declan, a trading coach, every second Tuesday
group|study group|people|Shares levels with Maeve and Tom in a Discord group
prop0|prop firm|accounts|In the second phase of the FTMO challenge with 50,000
proploss|prop rules|accounts|FTMO allows 5% loss in a day and 10% overall
tax|tax|tax|Irish resident, gains on CFDs are taxed at 33%
taxdate|tax deadline|tax|Capital gains of January to November are paid by 15 December
rent|rent|profile|The flat in Rathmines costs 1,750 euros a month
job|day job|profile|Works as a nurse three nights a week at St Vincent's
salary|pay|profile|The hospital pays 2,650 euros net a month
cushion|emergency fund|savings|9,000 euros are kept at Raisin and are not for trading
withdraw|withdrawals|rules|A third of each month's profit is taken out of the account
goal|goal|goals|Live from trading by the age of 40, with 250,000 in the account
car|car|goals|A used Hyundai Kona for about 16,000 next spring
style|style of answers|preferences|Short bullet points, numbers first, no pep talk
lang|units|preferences|Pips for currencies, points for the DAX
crypto|crypto|strategy|Does not touch crypto since the FTX collapse
spread|spread limit|rules|No entry when the spread of EURUSD is above 1.2 pips
prep|morning routine|habits|Marks the previous day's high and low before the open
review|review|habits|Sunday evening is for the weekly review, one hour
alarm|price alert|strategy|Wants to know when gold breaks 2,685
health|health|profile|Wrist pain from the mouse, uses a trackball
broker1|broker|accounts|Moved to Pepperstone, razor account
size1|account size|accounts|After the deposit in June the trading account holds 22,900 euros
prop1|prop firm|accounts|Passed FTMO and trades a funded account of 100,000
`,
  questions: `
p|How much may I lose on a single position?|risk
p|What share of my capital can I put at stake per trade?|risk
p|I just had my third stop-out, may I go on today?|dayloss
p|When is my week finished after a bad run?|week
p|Can I keep a trade running until Monday?|weekend
p|Is it fine to enter right before the payrolls report?|news
p|Price went against me, should I buy more?|avg
p|When do I move my stop to entry?|be
p|Where do I take profits?|target
p|How many trades may I run at once?|count
p|May I be long cable while I am long the euro?|corr
p|Which pattern do I trade best?|setup
p|Which chart do I use to enter?|tf
p|What tools do I have on my chart?|ind
p|At what time of day do I trade?|hours
p|Where do I write down my trades?|journal
p|Which software do I place orders with?|platform
p|How often do I win?|winrate
p|How deep did my account fall at its worst?|dd
p|What goes wrong with my mind after I miss a move?|tilt
p|Who helps me to become a better trader?|coach,group
p|What is left of the market I got burned in with FTX?|crypto
p|What do I do before the market opens?|prep
p|How much of my profit do I pay out to myself?|withdraw
p|How much money have I put aside for bad times?|cushion
p|What does my apartment cost?|rent
p|What do I earn at the hospital?|salary,job
p|When do I have to pay tax on my gains?|taxdate,tax
n|What is FDAX on my list?|symbols
n|How much is a dollar move in XAUUSD for me?|gold
n|At what spread of EURUSD do I stay out?|spread
n|What commission do I pay per lot?|fee
n|At which gold level do I want an alert?|alarm
n|How many ms from my VPS to the broker?|vps
s|Who is my broker?|broker1
s|How large is my trading account?|size1
s|How is my prop firm challenge going?|prop1,proploss
a@broker0|Who is my broker?|broker0
a@prop0|What is my state at the prop firm?|prop0,proploss
a@size0|How big is my trading account?|size0
d|Wie viel darf ich bei einem Trade riskieren?|risk
d|Darf ich Positionen über das Wochenende halten?|weekend
d|Welche Indikatoren benutze ich?|ind
d|Wie hoch ist meine Miete?|rent
f|Combien puis-je risquer sur un trade ?|risk
f|Quel est mon courtier ?|broker1
f|Quand est-ce que je fais ma revue de la semaine ?|review
x|What is my blood type?
x|Which insurance covers my bicycle?
x|What is a pip?
x|How do I boil an egg?
x|Explain the Sharpe ratio.
x|What was my grandmother's maiden name?
x|Who painted the Mona Lisa?
x|What is a bear market?
x|Write a birthday poem for my sister.
x|How does a central bank create money?
x|Which film won the Oscar in 2010?
x|Wie wird das Wetter morgen?
`,
};
