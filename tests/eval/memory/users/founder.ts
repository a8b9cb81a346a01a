/** A bakery owner in Lyon, who writes English. Written for this evaluation; nobody's data. */
export const founder = {
  name: "bakery",
  facts: `
shop|bakery|business|Runs a bakery in the 7th district with six employees
start|opening|business|The bakery opened in April 2016
rev|revenue|business|Revenue of 612,000 euros last year
margin|margin|business|The operating margin was 8.4%
flour0|flour|suppliers|Flour from Moulin Girard at 0.74 euros a kilo
butter|butter|suppliers|Butter from Isigny, the price went up by 22%
egg|eggs|suppliers|Eggs come from a farm in Bresse on Mondays
rent|shop rent|costs|The shop costs 2,850 euros a month, index-linked
lease|lease|legal|The commercial lease runs until June 2028
power0|electricity|costs|Electricity contract with EDF until December at 0.19 a kWh
oven|oven|equipment|A Bongard deck oven, leased for 690 euros a month until 2027
mixer|mixer|equipment|The spiral mixer makes a noise and will not last long
van|van|equipment|A Renault Kangoo electric for deliveries
wages|wages|costs|Wages with charges take 38% of revenue
lea|employees|people|Léa runs the shop, Karim bakes at night
appr|apprentice|people|Apprentice Jules finishes in July and wants to stay
hotel|customers|business|Two hotels take 11% of the production
market|market|business|A stall at the Croix-Rousse market on Saturdays
price0|baguette price|business|The baguette tradition costs 1.30
waste|waste|business|About 6% of the bread is left in the evening, goes to Too Good To Go
loan0|business loan|debts|A loan of 140,000 with Crédit Agricole at 2.1%, 71,000 left
guar|guarantee|debts|Personally liable for half of the loan
over|overdraft|debts|The overdraft limit of the business account is 15,000
cash|cash rule|rules|Never less than 40,000 euros in the business account
invest|investment rule|rules|No machine that does not pay back within three years
div|dividend|rules|Takes out at most a third of the profit
salary|own pay|profile|Pays herself 3,400 euros a month
tax|corporate tax|tax|Corporate tax instalments in March, June, September and December
tva|TVA|tax|TVA is filed monthly, by the 19th
acct|accountant|people|Cabinet Perrin, Monsieur Dufour, 390 euros a month
insur|insurance|insurance|Business interruption cover with MAIF up to 90 days
sick|illness|insurance|Own sick pay only after 30 days
second|second shop|goals|A second shop in Villeurbanne in 2027 if the numbers hold
site|website|business|Online orders through a Shopify page since May
sell|exit|goals|Would like to hand the bakery over to Karim in ten years
pea|PEA|savings|A PEA at Boursorama with an ETF on the STOXX 600
av|life insurance|savings|Assurance vie with Linxea, 62,000 euros
livret|Livret A|savings|The Livret A is full at 22,950
scpi|SCPI|savings|10,000 euros in an SCPI of Corum
etf|monthly saving|savings|350 euros a month into the PEA
house|home|property|A flat of 78 square metres near Jean Macé, bought for 310,000
mort|mortgage|debts|780 euros a month until 2039 at 1.35%
mari|husband|people|Thomas is a train driver
kid|daughter|people|Camille is twelve and plays the cello
cello|cello|budget|Cello lessons cost 95 euros a month
hol|holidays|habits|The bakery is closed for three weeks in August
wake|hours|habits|Up at 3:30, asleep by 21:00
risk|risk|preferences|Does not want to lose more than 10% of the private savings
gold|gold|savings|Five Napoléon coins from her grandfather
style|style of answers|preferences|English with metric units, short paragraphs
allergy|allergy|health|Flour asthma is being watched by the company doctor
bank|bank|accounts|Business with Crédit Agricole, private with Boursorama
stock|inventory|habits|Inventory is counted on the last day of the month
flour1|flour|suppliers|New flour contract with Moulin Girard at 0.69 a kilo
power1|electricity|costs|New contract with Ekwateur at 0.16 a kWh
price1|baguette price|business|Since September the baguette tradition costs 1.40
loan1|business loan|debts|After the special repayment 52,000 of the loan are left
`,
  questions: `
p|What kind of business do I have?|shop
p|Since when do I have my shop?|start
p|What did we sell in total last year?|rev
p|How profitable is my business?|margin
p|Which ingredient has become much dearer?|butter
p|When do the eggs arrive?|egg
p|What do I pay for my premises?|rent
p|Until when may I stay in the premises?|lease
p|Which machine is about to break?|mixer
p|What part of the turnover goes to staff?|wages
p|Who works for me at night?|lea
p|What will become of the young man who is learning with us?|appr
p|Who buys the most bread from us?|hotel
p|Where do I sell on Saturdays?|market
p|What happens to the unsold bread?|waste
p|Am I liable with my own money?|guar
p|How low may the balance of the company get?|cash
p|When do I buy a new machine?|invest
p|How much of the profit may I pay out?|div
p|What do I pay myself?|salary
p|When are the tax instalments of the company due?|tax
p|Who does my books?|acct
p|What if the shop has to close for a while?|insur
p|From when on am I paid when I fall ill?|sick
p|Do I plan to grow?|second
p|Who should take over one day?|sell
p|What does my husband do?|mari
p|Which instrument does my child play?|kid,cello
p|When do we close in summer?|hol
p|When do I get up?|wake
p|How much of my savings may I lose?|risk
p|What did I inherit from my grandfather?|gold
n|What is in my PEA?|pea,etf
n|How much do I have with Linxea?|av
n|What does the leased oven cost?|oven
n|By which day must TVA be filed?|tva
n|How full is my Livret A?|livret
s|What do I pay for a kilo of flour?|flour1
s|What does my baguette cost?|price1
s|Who is my electricity supplier?|power1
s|How much of the business loan is left?|loan1
a@flour0|What do I pay for flour?|flour0
a@power0|What does electricity cost us?|power0
a@price0|What is the price of our baguette?|price0
d|Wie viele Angestellte habe ich?|shop
d|Wann schließen wir im Sommer?|hol
f|Combien me reste-t-il à payer sur le prêt de la boulangerie ?|loan1
f|Qui est mon comptable ?|acct
f|À quelle heure est-ce que je me lève ?|wake
x|What is my shirt size?
x|What is my driving licence number?
x|What is a hedge fund?
x|How do I grow tomatoes?
x|Who invented the telephone?
x|What is the largest planet?
x|Which phone should I buy?
x|How does a futures contract work?
x|Summarise the plot of Hamlet.
x|When did the French Revolution begin?
x|What is my neighbour called?
x|Comment fonctionne l'inflation ?
`,
};
