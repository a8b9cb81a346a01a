/** A family in Leeds that saves. Written for this evaluation; nobody's data. */
export const family = {
  name: "family",
  facts: `
kids|children|people|Two children, Isla is 5 and Noah is 8
wife|partner|people|Priya works four days a week as an architect
pay|salary|profile|Earns 41,500 pounds a year before tax as a teacher
priya|partner's income|profile|Priya brings home 2,900 pounds a month
payday|payday|profile|The school pays on the 25th of the month
house|house|profile|A terraced house in Headingley, bought in 2017 for 238,000
mort0|mortgage|debts|184,000 left at 1.9% fixed until October 2025
term|mortgage term|debts|The mortgage runs for another 21 years
over|overpayment|debts|Up to 10% of the mortgage may be overpaid each year without a fee
car|car|profile|A Skoda Octavia from 2016, needs a new clutch
carloan|car loan|debts|3,100 pounds left on the car, 139 a month
card|credit card|debts|The Barclaycard is paid off in full each month
student|student loan|debts|Plan 2 student loan, 22,000 left
fund0|emergency fund|savings|4,500 pounds in the Marcus account
fundgoal|emergency goal|goals|Wants four months of spending as a cushion, about 12,000
isa|ISA|savings|Stocks and shares ISA at Vanguard, 250 pounds a month
etf|fund|savings|Everything in the ISA goes into VWRL
junior|junior ISA|savings|50 pounds a month for each child in a junior ISA
pens|pension|savings|Teachers' Pension, plus 100 pounds a month into a SIPP
premium|premium bonds|savings|2,000 pounds in premium bonds from grandma
will|will|legal|The will was made in 2021, Priya's sister would be the guardian
life|life insurance|insurance|Level term life cover of 250,000 until 2045, 18 pounds a month
income|income protection|insurance|Income protection pays 60% after six months of illness
homeins|home insurance|insurance|Home insurance with Aviva renews on 3 March, 312 pounds
carins|car insurance|insurance|Car insurance with Admiral, 468 pounds, renews in August
energy0|energy|bills|Octopus tracker tariff, about 165 pounds a month
broad|broadband|bills|Virgin Media 350 Mb, contract until November, 42 pounds
phone|phones|bills|Two SIM-only contracts with Giffgaff, 10 pounds each
council|council tax|bills|Band C, 172 pounds a month over ten months
water|water|bills|Yorkshire Water, metered, 38 pounds a month
food|groceries|budget|650 pounds a month for groceries, mostly Aldi
nursery|childcare|budget|After-school club costs 310 pounds a month
swim|swimming|budget|Swimming lessons for both, 56 pounds a month
holiday|holiday|goals|Two weeks in Brittany next July, budget 3,200 pounds
loft|loft conversion|goals|A loft conversion for about 48,000, in three years
uni|university|goals|Wants to give each child 15,000 for university
retire|retirement|goals|Would like to stop teaching at 62
gift|charity|budget|Gives 20 pounds a month to Shelter
split|joint account|budget|Both pay 1,900 pounds into the joint account
fun|pocket money|budget|Each of us has 200 pounds a month to spend freely
rule|spending rule|rules|Anything above 150 pounds is talked over for a night
kidrule|children's pocket money|rules|Noah gets 3 pounds a week, Isla gets 1
ethic|ethics|preferences|No tobacco or arms in our funds
risk|risk|preferences|Can live with a fall of 25%, not of 50%
tool|budgeting|tools|The budget lives in YNAB
bank|bank|accounts|Joint account with Nationwide, own account with Monzo
style|style of answers|preferences|Explain terms, no jargon, British pounds
boiler|boiler|house|The boiler is from 2009 and should be replaced soon
solar|solar panels|house|A quote of 7,900 for ten panels from Leeds Solar
tutor|tutoring|profile|Tutors maths on Thursdays, 35 pounds an hour
mum|mother|people|Mum has a power of attorney that names me
dog|dog|people|Biscuit, a beagle; pet plan costs 27 a month
mort1|mortgage|debts|Refixed in October: 178,500 at 4.3% until 2030
fund1|emergency fund|savings|The Marcus account has grown to 7,200 pounds
energy1|energy|bills|Switched to a fixed tariff of E.ON, 148 pounds a month
`,
  questions: `
p|How old are my kids?|kids
p|What does my wife do?|wife,priya
p|What do I make a year?|pay
p|When does my wage arrive?|payday
p|What did we pay for our home?|house
p|How long until the home loan is paid off?|term
p|May I pay back more of the home loan early?|over
p|What is still owed on the vehicle?|carloan
p|What is wrong with our car?|car
p|How big should our buffer be?|fundgoal,fund1
p|How much do I invest each month?|isa,junior,pens
p|Which fund do I buy?|etf
p|What do we put away for the children?|junior,uni
p|Who would look after the kids if we died?|will
p|What would the family get if I died?|life,will
p|What happens if I am ill for a long time?|income
p|When does the cover of the house renew?|homeins
p|What do we spend on food?|food
p|Where are we going next summer?|holiday
p|What do we plan to do with the attic?|loft
p|At what age do I want to quit work?|retire
p|Above which price do we sleep on a purchase?|rule
p|How much may my portfolio drop before I get nervous?|risk
p|Which companies do we not want to own?|ethic
p|Where do I plan my spending?|tool
p|Which bank are we with?|bank
p|What is our heating like?|boiler
p|What is my side income?|tutor
p|What does our pet cost?|dog
n|What is VWRL for me?|etf
n|How many Mb is our internet, and until when?|broad
n|What do we pay in Band C?|council
n|Which plan is my student loan on?|student
n|How much would ten panels cost?|solar
s|What interest do we pay on the mortgage?|mort1
s|How much is in our emergency fund?|fund1,fundgoal
s|Who supplies our electricity?|energy1
a@mort0|What is our mortgage rate?|mort0
a@fund0|How much is in the emergency fund?|fund0
a@energy0|Which energy tariff do we have?|energy0
d|Wie alt sind meine Kinder?|kids
d|Wie viel verdiene ich im Jahr?|pay
d|Wann will ich in Rente gehen?|retire,pens
f|Combien coûte notre assurance habitation ?|homeins
f|Où partons-nous en vacances ?|holiday
f|Quel âge ont mes enfants ?|kids
x|What is my passport number?
x|Which gym am I a member of?
x|What is compound interest?
x|How far away is the moon?
x|What did I study?
x|What is the capital of Peru?
x|How do I remove a stain from a shirt?
x|What is a stock split?
x|Who won the match yesterday?
x|Explain photosynthesis to me.
x|Tell me a joke.
x|Was ist eine Anleihe?
`,
};
