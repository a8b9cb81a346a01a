/** A software engineer in Toronto who buys options and funds. Written for this evaluation; nobody's data. */
export const investor = {
  name: "engineer",
  facts: `
job0|employer|profile|Senior engineer at Larchwave, fully remote
pay0|salary|profile|Base salary of 148,000 Canadian dollars
bonus|bonus|profile|A bonus of up to 12% is paid in March
rsu|stock grants|profile|RSUs vest every quarter, 90 shares at a time
espp|ESPP|profile|Takes part in the ESPP with 10% and sells at once
tfsa|TFSA|accounts|The TFSA at Questrade holds 71,000
rrsp|RRSP|accounts|RRSP room of 14,200 is left for this year
fhsa|FHSA|accounts|An FHSA since 2023 with 8,000 a year
margin|margin account|accounts|Interactive Brokers margin account, 52,000 US dollars
core|core fund|holdings|XEQT is the core of everything
opt|options|strategy|Sells covered calls about 30 days out at a delta near 0.25
roll|rolling|rules|A short option is closed at half of its maximum profit or at 21 days
csp|cash-secured puts|strategy|Sells puts only on shares that are wanted anyway
spx|SPX|rules|No zero-day options on SPX
iv|implied volatility|rules|Premium is sold only when the IV rank is above 30
maxopt|option limit|rules|One underlying may take at most 5% of the buying power
earn|earnings|rules|No short options over an earnings date
shop|SHOP|holdings|200 shares of SHOP with a cost of 74.10
td|TD|holdings|150 shares of TD for the dividend
enb|ENB|holdings|ENB is in the TFSA, 320 shares
pltr|PLTR|holdings|A PLTR call at 30 expired worthless in May
tsla|TSLA|rules|Never again TSLA, it cost 6,300
btc|bitcoin|holdings|0.35 bitcoin on a Ledger
eth|ether|holdings|No ether any more since the merge
cash|cash|savings|EQ Bank savings account, 24,000 as the emergency fund
gic|GIC|savings|A GIC of 15,000 at 4.6% matures in February
home|home|goals|A condo with two bedrooms in Leslieville up to 820,000
down|down payment|goals|20% down, 96,000 are there so far
fire|early retirement|goals|Wants to be free of work at 48 with 1.6 million
rent0|rent|profile|The one-bedroom on Queen Street costs 2,250
partner|partner|people|Jonas is a physiotherapist, they marry in October
wedding|wedding|goals|The wedding may cost 28,000
parents|parents|people|Sends 400 dollars a month to the parents in Manila
car|car|profile|No car, uses Communauto
bike|bike|profile|A Brompton for the way to the gym
condoins|tenant insurance|insurance|Tenant insurance with Sonnet, 27 a month
health|benefits|insurance|Sun Life covers 80% of dental work
lifei|life insurance|insurance|Term 20 with 500,000 once the condo is bought
taxp|tax preparer|people|Files with Wealthsimple Tax, no accountant
us|US tax|tax|Has a W-8BEN on file, valid until the end of 2026
gain|capital losses|tax|Capital losses of 9,150 are carried forward
instal|instalments|tax|The CRA asks for instalments of 1,050 each quarter
fx|currency|rules|Converts dollars by Norbert's gambit with DLR
log|trade log|tools|Trades are logged in a Google Sheet with a tag for each strategy
tool|analysis|tools|Looks at flows on TradingView and OptionStrat
rebal|rebalancing|rules|New money goes to what is furthest below its target
target|targets|rules|80% equity funds, 10% options, 5% bitcoin, 5% cash
dd|tolerance|profile|Held through minus 34% in 2020 without selling
max|daily loss|rules|Stops trading for the day at a loss of 800 dollars
checks|checking prices|habits|Looks at the portfolio once a day after the close
pod|podcasts|habits|Listens to Rational Reminder
sub|subscriptions|budget|Spends 61 dollars a month on streaming
food|eating out|budget|500 dollars a month for restaurants
style|style of answers|preferences|Show formulas, use Canadian dollars unless said otherwise
green|values|preferences|Excludes weapons makers and private prisons
learn|learning|goals|Is reading Natenberg on volatility
job1|employer|profile|Since May staff engineer at Fernhold
pay1|salary|profile|Base salary is now 171,000 Canadian dollars
rent1|rent|profile|Moved in with Jonas, the half of the rent is 1,480
`,
  questions: `
p|When is my bonus paid?|bonus
p|How often do I get company shares?|rsu
p|What do I do with my discounted employee shares?|espp
p|How much can I still put into my retirement plan?|rrsp
p|Which fund is most of my money in?|core
p|How do I write covered calls?|opt
p|When do I close an option that I have sold?|roll
p|On which stocks do I write puts?|csp
p|When is the premium high enough to sell?|iv
p|How much may I have in a single underlying?|maxopt
p|May I be short options when a company reports?|earn
p|Which car maker will I not touch again?|tsla
p|Where are my coins kept?|btc
p|What is my rainy day money?|cash
p|When do my fixed deposits come due?|gic
p|What kind of home do I want to buy?|home
p|How much have I saved for buying a home?|down
p|When do I want to stop working?|fire
p|Who am I going to marry?|partner
p|What may the party for our marriage cost?|wedding
p|How do I help my family abroad?|parents
p|How do I get around without a vehicle?|car,bike
p|Who insures my flat?|condoins
p|How much of the dentist is paid for me?|health
p|How do I file my taxes?|taxp
p|How do I exchange currency cheaply?|fx
p|Where do I note my trades?|log
p|Where does new money go?|rebal
p|How did I behave in the crash of 2020?|dd
p|At what loss do I stop for today?|max
p|How often do I look at my portfolio?|checks
p|Which industries do I exclude?|green
p|What book am I reading?|learn
n|How many shares of SHOP do I have, and at which cost?|shop
n|What became of my PLTR call?|pltr
n|How much ENB is in the TFSA?|enb
n|Do I trade SPX 0DTE?|spx
n|Until when is my W-8BEN valid?|us
n|What does the CRA want each quarter?|instal
n|At what delta do I sell calls?|opt
s|Where do I work?|job1
s|What is my base salary?|pay1
s|What do I pay for housing?|rent1
a@job0|Who is my employer?|job0
a@pay0|What do I earn?|pay0,bonus
a@rent0|What is my rent?|rent0
d|Wie viele Bitcoin habe ich?|btc
d|Wo arbeite ich?|job1
d|Wann will ich aufhören zu arbeiten?|fire
f|Où est mon fonds d'urgence ?|cash
f|Combien puis-je perdre par jour ?|max
f|Qui est mon employeur ?|job1
x|What colour are my eyes?
x|What is my library card number?
x|What is a yield curve?
x|Which river runs through Paris?
x|How is tofu made?
x|What is gamma?
x|Write a haiku about snow.
x|Who was the first person on the moon?
x|What does my uncle do?
x|How many days has a leap year?
x|What is a Ponzi scheme?
x|Wie lerne ich schneller Französisch?
`,
};
