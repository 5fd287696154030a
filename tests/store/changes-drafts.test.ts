import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  discardDraft,
  makePolicy,
  newestRevision,
  readDraft,
  restore,
  saveDraft,
  submit,
} from '$lib/server/changes/index.ts';
import { Refusal } from '$lib/server/refusal.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { approver, author, coauthor, enrol, policyText, storyText, viewer } from './people.ts';

const away = { name: 'away', text: storyText() };
const policyId = 'notes';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('drafts', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store);
      await makePolicy(store, author, { id: policyId, text: policyText(1) });
    });
    afterEach(async () => place.remove());

    const types = async (): Promise<readonly string[]> =>
      (await store.db.selectFrom('audit_event').select('type').orderBy('seq').execute())
        .map(({ type }) => type)
        .slice(2);
    const save = async (text: string, lockVersion: number, by = author) =>
      saveDraft(store, by, { policyId, text, timelines: [away], lockVersion });
    const submitted = async () => {
      const { lockVersion } = await save(policyText(1), 1);
      return submit(store, author, { policyId, message: 'first', reason: 'asked for', lockVersion });
    };

    test('a policy begins as a draft; its id is well-formed and its own', async () => {
      expect(await readDraft(store, policyId)).toMatchObject({ text: policyText(1), base: null, lockVersion: 1 });
      const again = makePolicy(store, author, { id: policyId, text: '' });
      await expect(again).rejects.toMatchObject({ status: 409, code: 'policy_exists' });
      const odd = makePolicy(store, author, { id: 'Not so', text: '' });
      await expect(odd).rejects.toMatchObject({ status: 422, code: 'bad_policy_id' });
      await expect(readDraft(store, 'other')).rejects.toMatchObject({ status: 404 });
    });

    test('what is half written is kept, and only somebody’s first save leaves an entry', async () => {
      expect(await save('{ "half', 1)).toEqual({ lockVersion: 2 });
      expect(await save('{ "half a', 2, coauthor)).toEqual({ lockVersion: 3 });
      expect(await save('{ "half a d', 3, coauthor)).toEqual({ lockVersion: 4 });
      expect(await readDraft(store, policyId)).toMatchObject({
        text: '{ "half a d',
        contributors: [author.id, coauthor.id],
        updatedBy: coauthor.id,
      });
      expect(await types()).toEqual(['policy.made', 'draft.edited']);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('a save from an old draft is refused with both versions, and one sent twice is not', async () => {
      await save('mine', 1);
      const error: unknown = await save('theirs', 1, coauthor).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(Refusal);
      expect(error).toMatchObject({
        ...{ status: 409, code: 'draft_conflict' },
        extra: {
          yours: { text: 'theirs', lockVersion: 1 },
          theirs: { text: 'mine', timelines: [away], lockVersion: 2, updatedBy: author.id },
          base: null,
        },
      });
      expect(await save('mine', 1)).toEqual({ lockVersion: 2 });
      expect((await readDraft(store, policyId)).contributors).toEqual([author.id]);
    });

    test('fifty writers on one draft: none overwrites another, each refusal carries both versions', async () => {
      const texts = new Set(Array.from({ length: 50 }, (_, writer) => `text of writer ${writer}`));
      await enrol(store, ...[...texts].map((id) => ({ ...coauthor, id })));
      let conflicts = 0;
      const writer = async (text: string): Promise<void> => {
        let { lockVersion } = await readDraft(store, policyId);
        for (;;) {
          try {
            await saveDraft(store, { ...coauthor, id: text }, { policyId, text, timelines: [], lockVersion });
            return;
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            const { yours, theirs } = error.extra as Record<'yours' | 'theirs', { text: string; lockVersion: number }>;
            expect(yours).toMatchObject({ text, lockVersion });
            expect(theirs.text).not.toBe(text);
            expect(theirs.lockVersion).toBeGreaterThan(lockVersion);
            lockVersion = theirs.lockVersion;
            conflicts += 1;
          }
        }
      };
      await Promise.all([...texts].map(writer));
      const draft = await readDraft(store, policyId);
      expect(draft.lockVersion).toBe(51);
      expect(new Set(draft.contributors)).toEqual(new Set([author.id, ...texts]));
      expect(texts).toContain(draft.text);
      expect(conflicts).toBeGreaterThan(0);
      const seqs = await store.db.selectFrom('audit_event').select('seq').orderBy('seq').execute();
      expect(seqs.map(({ seq }) => seq)).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1));
    });

    test('what cannot be kept is refused, and so is who may not edit', async () => {
      await expect(save('x'.repeat(1_048_577), 1)).rejects.toMatchObject({ status: 413, code: 'too_long' });
      await expect(save('\0', 1)).rejects.toMatchObject({ status: 422, code: 'unstorable_text' });
      await expect(save('\ud800', 1)).rejects.toMatchObject({ status: 422, code: 'unstorable_text' });
      await expect(save('', 1, viewer)).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
      const named = (names: readonly string[]) => {
        const timelines = names.map((name) => ({ name, text: '' }));
        return saveDraft(store, author, { policyId, text: '', timelines, lockVersion: 1 });
      };
      const many = Array.from({ length: 257 }, (_, index) => `t${index}`);
      await expect(named(many)).rejects.toMatchObject({ status: 413, code: 'too_many_timelines' });
      for (const names of [['../up'], ['a', 'a'], ['']]) {
        await expect(named(names)).rejects.toMatchObject({ status: 422, code: 'bad_timeline_name' });
      }
    });

    test('discarding goes back to the newest revision, and an old page cannot save over that', async () => {
      const none = discardDraft(store, author, { policyId, lockVersion: 1 });
      await expect(none).rejects.toMatchObject({ status: 409, code: 'nothing_to_go_back_to' });
      await submitted();
      await save('changed', 3, approver);
      expect(await discardDraft(store, author, { policyId, lockVersion: 4 })).toEqual({ lockVersion: 5 });
      expect(await readDraft(store, policyId)).toMatchObject({ text: policyText(1), contributors: [] });
      await expect(save('late', 4, approver)).rejects.toMatchObject({ code: 'draft_conflict' });
      expect((await types()).slice(-2)).toEqual(['draft.edited', 'draft.discarded']);
    });

    test('submitting makes the next revision and a base of it', async () => {
      const first = await submitted();
      expect(first).toMatchObject({
        number: 1,
        parent: null,
        version: 1,
        author: author.id,
        contributors: [author.id],
      });
      expect(await readDraft(store, policyId)).toMatchObject({ base: first, lockVersion: 3, contributors: [] });
      await save(policyText(2, '6d'), 3, coauthor);
      const second = await submit(store, author, {
        policyId,
        message: 'stricter',
        reason: 'asked for',
        ticket: ' T-17 ',
        lockVersion: 4,
      });
      expect(await newestRevision(store.db, policyId)).toMatchObject({ reason: 'asked for', ticket: 'T-17' });
      expect(second).toMatchObject({ number: 2, parent: first.id, contributors: [author.id, coauthor.id] });
      expect(second.timelines).toMatchObject([away]);
      expect(await store.db.selectFrom('stored_text').select('digest').execute()).toHaveLength(1);
      expect((await verifyStore(store)).problems).toEqual([]);
    });

    test('what has errors, another id or nothing new is not submitted, and the draft stays', async () => {
      const attempt = async (text: string, lockVersion: number) => {
        const saved = await save(text, lockVersion);
        return submit(store, author, { policyId, message: 'why', reason: 'asked for', ...saved });
      };
      await expect(attempt('{}', 1)).rejects.toMatchObject({
        ...{ status: 422, code: 'policy_has_errors' },
        extra: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'missing_key' })]) as unknown },
      });
      expect(await readDraft(store, policyId)).toMatchObject({ text: '{}', lockVersion: 2 });
      await expect(attempt(policyText(1, '7d', 'other'), 2)).rejects.toMatchObject({ code: 'other_policy_id' });
      await attempt(policyText(1), 3);
      const again = submit(store, author, { policyId, message: 'why', reason: 'asked for', lockVersion: 5 });
      await expect(again).rejects.toMatchObject({ status: 409, code: 'nothing_changed' });
      await expect(
        submit(store, author, { policyId, message: ' ', reason: 'asked for', lockVersion: 5 }),
      ).rejects.toMatchObject({
        code: 'missing',
      });
      const unexplained = submit(store, author, { policyId, message: 'why', reason: '', lockVersion: 5 });
      await expect(unexplained).rejects.toMatchObject({ code: 'missing', extra: { member: 'reason' } });
      await saveDraft(store, author, { policyId, text: '', timelines: [{ name: 'x', text: '{}' }], lockVersion: 5 });
      await saveDraft(store, author, {
        ...{ policyId, text: policyText(2), timelines: [{ name: 'x', text: '{}' }], lockVersion: 6 },
      });
      await expect(
        submit(store, author, { policyId, message: 'why', reason: 'asked for', lockVersion: 7 }),
      ).rejects.toMatchObject({
        ...{ code: 'timeline_has_errors', extra: { timelines: [{ name: 'x' }] } },
      });
    });

    test('restoring adds what an earlier revision said, under a higher version and not a character else', async () => {
      const first = await submitted();
      await save(policyText(2, '6d'), 3);
      const second = await submit(store, author, {
        policyId,
        message: 'stricter',
        reason: 'asked for',
        lockVersion: 4,
      });
      const third = await restore(store, coauthor, {
        revisionId: first.id,
        message: 'too strict',
        reason: 'asked for',
      });
      expect(third).toMatchObject({
        number: 3,
        parent: second.id,
        origin: 'restored',
        text: policyText(3),
        version: 3,
      });
      expect(third.contributors).toEqual([author.id, coauthor.id]);
      // Nothing was changed in the draft, so it follows.
      expect(await readDraft(store, policyId)).toMatchObject({ base: third, text: third.text, lockVersion: 6 });
      await save('half done', 6);
      await restore(store, coauthor, { revisionId: second.id, message: 'or not', reason: 'asked for' });
      expect(await readDraft(store, policyId)).toMatchObject({ base: third, text: 'half done', lockVersion: 7 });
      await expect(
        submit(store, author, { policyId, message: 'late', reason: 'asked for', lockVersion: 7 }),
      ).rejects.toMatchObject({
        ...{ status: 409, code: 'base_moved' },
        extra: { theirs: { number: 4 }, base: { number: 3 }, yours: { text: 'half done' } },
      });
      const same = restore(store, author, { revisionId: second.id, message: 'again', reason: 'asked for' });
      await expect(same).resolves.toMatchObject({ number: 5, version: 5 });
      const none = restore(store, author, { revisionId: 'none', message: 'why', reason: 'asked for' });
      await expect(none).rejects.toMatchObject({ status: 404, code: 'revision_unknown' });
    });

    test('two stores share one draft: each sees what the other wrote', async () => {
      const other = await place.open();
      await save('from one', 1);
      expect(await readDraft(other, policyId)).toMatchObject({ text: 'from one', lockVersion: 2 });
      await Promise.all(
        [store, other].flatMap((one, which) =>
          Array.from({ length: 10 }, (_, index) =>
            one.write((writing) =>
              writing.record({ type: 'test.wrote', actor: `u-${which}-${index}`, subject: `policy/${policyId}` }),
            ),
          ),
        ),
      );
      expect((await types()).filter((type) => type === 'test.wrote')).toHaveLength(20);
      expect((await verifyStore(other)).problems).toEqual([]);
    });
  });
});
