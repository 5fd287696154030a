/** The one stretch in which two texts differ. */
export interface Replacement {
  readonly offset: number;
  readonly length: number;
  /** What takes its place. */
  readonly by: string;
}

/** The shortest stretch of `before` to replace so that it becomes `after`; never cuts a character or a line end in two. */
export function replacement(before: string, after: string): Replacement {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (joined(before, start) || joined(after, start)) start -= 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (joined(before, before.length - end) || joined(after, after.length - end)) end -= 1;
  return { offset: start, length: before.length - end - start, by: after.slice(start, after.length - end) };
}

/** True when a cut at `at` would part a surrogate pair or a CRLF. */
function joined(text: string, at: number): boolean {
  return /[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n/.test(text.slice(Math.max(0, at - 1), at + 1)) && at > 0;
}
