/**
 * Windows of a series: points as the server sent them, in columns. No figure is computed. Times are those of the reader's clock; for
 * the chart's library they rise strictly, as it needs: bars of one time, and an autumn's second hour, come a millisecond later.
 */

/** @param address of the series, with its indicators @throws Error when it is not sent */
async function fetchPart(address, query) {
  const reply = await fetch(`${address}&${query}`);
  if (!reply.ok) throw new Error(`The series was not sent: ${reply.status}`);
  const sent = await reply.json();
  const changes = new Map(sent.offsets.map(({ at, seconds }) => [at, seconds]));
  let offset = 0;
  const shown = sent.time.map((time, index) => {
    offset = changes.get(index) ?? offset;
    return time + offset * 1000;
  });
  return rising({ ...sent, shown });
}

function rising(part) {
  let before = Number.NEGATIVE_INFINITY;
  const clock = part.shown.map((time) => {
    before = Math.max(time / 1000, before + 0.001);
    return before;
  });
  return { ...part, clock };
}

/** Two windows that follow each other, without so many points of the beginning and the end. */
function joinedParts(one, next, left, right) {
  const mine = one.time.length;
  const end = mine + next.time.length - right;
  const cut = (first, second) => [...first, ...second].slice(left, end);
  const later = ({ from, to }) => ({ from: from + mine, to: to + mine });
  const runs = (first, second) =>
    [...first, ...second.map(later)]
      .map(({ from, to }) => ({ from: Math.max(left, from) - left, to: Math.min(end, to) - left }))
      .filter(({ from, to }) => to > from);
  const hasVolume = one.volume || next.volume;
  const columns = ["time", "shown", "open", "high", "low", "close", ...(hasVolume ? ["volume"] : [])];
  // Of files without volume there is none; its place is kept.
  const of = (part, name) => part[name] ?? part.time.map(() => null);
  return rising({
    ...{ ...next, start: one.start + left * one.step },
    ...Object.fromEntries(columns.map((name) => [name, cut(of(one, name), of(next, name))])),
    indicators: next.indicators.map((indicator, index) => ({
      ...indicator,
      lines: indicator.lines.map((line, at) => {
        const { values, settling } = one.indicators[index].lines[at];
        return { ...line, values: cut(values, line.values), settling: runs(settling, line.settling) };
      }),
    })),
  });
}

/** undefined: the indicator has none of it. */
const lineIn = (part, word, name) =>
  part.indicators.find(({ indicator }) => indicator === word)?.lines.find((line) => line.name === name);

Object.assign(globalThis, { fetchPart, joinedParts, lineIn });
