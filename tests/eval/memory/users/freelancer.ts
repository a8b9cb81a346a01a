/** A freelance designer in Berlin who swing-trades a little. Written for this evaluation; nobody's data. */
export const freelancer = {
  name: "freelancer",
  facts: `
work|work|profile|Freelance product designer since 2018
rate0|day rate|business|The day rate is 620 euros
client1|main client|business|Solaris Health brings about half of the turnover
client2|clients|business|Also works for a museum and for Kettle, a start-up
invoice|invoices|business|Invoices are due after 14 days, reminders after 21
late|late payer|business|Kettle usually pays four weeks late
vat|VAT|tax|Files VAT every quarter through Elster
prepay|income tax|tax|Prepayments of 2,300 euros each quarter
acct|tax adviser|people|Frau Lehmann does the annual return for 1,450 euros
reserve|tax reserve|rules|35% of each payment goes to a separate account for taxes
buffer|buffer|savings|Wants six months of costs in cash, 15,000 euros
health|health insurance|insurance|Publicly insured with TK, 780 euros a month at the moment
ksk|KSK|insurance|Applied to the Künstlersozialkasse, the answer is still open
liab|liability|insurance|Professional liability with Hiscox for 210 euros a year
disab|disability|insurance|No disability cover because of an old back injury
rent0|rent|profile|980 euros warm for 52 square metres in Neukölln
studio|studio|business|A desk in a shared studio on Maybachufer, 240 euros
equip|equipment|business|A MacBook Pro from 2022, to be written off over three years
bike|bike|profile|Rides a Canyon gravel bike, theft cover with Wertgarantie
flat|moving|goals|Looking for a flat with a balcony below 1,300 euros
sab|sabbatical|goals|Three months in Portugal in the summer of 2026
course|course|goals|A type design course in Reading for 4,800 pounds
etf0|savings plan|savings|300 euros a month into an MSCI World ETF
broker|broker|accounts|Trade Republic for the ETF, Interactive Brokers for single stocks
single|single stocks|rules|Single stocks are at most 15% of everything
stop|stop|rules|A swing trade is closed 7% below the entry
size|position size|rules|No swing trade above 1,500 euros
hold|holding time|rules|Swing trades last two to six weeks
scan|screening|strategy|Looks for stocks above the 50-day line with rising volume
earn|earnings|rules|No position is held through an earnings report
sap|SAP|holdings|12 shares of SAP at 142.50
asml|ASML|holdings|2 shares of ASML, bought after the dip in September
nvda|NVDA|holdings|Took profit on NVDA at 118, half of it
green|ethics|preferences|No oil companies and no airlines
pens|pension|savings|No private pension yet, state pension will be about 900 euros
loan|loan|debts|1,900 euros of BAföG to be repaid by March
sis|sister|people|Lent her sister Mira 2,000 euros, back by Christmas
cat|cat|people|A cat called Pixel who needs special food for 60 euros a month
food|food|budget|Spends about 420 euros on food, half of it in cafés
ticket|transport|budget|Deutschlandticket
sport|sport|budget|Urban Sports Club M for 69 euros
phone|phone|budget|Fraenk for 10 euros
sub|subscriptions|business|Adobe, Figma and Dropbox, 96 euros a month together
tool|bookkeeping|tools|Bookkeeping in sevDesk
bank|bank|accounts|Business account with Kontist, private one with N26
donate|donation|budget|Gives 15 euros a month to Sea-Watch
time|working hours|habits|No calls before 10, Fridays are for own projects
style|style of answers|preferences|Answers in English, amounts in euros, be direct
fear|fear|profile|Dreads letters from the tax office
learn|learning|goals|Wants to understand options before touching them
weak|weakness|profile|Buys back too early after a stop
alarm|SAP alert|strategy|Sell half of SAP at 240
rate1|day rate|business|From this January the day rate is 690 euros
rent1|rent|profile|The rent went up to 1,040 euros warm
etf1|savings plan|savings|The savings plan was raised to 400 euros a month
`,
  questions: `
p|What do I do for a living?|work
p|Who is my most important customer?|client1
p|Who never pays on time?|late
p|How long do customers have to pay?|invoice
p|How much do I have to set aside for the tax office?|reserve,prepay
p|Who prepares my annual tax return?|acct
p|How often do I report sales tax?|vat
p|How much money do I want to have as a cushion?|buffer
p|What do I pay for medical cover?|health
p|Am I covered if I cannot work any more?|disab
p|Where do I work when not at home?|studio
p|What kind of apartment am I looking for?|flat
p|Where do I want to go for my time off?|sab
p|What would I like to study?|course
p|How much of my money may be in individual companies?|single
p|At what loss do I get out of a swing trade?|stop
p|How much money goes into one trade at most?|size
p|How long do I keep a trade?|hold
p|How do I find my trades?|scan
p|May I keep my position when the company reports results?|earn
p|Which companies are out of the question for me?|green
p|What will I get when I am old?|pens
p|Who owes me money?|sis
p|What do I still owe the state from my studies?|loan
p|What does my pet need?|cat
p|Which software do I do my accounts in?|tool
p|When may people call me?|time
p|What mistake do I repeat after being stopped out?|weak
p|What do I know about options?|learn
p|What sports membership do I have?|sport
n|How many shares of SAP do I hold, and at what price?|sap
n|When do I sell SAP?|alarm
n|What did I do with NVDA?|nvda
n|Do I own ASML?|asml
n|What does Adobe with Figma cost me?|sub
s|What do I charge per day?|rate1
s|What is my rent?|rent1
s|How much goes into my ETF each month?|etf1
a@rate0|What is my day rate?|rate0
a@rent0|What rent do I pay?|rent0
a@etf0|How much goes into the MSCI World each month?|etf0
d|Wie hoch ist mein Tagessatz?|rate1
d|Bei welcher Bank bin ich?|bank
d|Welche Aktien will ich nicht?|green
d|Was kostet meine Krankenversicherung?|health
f|Quel est mon loyer ?|rent1
f|Qui est mon client principal ?|client1
x|What size are my shoes?
x|When is my mother's birthday?
x|What is quantitative easing?
x|Translate "good morning" into Spanish.
x|Who is the mayor of Berlin?
x|How does a blockchain work?
x|What is a limit order?
x|Can you help me to write a wedding speech?
x|Where did I leave my keys?
x|What is the speed of light?
x|Suggest a name for a dog.
x|Was koche ich heute Abend?
`,
};
