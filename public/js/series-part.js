/**
 * A window of a series: points as the server sent them, in columns. It computes no figure. Its times are those of the reader's clock;
 * to the chart's library they rise strictly, as it needs: bars of one time, and an autumn's second hour, come a millisecond later.
 */
globalThis.SeriesPart = class SeriesPart {
  /** @param address of the series, with its indicators @throws Error when it is not sent */
  static async fetch(address, query) {
    const reply = await fetch(`${address}&${query}`);
    if (!reply.ok) throw new Error(`The series was not sent: ${reply.status}`);
    const sent = await reply.json();
    const changes = new Map(sent.offsets.map(({ at, seconds }) => [at, seconds]));
    let offset = 0;
    const shown = sent.time.map((time, index) => {
      offset = changes.get(index) ?? offset;
      return time + offset * 1000;
    });
    return new SeriesPart({ ...sent, shown });
  }

  constructor(columns) {
    Object.assign(this, columns);
    let before = Number.NEGATIVE_INFINITY;
    this.clock = this.shown.map((time) => {
      before = Math.max(time / 1000, before + 0.001);
      return before;
    });
  }

  /** The last point. */
  get end() {
    return this.time.length - 1;
  }

  /** The place of the first bar behind it. */
  get after() {
    return this.start + this.time.length * this.step;
  }

  get hasFirst() {
    return this.start === 0;
  }

  get hasLast() {
    return this.after >= this.rows;
  }

  within(index) {
    return Math.min(this.end, Math.max(0, Math.round(index)));
  }

  /** The point that had begun by a time; -1: none. */
  at(time) {
    return this.time.findLastIndex((each) => each <= time);
  }

  line(word, name) {
    const found = this.indicators.find(({ indicator }) => indicator === word);
    return found?.lines.find((line) => line.name === name);
  }

  /** With the window that follows it, and without so many points of its beginning and its end. */
  followedBy(next, left, right) {
    const length = this.time.length + next.time.length;
    const cut = (mine, others) => [...mine, ...others].slice(left, length - right);
    const later = ({ from, to }) => ({ from: from + this.time.length, to: to + this.time.length });
    const runs = (mine, others) =>
      [...mine, ...others.map(later)]
        .map(({ from, to }) => ({
          from: Math.max(left, from) - left,
          to: Math.min(length - right, to) - left,
        }))
        .filter(({ from, to }) => to > from);
    const names = ["time", "shown", "open", "high", "low", "close", ...(this.volume ? ["volume"] : [])];
    return new SeriesPart({
      ...{ ...next, start: this.start + left * this.step },
      ...Object.fromEntries(names.map((name) => [name, cut(this[name], next[name])])),
      indicators: next.indicators.map((indicator, index) => ({
        ...indicator,
        lines: indicator.lines.map((line, at) => {
          const mine = this.indicators[index].lines[at];
          return {
            ...line,
            values: cut(mine.values, line.values),
            settling: runs(mine.settling, line.settling),
          };
        }),
      })),
    });
  }
};
