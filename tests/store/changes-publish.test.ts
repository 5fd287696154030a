import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { breakGlass, live, lookBack, openLookBacks, publish, restore, reviewState } from '$lib/server/changes/index.ts';
import type { Revision } from '$lib/server/changes/revision.ts';
import type { Person } from '$lib/server/person.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment, approve, approved, submitted } from './desk.ts';
import { admin, approver, author, enrol, policyText } from './people.ts';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('publishing', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store);
      await addEnvironment(store, 'production');
    });
    afterEach(async () => place.remove());

    const wanted = ({ id, contentHash }: Revision, environment = 'production') => ({
      ...{ revisionId: id, contentHash, environment, reason: 'because' },
    });
    const send = async (revision: Revision, by: Person = approver, environment?: string) =>
      publish(store, by, wanted(revision, environment));

    test('what somebody else approved goes out: the bytes, the reason, the approvals and a fresh run', async () => {
      const revision = await approved(store, 1);
      const release = await publish(store, admin, { ...wanted(revision), ticket: ' T-1 ' });
      expect(release).toMatchObject({
        ...{ environment: 'production', seq: 1, text: policyText(1), digest: revision.digest, kind: 'normal' },
        ...{ content_hash: revision.contentHash, reason: 'because', ticket: 'T-1', published_by: admin.id },
      });
      const state = await reviewState(store, revision.id);
      expect(state.state).toBe('published');
      expect(JSON.parse(release.approvals)).toEqual(state.approvals);
      const run = await store.db.selectFrom('simulation_run').selectAll().executeTakeFirstOrThrow();
      expect(run).toMatchObject({ id: release.simulation_run, passed: 1, content_hash: revision.contentHash });
      expect(await live(store, 'production')).toEqual([release]);
      const { problems, size, signedSize } = await verifyStore(store);
      expect({ problems, signedSize }).toEqual({ problems: [], signedSize: size });
    });

    test('without an approval by somebody else, a reason or the right, nothing goes out', async () => {
      const revision = await submitted(store, 1, 7, approver);
      await expect(send(revision)).rejects.toMatchObject({ status: 409, code: 'not_approved' });
      await expect(send(revision, author)).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
      await approve(store, revision, admin);
      await expect(publish(store, approver, { ...wanted(revision), reason: ' ' })).rejects.toMatchObject({
        status: 422,
      });
      const changed = { ...revision, contentHash: '0'.repeat(64) };
      await expect(send(changed)).rejects.toMatchObject({ status: 409, code: 'content_changed' });
      await expect(send(revision, approver, 'nowhere')).rejects.toMatchObject({ status: 404 });
      expect(await live(store, 'production')).toEqual([]);
    });

    test('a change resets the approval, and what was overtaken does not go out', async () => {
      const first = await approved(store, 1);
      const second = await submitted(store, 1, 6);
      await expect(send(second)).rejects.toMatchObject({ code: 'not_approved' });
      await expect(send(first)).rejects.toMatchObject({ code: 'revision_stale' });
    });

    test('a claim that the timelines are green counts for nothing: they are played, and the run is kept', async () => {
      const revision = await submitted(store, 1, 6, author, 7);
      await approve(store, revision);
      const about = { revision_id: revision.id, content_hash: revision.contentHash, created_at: 1 };
      const claim = { ...about, id: 'claim', passed: 1, result: '{}', requested_by: author.id };
      await store.db.insertInto('simulation_run').values(claim).execute();
      await expect(send(revision)).rejects.toMatchObject({
        ...{ status: 409, code: 'timelines_failed', extra: { timelines: [{ name: 'away', failure: 'expectation' }] } },
      });
      expect(await live(store, 'production')).toEqual([]);
      const runs = store.db.selectFrom('simulation_run').select('passed').where('id', '!=', 'claim');
      expect(await runs.execute()).toEqual([{ passed: 0 }]);
    });

    test('versions only rise, and going back is a higher seq with old bytes', async () => {
      const first = await approved(store, 2);
      await send(first);
      await expect(send(first)).rejects.toMatchObject({ status: 409, code: 'already_live' });
      await expect(submitted(store, 2, 6)).rejects.toMatchObject({ status: 422, code: 'version_taken' });
      await expect(submitted(store, 1, 6)).rejects.toMatchObject({ status: 422, code: 'version_taken' });
      const second = await approved(store, 3, 6);
      await send(second);
      const back = await send(first);
      expect(back).toMatchObject({ seq: 3, digest: first.digest, revision_id: first.id });
      expect(await live(store, 'production')).toEqual([back]);
      const third = await restore(store, author, { revisionId: first.id, message: 'after all', reason: 'asked for' });
      expect(third).toMatchObject({ version: 4, origin: 'restored' });
      await approve(store, third);
      expect(await send(third)).toMatchObject({ seq: 4, digest: third.digest });
    });

    test('one version is one text everywhere', async () => {
      await addEnvironment(store, 'staging', 0);
      await submitted(store, 1, 7);
      const other = await submitted(store, 1, 6);
      await send(other, approver, 'staging');
      const [first] = await store.db.selectFrom('revision').selectAll().where('number', '=', 1).execute();
      const glass = breakGlass(store, admin, {
        ...{ revisionId: first?.id ?? '', contentHash: first?.content_hash ?? '', environment: 'production' },
        reason: 'the other text must go out now',
      });
      await expect(glass).rejects.toMatchObject({ status: 409, code: 'version_taken' });
      await approve(store, other);
      expect(await send(other)).toMatchObject({ environment: 'production', seq: 1 });
    });

    test('where approval is switched off one person publishes, and the release says so', async () => {
      await addEnvironment(store, 'alone', 0);
      const release = await send(await submitted(store, 1, 7, admin), admin, 'alone');
      expect(release).toMatchObject({ kind: 'normal', approvals: '[]', published_by: admin.id });
      const event = await store.db
        .selectFrom('audit_event')
        .selectAll()
        .orderBy('seq', 'desc')
        .executeTakeFirstOrThrow();
      expect(event).toMatchObject({ type: 'release.published', subject: 'policy/notes' });
      expect(JSON.parse(event.data)).toMatchObject({ approvalRequired: false, approvals: [], release: release.id });
    });

    test('breaking the glass goes without approval, says why, and waits for somebody else to look back', async () => {
      const revision = await submitted(store, 1, 7, author);
      const hurry = { ...wanted(revision), reason: 'short' };
      await expect(breakGlass(store, approver, hurry)).rejects.toMatchObject({ status: 422, code: 'short_reason' });
      const reason = 'Nurses cannot open records at all';
      await expect(breakGlass(store, author, { ...hurry, reason })).rejects.toMatchObject({ status: 403 });
      const release = await breakGlass(store, approver, { ...hurry, reason });
      expect(release).toMatchObject({ kind: 'break_glass', approvals: '[]', reason });
      expect(await openLookBacks(store)).toEqual([release]);
      const given = { releaseId: release.id, verdict: 'accept' as const, message: 'it was needed' };
      await expect(lookBack(store, approver, given)).rejects.toMatchObject({ status: 403, code: 'own_emergency' });
      const promoted: Person = { ...author, role: 'approver' };
      await enrol(store, promoted);
      await expect(lookBack(store, promoted, given)).rejects.toMatchObject({ status: 403, code: 'own_emergency' });
      await lookBack(store, admin, given);
      expect(await openLookBacks(store)).toEqual([]);
      const next = await approved(store, 2);
      const ordinary = await send(next, admin);
      await expect(lookBack(store, admin, { ...given, releaseId: ordinary.id })).rejects.toMatchObject({ status: 409 });
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('many publish at once: one does, the others are told that it is live', async () => {
      const revision = await approved(store, 1);
      const results = await Promise.allSettled(Array.from({ length: 5 }, () => send(revision)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const reasons = results.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
      for (const reason of reasons) expect(reason).toMatchObject({ code: 'already_live' });
      const seqs = await store.db.selectFrom('release').select('seq').execute();
      expect(seqs).toEqual([{ seq: 1 }]);
    });
  });
});
