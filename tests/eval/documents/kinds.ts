/**
 * Eight kinds of reports as they come from companies, insurers, banks and brokers. `?` asks for the line before it, `!` asks for
 * what the report does not say; `{…}` is drawn by seed. Kinds in `heldOut` are never looked at while constants are chosen.
 */

export const heldOut: readonly string[] = ["pension", "lease", "research", "statement"];

export const kinds: Readonly<Record<string, string>> = {
  annual: `
# Annual report {year} of {company}
## Letter to the shareholders
The past year asked much of our teams, and they delivered. Demand recovered in most regions, although energy stayed expensive.
We thank our customers for their trust, and our suppliers for their patience in a difficult market.
## Revenue and earnings
Revenue rose by {pct} to {money} million euros, mainly because of new subscriptions.
? How much revenue did the company make?
The gross margin was {pct}, because freight became cheaper.
? What was the gross margin?
Net income fell to {money} million euros after a write-down of goodwill.
? How high was the net profit?
## Dividend
The board proposes a dividend of {small} euros a share, payable in May.
? What dividend is proposed for each share?
## Employees
At the end of the year {count} people worked for the group, a third of them abroad.
? How many employees does the group have?
## Segments
| Segment | Revenue | Operating profit |
| Software | {money} | {small} |
? How much revenue did the software segment have?
| Services | {money} | {small} |
| Hardware | {money} | {small} |
Figures of segments are in millions of euros (1). Transfers between segments are priced as among strangers.
(1) Without discontinued operations. Rounding may lead to differences.
## Debt
Net debt was {money} million euros, and the credit line of the banks runs until {later}.
? How large is the net debt?
? Until when does the credit line run?
## Outlook
For the coming year the board expects revenue to grow by between {pct} and {pct}.
? What growth does the board expect for next year?
## Accounting principles
The statements follow international standards. Goodwill is tested for impairment every year. Leases are shown in the balance sheet.
Foreign currencies are converted at the rate of the balance sheet's date; differences go to equity.
! What is the salary of the chief executive?
! How many patents does the company hold?
! When was the company founded?
! How much water do the factories use?
! Who audits the accounts?
! What does the company pay for advertising?
! How many women sit on the supervisory board?
`,
  policy: `
# Household insurance policy {number}
## What is insured
Furniture, clothes and appliances in the flat are insured against fire, burglary and burst pipes.
? Which dangers is the furniture insured against?
Bicycles are insured up to {amount} euros when they are locked.
? Up to what sum are bicycles covered?
Cash is insured up to {amount} euros, jewellery up to a fifth of the sum insured.
? How much cash is covered?
## Sum insured and premium
The sum insured is {big} euros and grows with the index of prices.
? What is the sum insured?
The premium is {amount} euros a year and is due on the first of {month}.
? What does the insurance cost each year?
? When must the premium be paid?
## Excess
For each claim you bear {amount} euros yourself; for damage by storms it is twice as much.
? How much of a claim do I pay myself?
## What you must do
Report damage within {days} days, by letter or in the application. Do not repair anything before an expert has seen it.
? Within how many days must damage be reported?
Lock doors and windows when you leave, and close the tap of the washing machine.
## Exclusions
War, nuclear energy and damage that was caused on purpose are not insured. Pets are not insured either.
## Notice
Either side may give notice three months before the end of the year of insurance, which ends on the last day of {month}.
? How long is the period of notice?
## Table of benefits
| Benefit | Limit | Waiting time |
| Hotel after a fire | {amount} euros | none |
? How much is paid for a hotel after a fire?
| Locksmith | {amount} euros | none |
| Rent abroad | {amount} euros | {days} days |
Limits apply to each claim (1) and are paid once a year at most.
(1) Several claims of one cause count as one.
! Is my car insured?
! Does the policy cover a dentist?
! What is the telephone number of the claims department?
! How large is the flat in square metres?
! Are earthquakes covered?
! Who is the broker of the contract?
! What rebate do I get for paying monthly?
`,
  factsheet: `
# {company} Global Income Fund, factsheet {month} {year}
## Aim of the fund
The fund invests in bonds and shares of large companies that pay dividends, and hedges half of the dollar.
? What does the fund invest in?
## Costs
The ongoing charge is {pct} a year. The entry fee is at most {pct}, and there is no exit fee.
? How high is the ongoing charge?
? What is the entry fee?
A performance fee of {pct} is taken of what exceeds the index.
? How large is the performance fee?
## Size and price
The volume of the fund is {money} million euros, and a share is worth {amount} euros.
? How large is the fund?
## Returns
| Period | Fund | Index |
| 1 year | {pct} | {pct} |
? What return did the fund make in 1 year?
| 3 years | {pct} | {pct} |
| 5 years | {pct} | {pct} |
Past returns say nothing about future ones (1).
(1) After costs, without taxes.
## Risk
The fund is in risk class {digit} of 7. Its volatility over three years was {pct}.
? In which risk class is the fund?
? How volatile was the fund?
## Largest holdings
| Holding | Share |
| {name} | {pct} |
| {name} | {pct} |
| {name} | {pct} |
## Distribution
Income is distributed each {month}; the last distribution was {small} euros a share.
? How much was distributed last?
## Custodian
The securities are kept by {name} Bank, apart from the assets of the manager.
? Which bank keeps the securities?
## Notes
This is advertising. Decide after reading the prospectus. Exchange rates may raise or lower returns.
! Who manages the fund?
! What is the minimum investment?
! How many bonds does the fund hold?
! What is the fund's carbon footprint?
! What is the duration of the bonds?
! In which city is the fund registered?
`,
  fees: `
# Price list of {company} Brokerage
## Trading
An order at a domestic exchange costs {small} euros plus {pct} of its value.
? What does an order at a domestic exchange cost?
At foreign exchanges the commission is {pct}, at least {amount} euros.
? What commission is charged at foreign exchanges?
Savings plans in funds are free of charge from {amount} euros a month.
? From what monthly amount are savings plans free?
## Account
Keeping the account costs nothing as long as it has {count} euros or more, otherwise {small} euros a month.
? What is the monthly fee for a small account?
Interest on balances is {pct} a year, paid every quarter.
? How much interest do I get on my balance?
## Margin
Loans against securities cost {pct} a year. A margin call comes when less than {pct} of the value is left.
? What interest do loans against securities carry?
? When does a margin call come?
## Currencies
Exchanging currencies costs {pips} pips of the rate in the middle.
? What does exchanging currencies cost?
## Transfers
| Service | Price |
| Transfer of a portfolio | free |
| Urgent payment | {small} euros |
? What does an urgent payment cost?
| Paper statement | {small} euros |
Prices include taxes (1). Telephone orders cost more.
(1) Without the tax on transactions, which foreign states may take.
## Inactivity
After {digit} years without an order the account may be closed with notice of two months.
? After how long may an inactive account be closed?
## General terms
Complaints are answered within ten working days. The law of the broker's seat applies.
! Can I trade options?
! What does the mobile application cost?
! How is my password reset?
! Is there a bonus for new customers?
! How much may I deposit by credit card?
! Which computers does the trading platform run on?
`,
  pension: `
# Pension statement {year} for member {number}
## Your benefits
At the age of {age} you will get a pension of {amount} euros a month for life.
? How much pension will I get every month?
? From which age is the pension paid?
As an alternative a single payment of {big} euros can be chosen three months before.
? How large is the lump sum?
## Contributions
Your employer pays {pct} of your salary, and you pay {pct} yourself.
? What share of my salary does the employer pay in?
In the past year {amount} euros were paid in, without voluntary payments.
? How much was paid in last year?
## Return
The savings earned {pct}; the guaranteed rate of interest is {pct}.
? What interest did my savings earn?
## In case of death
Your partner gets {pct} of the pension, and each child gets an orphan's pension until it is {age}.
? What does my partner receive if I die?
## Disability
After {days} weeks of illness a disability pension of {amount} euros a month is paid.
? What is paid if I become disabled?
## History
| Year | Paid in | Balance |
| {year} | {amount} | {big} |
| {later} | {amount} | {big} |
Balances are as of the last day of the year (1).
(1) Before administration costs.
## Costs
Administration costs {amount} euros a year and is taken from the balance.
? What does the administration cost a year?
## Good to know
Inform us about a new address. Divorce leads to a division of what was earned during the marriage.
! Can I borrow against my pension for a house?
! Who sits on the board of trustees?
! How is the money invested in shares?
! Is the pension taxed in Spain?
! What is my login for the portal?
! When was the scheme established?
`,
  lease: `
# Lease of flat {digit} in {name} Street
## Rent
The rent is {amount} euros a month, and {amount} euros are paid in advance for heating and water.
? How much is the rent?
? What is paid in advance for heating?
The rent is raised each year by {pct} on the first of {month}.
? By how much does the rent rise each year?
## Deposit
The tenant pays a deposit of {count} euros, which earns interest at a bank.
? How large is the deposit?
## Term
The lease begins on the first of {month} {year} and ends after {digit} years.
? When does the lease begin?
Both sides can end it with {days} days' notice from the second year on.
? What is the notice for ending the lease?
## Use
Pets other than small ones need the landlord's consent. Smoking is forbidden in the staircase.
? May I keep a dog?
Subletting of single rooms is allowed for at most {digit} months a year.
? For how long may rooms be sublet?
## Repairs
The tenant bears small repairs up to {amount} euros each; the landlord bears the others.
? Which repairs must the tenant pay?
## Rooms
| Room | Square metres |
| Kitchen | {small} |
? How large is the kitchen?
| Bedroom | {small} |
| Hall | {small} |
Areas are measured along the walls (1).
(1) Balconies count by half.
## Keys
Three keys were handed over. Lost keys are replaced at the tenant's cost.
? How many keys were handed over?
! Is there a parking space?
! Who cleans the staircase?
! What is the landlord's bank account?
! Which floor is the flat on?
! How fast is the internet connection?
! When was the heating installed?
`,
  research: `
# Equity research: {company}, initiation
## Summary
We begin with a recommendation to buy and a target price of {amount} euros within twelve months.
? What is the target price?
? What does the analyst recommend?
## Valuation
The shares trade at {small} times expected earnings, a discount of {pct} to their rivals.
? At what multiple of earnings do the shares trade?
Our model discounts cash flows at {pct} and assumes growth of {pct} for ever.
? Which discount rate does the model use?
## Growth
We expect sales to rise by {pct} a year until {later}, driven by the plants in Poland.
? How fast will sales grow?
Earnings a share should reach {small} euros in the next year.
? What earnings a share are expected next year?
## Risks
A strike at the port, a weaker dollar and the loss of the largest customer, who stands for {pct} of sales, are the main risks.
? What part of sales comes from the largest customer?
## Estimates
| Item | This year | Next year |
| Sales | {money} | {money} |
| Free cash flow | {money} | {money} |
? How much free cash flow is expected?
| Capital expenditure | {money} | {money} |
In millions of euros (1). Estimates are those of our analysts.
(1) The year of the company ends in {month}.
## Shareholders
The founding family owns {pct} of the votes, and funds own another third.
? How much of the votes does the family own?
## Disclosure
The bank has advised the company in the past {digit} years and may hold its shares.
! What was the share price ten years ago?
! Who is the chief financial officer?
! Does the company plan to buy back shares?
! How many factories are in China?
! What rating do the bonds have?
! When is the general meeting?
`,
  statement: `
# Loan statement {number} of {name} Savings Bank
## The loan
The loan of {big} euros is for a house and has a fixed rate of {pct} until {later}.
? What is the interest rate of the loan?
? Until when is the rate fixed?
The instalment is {amount} euros, taken from your account on the fifteenth of each month.
? How high is the instalment?
? On which day is the instalment taken?
## Balance
At the end of {year} the balance was {big} euros.
? What was the balance at the end of the year?
In the year {amount} euros of interest and {amount} euros of principal were paid.
? How much interest was paid in the year?
## Extra payments
You may repay {pct} of the loan each year without a fee.
? What extra payment is free each year?
Beyond that the bank charges {pct} of what is repaid early.
? What does early repayment cost?
## Collateral
A charge of {big} euros on the house is registered; it falls with the balance.
? How large is the charge on the house?
## Plan
| Year | Interest | Principal |
| {year} | {amount} | {amount} |
| {later} | {amount} | {amount} |
The plan assumes that the rate stays as it is (1).
(1) After the fixed period the market decides.
## Insurance
The building must be insured against fire for as long as the loan runs.
? Against what must the building be insured?
## Contact
Questions are answered in the branch. Please have your number ready.
! What is the value of the house today?
! Can a second borrower join the loan?
! What are the opening hours of the branch?
! How do I change my address?
! Is there a discount for a solar roof?
! What does a new savings account pay?
`,
};

/** What reports say besides, in whatever order: many pages that answer nothing. */
export const padding: readonly string[] = [
  "Figures are rounded. Small differences in sums follow from that and are of no importance to the reader of these pages.",
  "Words in this document that name a man or a woman mean both. The German version decides where two versions differ.",
  "Statements about the future depend on many things that nobody controls. Events may turn out otherwise than is assumed here.",
  "No part of this document is an offer or a request to make an offer. It replaces no advice that takes your situation into account.",
  "The document was made with care. Nobody answers for its being complete, as far as the law allows that to be excluded.",
  "Trade marks belong to those who have registered them. Their being named here does not say that they are free to use.",
  "Please read these pages together with the appendix, which explains terms and methods, and keep both with your papers.",
  "Changes are told in writing. Whoever does not object within the time that is named there agrees to them.",
  "Personal data are used only for what they were given for. You may ask at any time what is kept, and have errors mended.",
  "Should a part of these terms be void, the others stand. In its place comes what is nearest to what was wanted.",
];
