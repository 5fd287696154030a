import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { main, type Io } from '../../engine/cli/main.ts';
import { rowsIn } from './guide-tables.ts';
import { blocksOf, claimsIn, runPage, typeErrorsIn, type Claim } from './page.ts';

const programs = ['engine/README.md', 'docs/app-developer.md', 'docs/interop.md', 'docs/simulation.md'];
const readme = readFileSync('README.md', 'utf8');

/** The README's example leaves out where its two inputs come from. */
const inputs = `\`\`\`ts
import type { Request } from 'latchkey';
declare const policyText: string;
declare const request: Request;
\`\`\`
`;

test('every page type-checks from its first block to its last', { timeout: 120_000 }, () => {
  expect(typeErrorsIn([inputs + readme, ...programs.map((path) => readFileSync(path, 'utf8'))])).toEqual([]);
});

describe.each(programs)('%s is one program', (path) => {
  const page = readFileSync(path, 'utf8');
  const lines = claimsIn(page);
  let claims: readonly Claim[] = [];

  beforeAll(async () => {
    claims = await runPage(page);
  });

  test('it makes claims', () => {
    expect(lines.length).toBeGreaterThan(1);
    expect(claims).toHaveLength(lines.length);
  });

  test.each(lines.map((line, index) => ({ line, index })))('$line', ({ index }) => {
    expect(claims[index]?.actual).toEqual(claims[index]?.expected);
  });
});

describe('the guide for apps names all that an app has to carry out', () => {
  const guide = readFileSync('docs/app-developer.md', 'utf8');
  const typesIn = (code: string) => new Set([...code.matchAll(/\btype: '([A-Za-z-]+)'/g)].map(([, type = '']) => type));

  test('obligations that decisions come with', () => {
    const given = typesIn(readFileSync('engine/obligations.ts', 'utf8'));
    // Advice is made beside them.
    const obligations = [...given].filter((type) => type !== 'warn' && type !== 'present');
    const rows = rowsIn(guide).flatMap(({ obligation }) => obligation ?? []);
    expect(rows.toSorted()).toEqual([...obligations, 'everything else'].toSorted());
  });

  test('effects that events have', () => {
    const [, union = ''] =
      /^export type Effect =\n(.*?);\n\n/ms.exec(readFileSync('engine/session/session.ts', 'utf8')) ?? [];
    const effects = [...typesIn(union)];
    expect(effects.length).toBeGreaterThan(3);
    const told = guide.slice(guide.indexOf('The **effects**'), guide.indexOf('- A session starts **online**'));
    expect(effects.filter((type) => !told.includes(`\`${type}\``))).toEqual([]);
  });
});

describe('the commands that README.md shows', () => {
  const commands = blocksOf(readme, 'sh').flatMap((block) => block.match(/^npx latchkey .+$/gm) ?? []);

  const silent: Io = {
    stdout: () => undefined,
    stderr: () => undefined,
    stdin: () => Promise.resolve(new Uint8Array()),
    env: {},
    cwd: process.cwd(),
    columns: undefined,
    isTTY: false,
  };

  test('there are some', () => {
    expect(commands.length).toBeGreaterThan(2);
  });

  test.each(commands)('%s ends well', async (command) => {
    expect(await main(command.split(' ').slice(2), silent)).toBe(0);
  });
});
