import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cancelPlanned,
  firePlanned,
  live,
  makePolicy,
  planRelease,
  publish,
  readDraft,
  review,
  saveDraft,
} from '$lib/server/changes/index.ts';
import type { Revision } from '$lib/server/changes/revision.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment, approved, submitted } from './desk.ts';
import { admin, approver, author, enrol, policyText } from './people.ts';

/** Later than every instant of a test. */
const hour = Date.UTC(2026, 2, 3);

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('planned publishes', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store);
      await addEnvironment(store, 'production');
    });
    afterEach(async () => place.remove());

    const plan = async ({ id, contentHash }: Revision, by = approver, fireAt = hour) =>
      planRelease(store, by, {
        ...{ revisionId: id, contentHash, environment: 'production', reason: 'at night', ticket: 'T-2', fireAt },
      });
    const stateOf = async (id: string) =>
      store.db
        .selectFrom('planned_release')
        .select(['state', 'outcome'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();

    test('what is due goes out as if published then, on the planner’s word; what is not waits', async () => {
      const { id } = await plan(await approved(store, 1));
      expect(await firePlanned(store, hour - 1)).toEqual([]);
      const [fired] = await firePlanned(store, hour);
      const [release] = await live(store, 'production');
      expect(release).toMatchObject({
        kind: 'scheduled',
        published_by: approver.id,
        reason: 'at night',
        ticket: 'T-2',
      });
      expect(fired).toEqual({ id, state: 'fired', outcome: release?.id });
      expect(await stateOf(id)).toEqual({ state: 'fired', outcome: release?.id });
      expect(await firePlanned(store, hour)).toEqual([]);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('only what may be published now is planned, for later, and once', async () => {
      const revision = await submitted(store, 1);
      await expect(plan(revision)).rejects.toMatchObject({ code: 'not_approved' });
      await expect(plan(revision, author)).rejects.toMatchObject({ status: 403 });
      const good = await approved(store, 2);
      await expect(plan(good, approver, 1)).rejects.toMatchObject({ status: 422, code: 'fire_at_past' });
      const { id } = await plan(good);
      await expect(plan(good)).rejects.toMatchObject({ status: 409, code: 'already_planned', extra: { planned: id } });
      await cancelPlanned(store, admin, id);
      expect(await stateOf(id)).toMatchObject({ state: 'cancelled' });
      await expect(cancelPlanned(store, admin, id)).rejects.toMatchObject({ status: 409, code: 'plan_over' });
      await expect(cancelPlanned(store, admin, 'none')).rejects.toMatchObject({ status: 404 });
      await plan(good);
    });

    const spoilers: readonly (readonly [
      what: string,
      code: string,
      spoil: (revision: Revision) => Promise<unknown>,
    ])[] = [
      ['a newer revision', 'revision_stale', async () => submitted(store, 2, 6)],
      [
        'a withdrawn approval',
        'changes_requested',
        async ({ id: revisionId, contentHash }) =>
          review(store, approver, { revisionId, contentHash, verdict: 'request_changes', message: 'wait' }),
      ],
      [
        'the same text published by hand',
        'already_live',
        async ({ id: revisionId, contentHash }) =>
          publish(store, admin, { revisionId, contentHash, environment: 'production', reason: 'now' }),
      ],
    ];
    test.each(spoilers)('%s in the meantime: it is checked again and refused for good', async (_, code, spoil) => {
      const revision = await approved(store, 1);
      const { id } = await plan(revision, admin);
      await spoil(revision);
      const before = await live(store, 'production');
      expect(await firePlanned(store, hour)).toMatchObject([{ id, state: 'refused' }]);
      expect(await live(store, 'production')).toEqual(before);
      const { data } = await store.db
        .selectFrom('audit_event')
        .select('data')
        .where('type', '=', 'release.plan_refused')
        .executeTakeFirstOrThrow();
      expect(JSON.parse(data)).toMatchObject({ code, planned: id });
      expect(await firePlanned(store, hour)).toEqual([]);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('a planner who may not publish any more publishes nothing', async () => {
      await plan(await approved(store, 1));
      await enrol(store, { ...approver, role: 'viewer' });
      expect(await firePlanned(store, hour)).toMatchObject([{ state: 'refused' }]);
      expect(await live(store, 'production')).toEqual([]);
    });

    test('what is wrong with one plan holds up no other, and it is looked at again', async () => {
      const { id } = await plan(await approved(store, 1));
      const row = await store.db.selectFrom('planned_release').selectAll().executeTakeFirstOrThrow();
      const { revision_id } = row;
      const whole = store.db.selectFrom('revision').selectAll().where('id', '=', revision_id);
      const revision = await whole.executeTakeFirstOrThrow();
      const bad = { policy_id: 'bad', created_at: 1 };
      await store.db.insertInto('policy').values({ id: 'bad', created_at: 1, created_by: 'u-author' }).execute();
      await store.db
        .insertInto('revision')
        .values({ ...revision, ...bad, id: 'unreadable', timelines: 'no JSON' })
        .execute();
      await store.db
        .insertInto('planned_release')
        .values({ ...row, ...bad, id: 'first', revision_id: 'unreadable', fire_at: hour - 1 })
        .execute();
      const stuck = { id: 'first', state: 'waiting', error: expect.any(SyntaxError) as unknown };
      expect(await firePlanned(store, hour)).toMatchObject([stuck, { id, state: 'fired' }]);
      expect(await stateOf('first')).toMatchObject({ state: 'waiting' });
      expect(await firePlanned(store, hour)).toMatchObject([stuck]);
    });

    test('timelines that fail by then refuse it, and the run is kept', async () => {
      const { id } = await plan(await approved(store, 1));
      expect(await firePlanned(store, hour, { limitMs: 0 })).toMatchObject([{ id, state: 'refused' }]);
      expect(await store.db.selectFrom('simulation_run').select('passed').execute()).toEqual([{ passed: 0 }]);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('two servers at once: one publishes, and both see it', async () => {
      await plan(await approved(store, 1));
      const other = await place.open();
      const fired = await Promise.all([store, other].map((one) => firePlanned(one, hour)));
      expect(fired.flat()).toMatchObject([{ state: 'fired' }]);
      for (const one of [store, other]) expect(await live(one, 'production')).toHaveLength(1);
    });

    test('two servers write one policy: each sees the other’s drafts, revisions and releases', async () => {
      const other = await place.open();
      await makePolicy(other, author, { id: 'notes', text: policyText(1) });
      const drafts = await Promise.allSettled(
        [store, other].map((one, index) =>
          saveDraft(one, author, { policyId: 'notes', text: `from ${index}`, timelines: [], lockVersion: 1 }),
        ),
      );
      expect(drafts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await readDraft(store, 'notes')).toEqual(await readDraft(other, 'notes'));
      const { id, contentHash } = await approved(other, 1);
      await publish(store, admin, { revisionId: id, contentHash, environment: 'production', reason: 'why' });
      expect(await live(other, 'production')).toMatchObject([{ revision_id: id }]);
      const events = await store.db.selectFrom('audit_event').select('seq').orderBy('seq').execute();
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect((await verifyStore(other)).problems).toEqual([]);
    });
  });
});
