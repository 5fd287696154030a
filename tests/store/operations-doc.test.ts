import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../editor/command/main.ts';
import { openMetrics } from '$lib/server/http/index.ts';
import { databases } from './databases.ts';

const page = readFileSync('docs/operations.md', 'utf8');
const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes('node_modules'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
const code = [
  ...sources('editor/lib/server'),
  ...sources('editor/command'),
  ...['editor/hooks.server.ts', 'scripts/start.mjs'].map((file) => readFileSync(file, 'utf8')),
];

/** Read by the adapter that SvelteKit serves with, not by us. */
const ADAPTERS = ['ADDRESS_HEADER', 'XFF_DEPTH', 'SHUTDOWN_TIMEOUT'];
/** What `scripts/start.mjs` sets for the server it starts, and nobody else. */
const OWN = ['BODY_SIZE_LIMIT'];

async function help(...argv: readonly string[]): Promise<string> {
  let said = '';
  const listen = (text: string): void => void (said += text);
  const io = { stdout: listen, stderr: listen, env: {}, cwd: '.', columns: null, now: () => 0 };
  expect(await main([...argv, '--help'], io), said).toBe(0);
  return said;
}

test('the table of settings is all variables that are read, and no other', () => {
  const told = [...page.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name = '']) => name);
  const adapter = readFileSync('node_modules/@sveltejs/adapter-node/files/env.js', 'utf8');
  for (const name of ADAPTERS) expect(adapter).toContain(`'${name}'`);
  const read = code.flatMap((text) => [
    ...[...text.matchAll(/\benv(?:\[')([A-Z_]+)'\]/g)].map(([, name = '']) => name),
    ...[...text.matchAll(/(?:process\.env\.|(?:needed|address)\(env, ')([A-Z_]+)/g)].map(([, name = '']) => name),
  ]);
  expect(told.toSorted()).toEqual(
    [...new Set([...read, ...ADAPTERS])].filter((name) => !OWN.includes(name)).toSorted(),
  );
});

test('every script that is named is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: object };
  const named = [...page.matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(2);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test('no other variable of ours is named', () => {
  const named = [...page.matchAll(/\bLATCHKEY_[A-Z_]*[A-Z]\b/g)].map(([name]) => name);
  for (const name of named)
    expect(
      code.some((text) => text.includes(name)),
      name,
    ).toBe(true);
});

test('every command is there with the options that are named, and none is left out', async () => {
  const usage = await help();
  const listed = [...usage.matchAll(/^ {2}latchkey-server ([a-z]+)/gm)].map(([, name = '']) => name);
  const commands = [...page.matchAll(/npx latchkey-server ([^`\n|]+)/g)].map(([, words = '']) =>
    words.trim().split(' '),
  );
  const ours = commands.filter(([name = '']) => name !== '<command>');
  expect([...new Set(ours.map(([name = '']) => name))].toSorted()).toEqual(listed.toSorted());
  const table = page.slice(page.indexOf('## Commands'), page.indexOf('## Settings'));
  for (const name of listed) expect(table, name).toContain(`\`npx latchkey-server ${name}`);
  for (const [name = '', ...words] of ours) {
    const said = await help(name);
    for (const option of words.filter((word) => word.startsWith('--')))
      expect(said, `${name} ${option}`).toContain(option);
  }
  for (const name of listed) {
    const own = [...(await help(name)).matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option = '']) => option);
    for (const option of own) expect(page, `${name} ${option}`).toContain(option);
  }
});

test('codes, figures and addresses are those of the server', async () => {
  const [sqlite] = await databases();
  const place = await sqlite?.place();
  const store = await place?.open();
  if (place === undefined || store === undefined) throw new TypeError('SQLite is always there');
  try {
    const figures = await openMetrics(store).text();
    const named = [...page.matchAll(/`(latchkey_[a-z_]+)`/g)].map(([, name = '']) => name);
    expect(named).toHaveLength(3);
    for (const name of named) expect(figures).toContain(name);
  } finally {
    await place.remove();
  }
  const codes = [...page.matchAll(/^\| \d{3} `([a-z_]+)`/gm)].map(([, name = '']) => name);
  expect(codes.length).toBeGreaterThan(3);
  for (const each of codes)
    expect(
      code.some((text) => text.includes(`'${each}'`)),
      each,
    ).toBe(true);
  for (const route of ['healthz', 'readyz', 'metrics']) {
    expect(page).toContain(`\`/${route}\``);
    expect(readdirSync(`editor/routes/${route}`)).toEqual(['+server.ts']);
  }
});
