/** Figures as people read them; the same words in the terminal, in the documents and for the targets. */

/** Nanoseconds. */
export function duration(nanoseconds: number): string {
  if (nanoseconds < 999.5) return `${digits(nanoseconds)} ns`;
  if (nanoseconds < 999_500) return `${digits(nanoseconds / 1e3)} µs`;
  return `${digits(nanoseconds / 1e6)} ms`;
}

export function size(bytes: number): string {
  return bytes < 999_500 ? `${digits(bytes / 1e3)} kB` : `${digits(bytes / 1e6)} MB`;
}

/** How ours compares with another's: `3.05× its time` is slower, `1/120 of its time` faster. */
export function ratio(ours: number, other: number, of = 'time'): string {
  const times = ours / other;
  return times >= 0.995 ? `${digits(times)}× its ${of}` : `1/${digits(1 / times)} of its ${of}`;
}

/** Three digits say all that a measurement knows. */
function digits(value: number): string {
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}
