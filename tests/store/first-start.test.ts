import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations, verifyStore } from '$lib/server/store/index.ts';
import { buildProgram, start, type Program, type Running } from './child.ts';
import { databases, type Place } from './databases.ts';
import { documentOf } from './documents.ts';

const SERVERS = 4;

let program: Program;
beforeAll(async () => {
  program = await buildProgram('opener');
});
afterAll(() => program.remove());

/** All that a program prints, once it has ended well. */
async function printed({ lines, ended }: Running): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  return all;
}

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('several servers that start at once on nothing', () => {
    let place: Place;
    let policies: string;
    beforeEach(async () => {
      place = await make();
      policies = await mkdtemp(path.join(tmpdir(), 'latchkey-policies-'));
      await mkdir(path.join(policies, 'desk'));
      await writeFile(path.join(policies, 'desk/1.json'), documentOf('desk', 1));
    });
    afterEach(async () => {
      await place.remove();
      await rm(policies, { recursive: true, force: true });
    });

    test('make one store: each step of the schema, the log, the key and the policies once', async () => {
      const { folder, url } = place;
      const all = Array.from({ length: SERVERS }, () => start(program, { folder, url, policies }));
      const outputs = await Promise.all(all.map(printed));
      const said = outputs.map((lines) => lines.at(-1) ?? '');
      expect(new Set(said).size, said.join('\n')).toBe(1);
      const store = await place.open();
      expect(JSON.parse(said[0] ?? '')).toEqual({ log: store.log, verifierKey: store.verifierKey });
      const steps = await store.db.selectFrom('schema_migration').select(['id', 'name']).orderBy('id').execute();
      expect(steps).toEqual(migrations.map(({ id, name }) => ({ id, name })));
      const events = await store.db.selectFrom('audit_event').select('type').execute();
      const once = ['installation.made', 'signing_key.made', 'policy.made', 'policies.imported', 'release.published'];
      for (const type of once)
        expect(
          events.filter((event) => event.type === type),
          type,
        ).toHaveLength(1);
      expect(await store.db.selectFrom('installation').select('log').execute()).toEqual([{ log: store.log }]);
      expect((await verifyStore(store)).problems).toEqual([]);
    });
  });
});
