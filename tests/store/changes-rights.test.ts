import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  breakGlass,
  cancelPlanned,
  comment,
  discardDraft,
  lookBack,
  makePolicy,
  planRelease,
  publish,
  readDraft,
  restore,
  review,
  runTimelines,
  saveDraft,
  submit,
} from '$lib/server/changes/index.ts';
import type { Person } from '$lib/server/person.ts';
import type { Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment, approved, submitted } from './desk.ts';
import { admin, approver, author, enrol, policyText, viewer } from './people.ts';

const policyId = 'notes';
const said = { message: 'why', reason: 'asked for' };
const why = { environment: 'production', reason: 'nobody can open anything' };
const text = policyText(9);

/** Something that a person does, once what it needs is there. */
type Deed = readonly [what: string, by: Person, prepare: (store: Store) => Promise<(store: Store) => Promise<unknown>>];

const exactly = ({ id: revisionId, contentHash }: { readonly id: string; readonly contentHash: string }) => ({
  ...{ revisionId, contentHash },
});

const deeds: readonly Deed[] = [
  ['makes a policy', author, async () => async (store) => makePolicy(store, author, { id: 'other', text })],
  [
    'saves a draft',
    author,
    async (store) => {
      await submitted(store, 1);
      const { lockVersion } = await readDraft(store, policyId);
      return async (through) => saveDraft(through, author, { policyId, text, timelines: [], lockVersion });
    },
  ],
  [
    'discards a draft',
    author,
    async (store) => {
      await submitted(store, 1);
      const { lockVersion } = await readDraft(store, policyId);
      return async (through) => discardDraft(through, author, { policyId, lockVersion });
    },
  ],
  [
    'submits',
    author,
    async (store) => {
      await makePolicy(store, author, { id: policyId, text });
      return async (through) => submit(through, author, { policyId, ...said, lockVersion: 1 });
    },
  ],
  [
    'restores',
    author,
    async (store) => {
      const { id: revisionId } = await submitted(store, 1);
      await submitted(store, 1, 6);
      return async (through) => restore(through, author, { revisionId, ...said });
    },
  ],
  [
    'comments',
    author,
    async (store) => {
      const { id: revisionId } = await submitted(store, 1);
      return async (through) => comment(through, author, { revisionId, pointer: '', text: 'why?' });
    },
  ],
  [
    'runs timelines',
    author,
    async (store) => {
      const { id } = await submitted(store, 1);
      return async (through) => runTimelines(through, author, id);
    },
  ],
  [
    'reviews',
    approver,
    async (store) => {
      const given = { ...exactly(await submitted(store, 1)), verdict: 'approve' as const, message: '' };
      return async (through) => review(through, approver, given);
    },
  ],
  [
    'publishes',
    approver,
    async (store) => {
      const revision = await approved(store, 1);
      return async (through) => publish(through, approver, { ...exactly(revision), ...why });
    },
  ],
  [
    'fails to publish',
    approver,
    async (store) => {
      const revision = await submitted(store, 1, 6, author, 7);
      await review(store, admin, { ...exactly(revision), verdict: 'approve', message: '' });
      return async (through) => publish(through, approver, { ...exactly(revision), ...why });
    },
  ],
  [
    'breaks the glass',
    approver,
    async (store) => {
      const revision = await submitted(store, 1);
      return async (through) => breakGlass(through, approver, { ...exactly(revision), ...why });
    },
  ],
  [
    'looks back',
    approver,
    async (store) => {
      const { id: releaseId } = await breakGlass(store, admin, { ...exactly(await submitted(store, 1)), ...why });
      return async (through) => lookBack(through, approver, { releaseId, verdict: 'accept', message: 'fine' });
    },
  ],
  [
    'plans',
    approver,
    async (store) => {
      const revision = await approved(store, 1);
      const fireAt = Date.UTC(2026, 2, 3);
      return async (through) => planRelease(through, approver, { ...exactly(revision), ...why, fireAt });
    },
  ],
  [
    'calls a plan off',
    approver,
    async (store) => {
      const fireAt = Date.UTC(2026, 2, 3);
      const { id } = await planRelease(store, admin, { ...exactly(await approved(store, 1)), ...why, fireAt });
      return async (through) => cancelPlanned(through, approver, id);
    },
  ],
];

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('a role taken away after the request came', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store);
      await addEnvironment(store, 'production');
    });
    afterEach(async () => place.remove());

    /** The store, where something happens just before the next change is made. */
    const just = (happens: () => Promise<unknown>): Store => ({
      ...store,
      write: async (work) => (await happens(), store.write(work)),
      keep: async (work) => (await happens(), store.keep(work)),
    });
    const last = async () =>
      store.db.selectFrom('audit_event').select('seq').orderBy('seq', 'desc').executeTakeFirstOrThrow();

    const refusal = { status: 403, code: 'not_allowed' };

    test.each(deeds)('nobody %s who was switched off, or made a viewer, in between', async (_, by, prepare) => {
      const run = await prepare(store);
      const before = await last();
      const member = store.db.updateTable('membership').where('person_id', '=', by.id);
      const off = just(async () => member.set({ deactivated_at: 1 }).execute());
      await expect(run(off)).rejects.toMatchObject(refusal);
      await member.set({ deactivated_at: null }).execute();
      await expect(run(just(async () => enrol(store, { ...by, role: viewer.role })))).rejects.toMatchObject(refusal);
      expect(await last()).toEqual(before);
      await enrol(store, by);
      const done = await run(store).catch((error: unknown) => error);
      if (done instanceof Error) expect(done).toMatchObject({ code: 'timelines_failed' });
    });
  });
});
