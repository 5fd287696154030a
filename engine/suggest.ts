/** "Did you mean": the one known word a small slip away from what was written. */

/** Beyond this many known words only another spelling of the same letters is looked for: comparing all would be slow. */
const MANY = 500;

/** The known word nearest to `written`: same letters in another case or spelling, else at most two slips away. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const plain = flatten(written);
  const same = known.find((word) => flatten(word) === plain);
  if (same !== undefined || known.length > MANY) return same;
  const most = plain.length < 3 ? 0 : plain.length < 6 ? 1 : 2;
  let best: string | undefined;
  let bestSlips = most + 1;
  for (const word of known) {
    const slips = slipsBetween(plain, flatten(word), bestSlips - 1);
    if (slips >= bestSlips) continue;
    best = word;
    bestSlips = slips;
  }
  return best;
}

/** Help for a word that is not known: the nearest one when there is one. */
export function didYouMean(written: string, known: readonly string[]): string | undefined {
  const word = nearest(written, known);
  return word === undefined ? undefined : `did you mean \`${word}\`?`;
}

function flatten(word: string): string {
  return word.toLowerCase().replaceAll(/[-_. ]/g, '');
}

/** Letters to add, drop, change or swap with a neighbour; anything above `most` once it is known to be more. */
function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let slips = Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      row.push(slips);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
