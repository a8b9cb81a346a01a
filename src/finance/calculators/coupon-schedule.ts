/** The coupon days of a bond, counted back from its maturity, and the part of a period that has passed. */
export const dayCounts = ["ACT/ACT", "30/360"] as const;
type DayCount = (typeof dayCounts)[number];

export interface CouponSchedule {
  /** The day of the last coupon, and of the next: days since 1970-01-01. */
  readonly last: number;
  readonly next: number;
  /** Coupons still to come, the one at maturity among them. */
  readonly coupons: number;
  /** The part of the running period that has passed, from 0 to below 1. */
  readonly passed: number;
  /** Of the running period, by the day count. */
  readonly passedDays: number;
  readonly periodDays: number;
}

/**
 * @param perYear coupons a year
 * @param settlement before `maturity`; both are days since 1970-01-01
 */
export function couponSchedule(
  settlement: number,
  maturity: number,
  perYear: number,
  dayCount: DayCount,
): CouponSchedule {
  let coupons = 1;
  while (monthsBefore(maturity, (12 / perYear) * coupons) > settlement) coupons++;
  const last = monthsBefore(maturity, (12 / perYear) * coupons);
  const next = monthsBefore(maturity, (12 / perYear) * (coupons - 1));
  const passedDays = dayCount === "ACT/ACT" ? settlement - last : days360(last, settlement);
  const periodDays = dayCount === "ACT/ACT" ? next - last : 360 / perYear;
  return { last, next, coupons, passed: passedDays / periodDays, passedDays, periodDays };
}

/** A bond that matures on a month's last day pays on the last day of every coupon's month. */
function monthsBefore(maturity: number, months: number): number {
  const [year, month, day] = partsOf(maturity);
  const isLastDay = day === lastDayOf(year, month);
  const end = lastDayOf(year, month - months);
  return Date.UTC(year, month - months, isLastDay ? end : Math.min(day, end)) / 86_400_000;
}

const lastDayOf = (year: number, month: number): number =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** 30/360 US: months of 30 days, and February's last day is the 30th where the count begins. */
function days360(from: number, to: number): number {
  const [year1, month1, day1] = partsOf(from);
  const [year2, month2, day2] = partsOf(to);
  const isFebruaryEnd = month1 === 1 && day1 === lastDayOf(year1, month1);
  const start = isFebruaryEnd ? 30 : Math.min(day1, 30);
  const endsInFebruary = isFebruaryEnd && month2 === 1 && day2 === lastDayOf(year2, month2);
  const end = endsInFebruary || (day2 === 31 && start === 30) ? 30 : day2;
  return (year2 - year1) * 360 + (month2 - month1) * 30 + (end - start);
}

/** The month counts from 0. */
function partsOf(dayNumber: number): readonly [year: number, month: number, day: number] {
  const date = new Date(dayNumber * 86_400_000);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}
