/** Waiting times as a table in Markdown. */

/** How long one thing took, in milliseconds: a list for each database. */
export interface Waited {
  readonly name: string;
  readonly limit: number | undefined;
  readonly times: readonly (readonly number[])[];
}

/** What this share of the times stays below. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

const cell = (times: readonly number[]) => `${quantile(times, 0.5).toFixed(1)} (${quantile(times, 0.95).toFixed(1)})`;

/** The median and, in brackets, what 95 of 100 stay below; with two databases, how the medians compare. */
export function wallTable(databases: readonly string[], rows: readonly Waited[]): string {
  const compared = databases.length === 2;
  const heads = ['ms: median (95 %)', ...databases, ...(compared ? ['ratio'] : [])];
  const lines = rows.map(({ name, times }) => {
    const [first = [], second = []] = times;
    const ratio = quantile(first, 0.5) / quantile(second, 0.5);
    return [name, ...times.map(cell), ...(compared ? [ratio.toFixed(2)] : [])];
  });
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const row = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [row(heads), rule, ...lines.map(row)].join('\n');
}
