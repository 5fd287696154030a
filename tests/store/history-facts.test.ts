import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  inForceAt,
  integrity,
  listEvents,
  releasesOf,
  revisionsOf,
  segregationReport,
} from '$lib/server/history/index.ts';
import type { Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { teller } from './told.ts';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('history', () => {
    let place: Place;
    let store: Store;
    const at: Record<string, number> = {};

    beforeAll(async () => {
      place = await make();
      store = await place.open();
      const notes = teller(store);
      await notes.begin();

      const first = await notes.submit(1);
      const approval = await notes.review(first, 'u-approver', 'approve');
      const green = await notes.run(first, 1);
      const approvals = JSON.stringify([approval]);
      at['first'] = (
        await notes.publish(first, { environment: 'production', seq: 1, approvals, simulation_run: green })
      ).at;

      const second = await notes.submit(2);
      await notes.review(second, 'u-approver', 'request_changes', 'too wide');
      await notes.review(second, 'u-admin', 'request_changes');
      const changed = await notes.review(second, 'u-approver', 'approve');
      const own = await notes.review(second, 'u-helper', 'approve');
      const red = await notes.run(second, 0);
      at['second'] = (
        await notes.publish(second, {
          ...{ environment: 'production', seq: 2, approvals: JSON.stringify([changed, own]), simulation_run: red },
          published_by: 'u-author',
        })
      ).at;
      await notes.publish(second, { environment: 'staging', seq: 1, approvals: JSON.stringify([approval]) });

      const third = await notes.submit(3);
      const urgent = await notes.publish(third, { environment: 'production', seq: 3, kind: 'break_glass' });
      const later = await notes.publish(third, { environment: 'production', seq: 4, kind: 'break_glass' });
      await notes.lookBack(later.id, 'u-helper', 'object');
      at['third'] = urgent.at;
      await notes.publish(third, { environment: 'staging', seq: 2 });
    });
    afterAll(async () => place.remove());

    test('pages of the log, newest first, without gap or repetition, whatever is written meanwhile', async () => {
      const whole = await listEvents(store, { limit: 500 });
      expect(whole.next).toBeNull();
      const seqs: number[] = [];
      for (let before: number | undefined; ;) {
        const { events, next } = await listEvents(store, { limit: 3, before });
        seqs.push(...events.map(({ seq }) => seq));
        if (next === null) break;
        before = next;
      }
      expect(seqs).toEqual(whole.events.map(({ seq }) => seq));
      expect(seqs.at(-1)).toBe(1);
      expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
    });

    test('filters, alone and together', async () => {
      const types = async (filter: object) =>
        (await listEvents(store, { limit: 500, ...filter })).events.map(({ type }) => type);
      expect(await types({ type: 'policy.made' })).toEqual(['policy.made']);
      expect(new Set(await types({ type: 'release.' }))).toEqual(
        new Set(['release.published', 'release.looked_back_at']),
      );
      expect(await types({ policy: 'other' })).toEqual([]);
      expect(await types({ policy: 'notes', actor: 'u-admin' })).toEqual(['review.given']);
      expect(await types({ environment: 'staging' })).toEqual(['release.published', 'release.published']);
      expect(await types({ environment: 'stag' })).toEqual([]);
      expect(await types({ from: at['first'], to: (at['first'] ?? 0) + 1 })).toEqual(['release.published']);
    });

    test('an entry tells what it says, and which rows came of it', async () => {
      const { events } = await listEvents(store, { type: 'release.published', environment: 'staging', limit: 1 });
      expect(events[0]).toMatchObject({
        ...{ actor: 'u-publisher', subject: 'policy/notes', data: { environment: 'staging', seq: 2 } },
        rows: [{ table: 'release' }],
      });
      expect(events[0]?.data).not.toHaveProperty('rows');
    });

    test('revisions: who, why, on whose word, and where each went', async () => {
      const [third, second, first] = await revisionsOf(store, 'notes');
      expect(first).toMatchObject({
        ...{ number: 1, author: 'u-author', message: 'Change 1', approvedBy: ['u-approver'], changesAskedBy: [] },
        ...{ green: true, comments: 0, releases: [{ environment: 'production', seq: 1 }] },
      });
      expect(second).toMatchObject({
        approvedBy: ['u-approver', 'u-helper'],
        changesAskedBy: ['u-admin'],
        green: false,
      });
      expect(second?.reviews.map(({ verdict }) => verdict)).toHaveLength(4);
      expect(third).toMatchObject({ green: null, approvedBy: [], releases: [{ seq: 3 }, { seq: 4 }, { seq: 2 }] });
      expect(await revisionsOf(store, 'other')).toEqual([]);
    });

    test('releases by policy and by environment', async () => {
      expect((await releasesOf(store)).length).toBe(6);
      expect((await releasesOf(store, { environment: 'staging' })).map(({ seq }) => seq)).toEqual([2, 1]);
      expect(await releasesOf(store, { policy: 'other' })).toEqual([]);
    });

    test('what was in force: from the instant of its release on, an environment by itself', async () => {
      const number = async (environment: string, instant: number) =>
        (await inForceAt(store, environment, 'notes', instant))?.number ?? null;
      const first = at['first'] ?? 0;
      expect(await number('production', first - 1)).toBeNull();
      expect(await number('production', first)).toBe(1);
      expect(await number('production', (at['second'] ?? 0) - 1)).toBe(1);
      expect(await number('production', at['second'] ?? 0)).toBe(2);
      expect(await number('production', Number.MAX_SAFE_INTEGER)).toBe(3);
      expect(await number('staging', first)).toBeNull();
      expect((await inForceAt(store, 'production', 'notes', first))?.text).toContain('"version": 1');
    });

    test('segregation of duties: every release, and what one pair of hands did', async () => {
      const report = await segregationReport(store);
      const found = Object.fromEntries(
        report.map(({ release, findings }) => [`${release.environment} ${release.seq}`, findings]),
      );
      expect(found).toEqual({
        'production 1': [],
        'production 2': ['approved_by_contributor', 'published_by_contributor', 'not_green'],
        'staging 1': ['approval_does_not_fit', 'not_green'],
        'production 3': ['break_glass', 'not_looked_back_at', 'not_green'],
        'production 4': ['break_glass', 'objected_to', 'looked_back_at_by_own', 'not_green'],
        'staging 2': ['without_approval', 'not_green'],
      });
      expect(report.find(({ release }) => release.seq === 1)).toMatchObject({ author: 'u-author' });
    });

    test('integrity is checked once for one state, and again when it is old', async () => {
      const [one, two] = await Promise.all([integrity(store, 1_000_000), integrity(store, 1_000_000)]);
      expect(one.verification.problems).toEqual([]);
      expect(two).toBe(one);
      expect(await integrity(store, 1_000_000 + 599_999)).toBe(one);
      expect(await integrity(store, 1_000_000 + 600_000)).not.toBe(one);
    });

    test('a check that runs while others write finds nothing wrong', async () => {
      const writing = (async () => {
        for (let index = 0; index < 30; index += 1) {
          await store.write(async ({ at: now, record }) => {
            const row = { id: `other-${index}`, created_at: now, created_by: 'u-author' };
            await record({ type: 'policy.made', actor: 'u-author', subject: `policy/${row.id}` }, [['policy', row]]);
          });
        }
      })();
      for (let check = 0; check < 5; check += 1) {
        expect((await integrity(store, (check + 2) * 1_000_000)).verification.problems).toEqual([]);
      }
      await writing;
    });
  });
});
