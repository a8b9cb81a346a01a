/** A file of prices as MetaTrader 5 writes it: a walk of this many minutes, the same each time. */
export function largeSeries(bars: number): string {
  const rows = ["<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>"];
  const begin = Date.UTC(2020, 0, 1);
  let price = 1500;
  for (let at = 0; at < bars; at++) {
    const time = new Date(begin + at * 60_000).toISOString();
    price += Math.sin(at) * 0.3;
    const [date, clock] = [time.slice(0, 10).replaceAll("-", "."), time.slice(11, 19)];
    const prices = [price, price + 1, price - 1, price + 0.5].map((each) => each.toFixed(2)).join("\t");
    rows.push(`${date}\t${clock}\t${prices}\t${(at % 500) + 1}\t0\t12`);
  }
  return `${rows.join("\n")}\n`;
}
