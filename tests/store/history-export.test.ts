import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '$lib/server/store/index.ts';
import { run } from '../engine/cli-harness.ts';
import { databases, type Place } from './databases.ts';
import { fill } from './history.ts';
import { teller } from './told.ts';
import { zipFrom } from './unpacked.ts';

const HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>"\u2028';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('an evidence export', () => {
    let place: Place;
    let store: Store;
    let folder: string;
    let zip: Buffer;
    let files: Readonly<Record<string, Uint8Array>>;
    const textOf = (name: string): string => strFromU8(files[name] ?? new Uint8Array());

    beforeAll(async () => {
      place = await make();
      folder = await mkdtemp(path.join(tmpdir(), 'latchkey-export-'));
      store = await place.open();
      await fill(store, 150);
      const told = teller(store, 'told');
      await store.write(async ({ at, record }) => {
        const row = { id: 'told', created_at: at, created_by: 'u-author' };
        await record({ type: 'policy.made', actor: 'u-author', subject: 'policy/told' }, [['policy', row]]);
      });
      const first = await told.submit(1, { message: HOSTILE });
      const approval = await told.review(first, 'u-approver', 'approve', HOSTILE);
      const [environment, approvals] = ['production', JSON.stringify([approval])];
      await told.publish(first, { environment, seq: 1000, approvals, reason: HOSTILE, ticket: '@SUM(A1)' });
      zip = await zipFrom(store);
      files = unzipSync(zip);
    });
    afterAll(async () => {
      await place.remove();
      await rm(folder, { recursive: true, force: true });
    });

    test('holds what an auditor asks for', () => {
      const names = Object.keys(files);
      for (const name of ['events.ndjson', 'events.csv', 'reviews.csv', 'releases.csv', 'summary.html', 'VERIFY.txt']) {
        expect(names).toContain(name);
      }
      expect(names).toContain('rows/release.ndjson');
      expect(names).toContain('revisions/told/1.json');
      expect(names.filter((name) => name.startsWith('keys/'))).toHaveLength(1);
      expect(names.filter((name) => name.startsWith('timelines/')).length).toBeGreaterThan(10);
      expect(names.at(-1)).toBe('manifest.json');
      expect(textOf('revisions/told/1.json')).toBe('{\n  "version": 1,\n  "title": "Notes"\n}\n');
    });

    test('verifies without a server, as a zip and unpacked', async () => {
      const file = path.join(folder, 'evidence.zip');
      await writeFile(file, zip);
      const { code, stdout, stderr } = await run(['verify', file]);
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('✓ nothing was altered, added or left out');
    });

    test('is the same bytes for the same state', async () => {
      expect((await zipFrom(store)).equals(zip)).toBe(true);
    });

    test('no text of a policy becomes markup or a formula', () => {
      expect(textOf('summary.html')).toContain('&#60;script&#62;');
      expect(textOf('summary.html')).not.toMatch(/<script|javascript:|onerror/i);
      for (const name of ['events.csv', 'reviews.csv', 'releases.csv']) {
        expect(textOf(name)).not.toMatch(/(^|,)"[=+\-@\t\r]/m);
      }
      expect(textOf('reviews.csv')).toContain(`"'=HYPERLINK(""http://x"",""y"")`);
      expect(textOf('releases.csv')).toContain(`"'@SUM(A1)"`);
    });

    test('made while others write is whole, and leaves out what came later', async () => {
      let stop = false;
      const notes = teller(store, 'told');
      const writing = (async () => {
        for (let number = 2; !stop; number += 1) {
          await notes.submit(number);
          await breathe();
        }
      })();
      const during = await zipFrom(store);
      stop = true;
      await writing;
      const file = path.join(folder, 'during.zip');
      await writeFile(file, during);
      const { code, stdout, stderr } = await run(['verify', file]);
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    });
  });
});
