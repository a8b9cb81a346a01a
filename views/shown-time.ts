/** Times as people read them, by this machine's own calendar. */

const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric" });
const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });

/** "3 February 2026" as the language writes it. @param time milliseconds since 1970 */
export const shownTime = (time: number) => day.format(time);

/** With hours, minutes and seconds. @param time milliseconds since 1970 */
export const shownMoment = (time: number) => moment.format(time);
