/** A retired engineer in Oregon who lives on dividends. Written for this evaluation; nobody's data. */
export const retiree = {
  name: "retiree",
  facts: `
age|age|profile|Born in 1954, retired since 2019
spouse|spouse|people|Married to Linda, she is three years younger
ss|social security|income|Social Security pays 2,340 dollars a month since age 67
lindass|Linda's benefits|income|Linda will claim Social Security at 70
pens|pension|income|A pension from Boeing of 1,120 dollars a month
ira|IRA|accounts|The traditional IRA at Fidelity holds 612,000 dollars
roth|Roth|accounts|Roth IRA of 148,000, to be touched last
taxable|brokerage account|accounts|A joint taxable account at Schwab, 385,000
cash0|cash|accounts|Two years of spending in a money market fund, SWVXX
rule|withdrawal rule|rules|Withdraws 3.5% a year, never more than 4%
rmd|RMD|tax|Required minimum distributions begin at 73
conv|Roth conversion|tax|Converts up to the top of the 12% bracket each December
qcd|giving|tax|Gives 5,000 a year to the food bank straight from the IRA
alloc0|allocation|rules|55% stocks, 35% bonds, 10% cash
rebal|rebalancing|rules|Rebalances in January when a class is off by more than five points
bonds|bond ladder|holdings|Treasury ladder from 2025 to 2032, 30,000 a rung
tips|TIPS|holdings|A third of the bonds are inflation protected
div|dividends|holdings|Dividends of about 19,500 a year, not reinvested
jnj|JNJ|holdings|310 shares of JNJ bought at 128
ko|KO|holdings|600 shares of KO, since 1998
vti|VTI|holdings|Most of the stocks are VTI
intl|international|holdings|VXUS is a fifth of the stocks
sold|Intel|holdings|Sold all INTC in 2024 at a loss of 11,400
loss|loss carryforward|tax|8,400 dollars of capital losses are left to use
house|house|property|The house in Corvallis is paid off, worth about 540,000
ptax|property tax|property|Property tax of 5,150 a year, due in November
roof|roof|property|The roof was replaced in 2021 for 17,800
cabin0|cabin|property|A cabin at Detroit Lake, thinking of selling it
medi|Medicare|insurance|Medicare with a Plan G supplement from Mutual of Omaha
ltc|long-term care|insurance|A long-term care policy of Genworth, 160 a day for three years
partd|drugs|insurance|Part D with Wellcare
hear|hearing aids|health|Hearing aids from Costco cost 1,600
knee|knee|health|Knee operation planned for February
exec|executor|legal|Daughter Karen is the executor
trust|trust|legal|A living trust since 2015 with Hansen & Lee
bene|beneficiaries|legal|IRA beneficiaries are Linda, then Karen and Mark
grand|grandchildren|people|Four grandchildren, the eldest is Ava who starts college in 2027
plan529|529 plan|savings|529 plans for the grandchildren, 2,000 dollars each every birthday
trip|travel|goals|A river cruise on the Danube in September, 9,600 for both
rv|RV|goals|Would like a small RV for under 70,000
budget|spending|budget|Spends about 6,800 dollars a month
hobby|hobby|profile|Builds model railways and sings in a choir
adviser|adviser|people|Pays Susan Ortiz, a fee-only planner, 350 an hour
scam|calls|rules|Never gives account numbers on the phone
mail|statements|preferences|Wants paper statements of the taxable account
font|style of answers|preferences|Plain words, large tables are hard to read
news|news|preferences|Reads the Wall Street Journal in the morning
worry|worry|profile|Afraid to outlive the money
crash|2008|profile|Sold everything in March 2009 and regrets it
annuity|annuity|rules|Does not want an annuity
crypto|bitcoin|rules|No bitcoin, whatever Mark says
state|state tax|tax|Oregon taxes income at up to 9.9% and has no sales tax
alloc1|allocation|rules|Since 2024: 50% stocks, 40% bonds, 10% cash
cash1|cash|accounts|The cash moved from SWVXX to VMFXX at Vanguard
cabin1|cabin|property|The cabin was sold in May for 214,000
`,
  questions: `
p|What year was I born?|age
p|What does the government pay me every month?|ss
p|When will my wife start her benefits?|lindass
p|What do I get from my old employer?|pens
p|Which pot of money should I spend last?|roth
p|How much may I take out each year?|rule
p|At what age must I start to take money out of my IRA?|rmd
p|What do I do for taxes at the end of the year?|conv,loss
p|How do I give to charity?|qcd
p|When do I bring my portfolio back in line?|rebal
p|What do I own against inflation?|tips
p|What do my shares pay out?|div
p|Which stock did I get rid of?|sold
p|Do I still owe anything on my home?|house
p|When is the tax on the house due?|ptax
p|What covers me if I need a nursing home?|ltc
p|Who is my supplemental insurer?|medi
p|What surgery do I have ahead?|knee
p|Who carries out my will?|exec,trust
p|Who inherits the retirement account?|bene
p|What do I give my grandchildren on their birthday?|plan529
p|Which journey have I booked?|trip
p|What do I need to live on each month?|budget
p|Who gives me financial advice?|adviser
p|What am I most afraid of?|worry
p|What did I do wrong in the crash?|crash
p|Should you suggest a lifetime income product to me?|annuity
p|What do I do in my free time?|hobby
p|How should you write to me?|font
n|How many shares of JNJ do I have?|jnj
n|Since when do I hold KO?|ko
n|What part is in VXUS?|intl
n|How large is the rung of 2030?|bonds
n|How high can Oregon tax be?|state
s|How are my assets split?|alloc1
s|Where do I keep my cash?|cash1
s|What about the place at Detroit Lake?|cabin1
a@alloc0|What is my allocation?|alloc0
a@cash0|Which money market fund do I use?|cash0
a@cabin0|What are my plans for the cabin?|cabin0
d|Wie viel gebe ich im Monat aus?|budget
d|Wer ist mein Testamentsvollstrecker?|exec
d|Habe ich Bitcoin?|crypto
f|Quelle est ma règle de retrait ?|rule
f|Combien vaut ma maison ?|house
f|Qui est mon conseiller ?|adviser
x|What is my favourite restaurant?
x|Which school did I go to?
x|What is a P/E ratio?
x|How do vaccines work?
x|What is the weather in Portland today?
x|Who wrote Moby Dick?
x|How do I reverse a list in Python?
x|What is my brother's phone number?
x|What does OPEC do?
x|Recommend a recipe for pancakes.
x|How many bones does a human have?
x|Qu'est-ce qu'une option ?
`,
};
