const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A written duration in milliseconds: the sum of its parts. */
export function milliseconds(written: string): number {
  let sum = 0;
  for (const [, count, unit] of written.matchAll(/([0-9]+)(ms|d|h|m|s)/g))
    sum += Number(count) * (UNITS[unit ?? ''] ?? NaN);
  return sum;
}
