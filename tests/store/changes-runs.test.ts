import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makePolicy, publish, runTimelines, saveDraft, submit } from '$lib/server/changes/index.ts';
import type { RunResult } from '$lib/server/changes/run-timelines.ts';
import { verifyStore, type SimulationRunRow, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment } from './desk.ts';
import { admin, approver, author, enrol, policyText, storyText, viewer } from './people.ts';

const policyId = 'notes';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('runs of timelines', () => {
    let place: Place;
    let store: Store;
    let lockVersion: number;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store);
      ({ lockVersion } = await makePolicy(store, author, { id: policyId, text: '' }));
    });
    afterEach(async () => place.remove());

    const submitted = async (text: string, timelines: Readonly<Record<string, string>>) => {
      const named = Object.entries(timelines).map(([name, text]) => ({ name, text }));
      ({ lockVersion } = await saveDraft(store, author, { policyId, text, timelines: named, lockVersion }));
      const revision = await submit(store, author, { policyId, message: 'why', reason: 'asked for', lockVersion });
      lockVersion += 1;
      return revision;
    };
    const resultOf = ({ result }: SimulationRunRow) => JSON.parse(result) as RunResult;

    test('what is played is what is stored, and the row says what came of it', async () => {
      const { id, contentHash } = await submitted(policyText(1), { away: storyText() });
      const run = await runTimelines(store, approver, id);
      expect(run).toMatchObject({ revision_id: id, content_hash: contentHash, passed: 1, requested_by: approver.id });
      expect(resultOf(run)).toMatchObject({
        engine: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
        timelines: [{ name: 'away', title: 'Away', failure: null, held: 2, all: 2 }],
      });
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('an expectation that does not hold, and a story of another policy, fail it', async () => {
      const { id } = await submitted(policyText(1, '6d'), { away: storyText(), other: storyText(168, 'other') });
      const run = await runTimelines(store, author, id);
      expect(run.passed).toBe(0);
      expect(resultOf(run).timelines).toMatchObject([
        { name: 'away', failure: 'expectation', held: 1, all: 2, failed: [{ path: '/expect/0', outcome: 'deny' }] },
        { name: 'other', failure: 'broken', problems: [{ code: 'unknown_policy' }] },
      ]);
    });

    test('a story that names an earlier version, or what only that one had, is told with it', async () => {
      await addEnvironment(store, 'alone', 0);
      const first = policyText(1).replace(
        '"capabilities": [',
        '$&{ "id": "note.old", "tier": "A", "access": "read" }, ',
      );
      const { id, contentHash } = await submitted(first, {});
      await publish(store, admin, { revisionId: id, contentHash, environment: 'alone', reason: 'because' });
      const expecting = (policy: string, outcome: string) =>
        JSON.stringify({
          ...(JSON.parse(storyText(168, policy)) as object),
          expect: [{ at: '1h', capability: 'note.old', outcome }],
        });
      const stories = { away: storyText(), gone: expecting('notes', 'deny'), then: expecting('notes@1', 'permit') };
      const second = await submitted(policyText(2), stories);
      const run = await runTimelines(store, author, second.id);
      expect(resultOf(run).timelines.map(({ name, failure, held, all }) => [name, failure, held, all])).toEqual([
        ['away', null, 2, 2],
        ['gone', null, 1, 1],
        ['then', null, 1, 1],
      ]);
    });

    test('a story that would take half a minute is stopped at the limit, and has failed', async () => {
      const { id } = await submitted(busyPolicy(), { endless: busyStory(), later: storyText() });
      const started = performance.now();
      const run = await runTimelines(store, author, id, { limitMs: 500 });
      expect(performance.now() - started).toBeLessThan(10_000);
      expect(run.passed).toBe(0);
      expect(resultOf(run)).toMatchObject({
        limitMs: 500,
        timelines: [
          { name: 'endless', failure: 'time_limit' },
          { name: 'later', failure: 'not_reached' },
        ],
      });
    });

    test('a text that is not the one submitted is not played, and who only reads asks for no run', async () => {
      const { id } = await submitted(policyText(1), { away: storyText() });
      await expect(runTimelines(store, viewer, id)).rejects.toMatchObject({ status: 403 });
      await expect(runTimelines(store, author, 'none')).rejects.toMatchObject({ status: 404 });
      await store.db.schema.dropTable('stored_text').execute();
      await store.db.schema
        .createTable('stored_text')
        .addColumn('digest', 'text')
        .addColumn('text', 'text')
        .addColumn('created_at', 'bigint')
        .execute();
      await expect(runTimelines(store, author, id)).rejects.toMatchObject({ status: 409, code: 'evidence_damaged' });
    });
  });
});

/** Nine years of a hundred different working days: some half a minute of simulation. */
function busyPolicy(): string {
  const capabilities = Array.from({ length: 100 }, (_, index) => ({
    ...{ id: `note.c${index}`, tier: 'A', access: 'read' },
    require: [
      {
        ...{ kind: 'schedule', timeZone: 'Europe/Berlin' },
        windows: [
          { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '08:00', end: `1${index % 8}:${10 + (index % 49)}` },
        ],
      },
    ],
  }));
  const view = { id: 'note.view', tier: 'A', access: 'read' };
  const tier = {
    ...{ id: 'A', sensitivity: 'internal' },
    require: [{ kind: 'maxAge', of: 'serverConfirmation', limit: '3650d' }],
  };
  return JSON.stringify({
    language: 1,
    id: policyId,
    version: 1,
    tiers: [tier],
    capabilities: [view, ...capabilities],
  });
}

function busyStory(): string {
  return JSON.stringify({ ...(JSON.parse(storyText()) as object), until: '3285d' });
}
