import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONTENDERS } from '../bench/contenders/index.ts';
import { latchkeyLoad } from '../bench/contenders/latchkey-load.ts';
import { COMMAND, FIGURES } from '../bench/page.ts';

const page = readFileSync('docs/benchmarks.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The text under a heading, up to the next. */
function under(heading: string): string {
  return page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? '';
}

/** The rows of the one table under a heading, without its head. */
function rows(heading: string): readonly (readonly string[])[] {
  const lines = under(heading).split('\n');
  const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').map((cell) => cell.trim()));
  return cells.slice(2).map((row) => row.slice(1, -1));
}

const names = (heading: string) => rows(heading).map(([name]) => name);

function quoted(text: string): string {
  const [start, end] = FIGURES;
  return text.slice(text.indexOf(start), text.indexOf(end));
}

/** `1/80 of its time` is 0.0125, `3.00 ms` three million. */
function amount(text = ''): number {
  const [, inverse] = /^1\/([\d.]+) of its time$/.exec(text) ?? [];
  if (inverse !== undefined) return 1 / Number(inverse);
  const [, number, unit = ''] = /^([\d.]+)(× its time| ns| µs| ms)$/.exec(text) ?? [];
  return Number(number) * ({ ' ns': 1, ' µs': 1e3, ' ms': 1e6 }[unit] ?? 1);
}

describe('docs/benchmarks.md', () => {
  test('says the command that writes it', () => {
    expect(page).toContain(COMMAND);
    expect(manifest.scripts).toHaveProperty('bench');
  });

  test.each(['A decision, three capabilities', 'A decision, three hundred capabilities'])(
    '%s: every contender has its row',
    (heading) => {
      expect(names(heading)).toEqual(CONTENDERS.map(({ name }) => name));
    },
  );

  test('every contender says how it is set up', () => {
    const text = under('How each is set up').replaceAll(/\s+/g, ' ');
    for (const { name, setUp } of [...CONTENDERS, latchkeyLoad]) expect(text).toContain(`**${name}.** ${setUp}`);
  });

  test('every package that was measured stands there with a version', () => {
    const versions = under('How it was measured');
    for (const each of CONTENDERS) if (each.package !== undefined) expect(versions).toMatch(`${each.package} `);
  });

  const targets = rows('What we set out to reach');

  test('there are targets', () => {
    expect(targets.length).toBeGreaterThan(10);
  });

  test.each(targets.map(([claim, limit, reached, verdict]) => ({ claim, limit, reached, verdict })))(
    '$claim: at most $limit, $reached is $verdict',
    ({ limit, reached, verdict }) => {
      const [most, found] = [amount(limit), amount(reached)];
      expect(most).toBeGreaterThan(0);
      expect(found).toBeGreaterThan(0);
      // Three digits cannot tell what is right at the limit.
      if (Math.abs(found / most - 1) > 0.01) expect(verdict).toBe(found <= most ? 'met' : 'not met');
    },
  );
});

test('README.md quotes the figures of that page', () => {
  expect(quoted(readme)).toMatch(/\*\*[\d.]+ (ns|µs)\*\*/);
  expect(quoted(readme)).toBe(quoted(page));
});
