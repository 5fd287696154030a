import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { comment, makePolicy, readDraft, review, reviewState, saveDraft, submit } from '$lib/server/changes/index.ts';
import type { Person } from '$lib/server/person.ts';
import { verifyStore, type RevisionRow, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { admin, approver, author, coauthor, enrol, policyText, viewer } from './people.ts';

const policyId = 'notes';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('reviews', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store);
      await makePolicy(store, author, { id: policyId, text: '' });
    });
    afterEach(async () => place.remove());

    /** Saved by each in turn, submitted by the last. */
    const submitted = async (text: string, ...people: readonly Person[]) => {
      for (const [index, person] of people.entries()) {
        const { lockVersion } = await readDraft(store, policyId);
        const draft = index === people.length - 1 ? text : `${text} by ${person.id}`;
        await saveDraft(store, person, { policyId, text: draft, timelines: [], lockVersion });
      }
      const { lockVersion } = await readDraft(store, policyId);
      return submit(store, people.at(-1) ?? author, { policyId, message: 'why', reason: 'asked for', lockVersion });
    };
    const approve = async ({ id, contentHash }: { id: string; contentHash: string }, by = approver) =>
      review(store, by, { revisionId: id, contentHash, verdict: 'approve', message: '' });
    const stateOf = async ({ id }: { id: string }) => (await reviewState(store, id)).state;

    test('a revision is submitted, then changes are requested, then it is approved', async () => {
      const revision = await submitted(policyText(1), author);
      expect(await stateOf(revision)).toBe('submitted');
      const { id: revisionId, contentHash } = revision;
      const asked = { revisionId, contentHash, verdict: 'request_changes' as const };
      await expect(review(store, admin, { ...asked, message: '' })).rejects.toMatchObject({ code: 'missing' });
      await review(store, admin, { ...asked, message: 'too long' });
      expect(await stateOf(revision)).toBe('changes_requested');
      await approve(revision);
      expect(await stateOf(revision)).toBe('changes_requested');
      await approve(revision, admin);
      expect(await stateOf(revision)).toBe('approved');
      expect((await reviewState(store, revisionId)).approvals).toHaveLength(2);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('nobody approves what they wrote in, alone or with others, before or after', async () => {
      const own = await submitted(policyText(1), admin);
      await expect(approve(own, admin)).rejects.toMatchObject({ status: 403, code: 'own_work' });
      const both = await submitted(policyText(1, '6d'), approver, author);
      await expect(approve(both)).rejects.toMatchObject({ status: 403, code: 'own_work' });
      // Nobody reviewed what the approver wrote, so it still is the approver's in what is made of it.
      const later = await submitted(policyText(1, '5d'), coauthor);
      expect(later.contributors).toEqual([admin.id, approver.id, author.id, coauthor.id].toSorted());
      await expect(approve(later)).rejects.toMatchObject({ code: 'own_work' });
      const second: Person = { id: 'u-second', role: 'approver' };
      await enrol(store, second);
      await approve(later, second);
      const next = await submitted(policyText(1, '4d'), coauthor);
      expect(next.contributors).toEqual([coauthor.id]);
      await approve(next);
      await expect(approve(next, author)).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
    });

    test('a review holds for exactly what was looked at, and ends with the next revision', async () => {
      const first = await submitted(policyText(1), author);
      const other = { ...first, contentHash: '0'.repeat(64) };
      await expect(approve(other)).rejects.toMatchObject({ status: 409, code: 'content_changed' });
      await approve(first);
      const second = await submitted(policyText(1, '6d'), author);
      expect(await stateOf(first)).toBe('stale');
      expect(await stateOf(second)).toBe('submitted');
      await expect(approve(first, admin)).rejects.toMatchObject({ status: 409, code: 'review_stale' });
      const { reviews, approvals } = await reviewState(store, second.id);
      expect(approvals).toEqual([]);
      expect(reviews).toMatchObject([{ number: 1, stale: true, reviewer: approver.id }]);
    });

    test('a row that claims to be somebody’s approval of their own work counts for nothing', async () => {
      const own = await submitted(policyText(1), approver);
      const about = { revision_id: own.id, content_hash: own.contentHash, created_at: 1 };
      const row = { ...about, id: 'forged', reviewer: approver.id, verdict: 'approve', message: '' };
      await store.db.insertInto('review').values(row).execute();
      expect(await stateOf(own)).toBe('submitted');
      expect((await verifyStore(store)).problems).not.toEqual([]);
    });

    test('comments hang on places of the document, and replies on comments of the same revision', async () => {
      const revision = await submitted(policyText(1), author);
      const say = async (pointer: string, replyTo?: string, by = author) =>
        comment(store, by, { revisionId: revision.id, pointer, text: 'why?', replyTo });
      const first = await say('/tiers/0/require/0/limit');
      await say('', first.id, approver);
      for (const pointer of ['/tiers/1', '/tiers/length', '/tiers/-1', '/constructor', 'tiers', '/id/0', '/tiers/00']) {
        await expect(say(pointer)).rejects.toMatchObject({ status: 422, code: 'bad_pointer' });
      }
      await expect(say('/id', 'none')).rejects.toMatchObject({ status: 422, code: 'comment_unknown' });
      await expect(say('/id', undefined, viewer)).rejects.toMatchObject({ status: 403 });
      const second = await submitted(policyText(1, '6d'), author);
      const elsewhere = comment(store, author, { revisionId: second.id, pointer: '', text: 'x', replyTo: first.id });
      await expect(elsewhere).rejects.toMatchObject({ code: 'comment_unknown' });
      const { comments } = await reviewState(store, second.id);
      expect(comments).toMatchObject([
        { pointer: '/tiers/0/require/0/limit', reply_to: null, stale: true, number: 1 },
        { pointer: '', reply_to: first.id, author: approver.id, stale: true },
      ]);
    });

    test('the evidence names ids only, and the rows say all of it', async () => {
      const { id, contentHash } = await submitted(policyText(1), author);
      await approve({ id, contentHash });
      const row: RevisionRow = await store.db.selectFrom('revision').selectAll().executeTakeFirstOrThrow();
      expect(row).toMatchObject({ id, content_hash: contentHash, author: author.id, contributors: '["u-author"]' });
      const events = await store.db
        .selectFrom('audit_event')
        .select(['type', 'subject', 'actor'])
        .orderBy('seq')
        .execute();
      expect(events.slice(2)).toEqual([
        { type: 'policy.made', subject: 'policy/notes', actor: author.id },
        { type: 'revision.submitted', subject: 'policy/notes', actor: author.id },
        { type: 'review.given', subject: 'policy/notes', actor: approver.id },
      ]);
    });
  });
});
