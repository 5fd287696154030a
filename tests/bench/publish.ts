/** Puts what a run found where people read it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { FIGURES, figures, page } from './page.ts';
import type { Results } from './results.ts';

const PAGE = 'docs/benchmarks.md';
const README = 'README.md';

/** Text from data has no line breaks of its own. */
async function formatted(text: string, path: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), filepath: path, proseWrap: 'always' });
}

/** The page as it is published. */
export function pageOf(results: Results): Promise<string> {
  return formatted(page(results), PAGE);
}

/** Writes the page, and the figures that README.md quotes. */
export async function publish(results: Results): Promise<void> {
  const readme = readFileSync(README, 'utf8');
  const [start, end] = FIGURES;
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${README} has no place for the figures: ${start} … ${end}`);
  const quoted = await formatted(figures(results), README);
  writeFileSync(README, readme.slice(0, from) + quoted.trimEnd() + readme.slice(to + end.length));
  writeFileSync(PAGE, await pageOf(results));
}
