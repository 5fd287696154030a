import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  breakGlass,
  droppedTimelines,
  makePolicy,
  readDraft,
  reviewState,
  saveDraft,
  submit,
  type Revision,
} from '$lib/server/changes/index.ts';
import { push } from '$lib/server/files/index.ts';
import { historyPage } from '$lib/server/history/index.ts';
import type { Person } from '$lib/server/person.ts';
import { checksOf } from '$lib/server/screens/checks.ts';
import { namingFor } from '$lib/server/screens/naming.ts';
import { openCrew, type Crew } from './crew.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment } from './desk.ts';
import { policyText, storyText } from './people.ts';

const policyId = 'notes';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('timelines that a revision drops', () => {
    let place: Place;
    let crew: Crew;
    let author: Person;
    beforeEach(async () => {
      place = await make();
      crew = await openCrew(place);
      author = await crew.join('Ann', 'author');
      await addEnvironment(crew.store, 'production');
      await makePolicy(crew.store, author, { id: policyId, text: '' });
    });
    afterEach(async () => place.remove());

    const submitted = async (version: number, ...names: readonly string[]): Promise<Revision> => {
      const { store } = crew;
      const { lockVersion } = await readDraft(store, policyId);
      const timelines = names.map((name) => ({ name, text: storyText() }));
      const saved = await saveDraft(store, author, { policyId, text: policyText(version), timelines, lockVersion });
      return submit(store, author, { policyId, message: 'why', reason: 'asked for', ...saved });
    };
    const checked = async (revision: Revision) => {
      const { store, admin } = crew;
      const review = await reviewState(store, revision.id);
      const facts = { revision, review, run: null, named: await namingFor(crew, admin) };
      const { checks } = await checksOf(crew, facts);
      return checks.filter(({ state }) => state === 'warning').map(({ text }) => text);
    };
    const told = async () => {
      const { entries } = await historyPage(crew, { by: crew.admin, query: new URLSearchParams() });
      return entries.map(({ sentence }) => sentence)[0];
    };

    test('are named to whoever reviews it, for as long as nothing was published without them', async () => {
      const first = await submitted(1, 'away', 'night');
      expect(await checked(first)).toEqual([]);
      expect(await told()).toBe('Ann submitted revision 1 of notes.');
      const second = await submitted(2, 'night', 'new');
      expect(await checked(second)).toEqual([expect.stringContaining('‘away’')]);
      expect(await told()).toBe('Ann submitted revision 2 of notes, which drops a timeline.');
      // Nobody reviewed the second; the third is not innocent of what it dropped.
      const third = await submitted(3);
      expect(await droppedTimelines(crew.store.db, third)).toEqual(['away', 'new', 'night']);
      expect(await checked(third)).toEqual([expect.stringMatching(/^3 timelines are gone.*‘away’, ‘new’, ‘night’/)]);
      expect(await told()).toBe('Ann submitted revision 3 of notes, which drops 2 timelines.');
      const { id: revisionId, contentHash } = third;
      const reason = 'nobody can open anything at all';
      await breakGlass(crew.store, crew.admin, { revisionId, contentHash, environment: 'production', reason });
      expect(await checked(await submitted(4))).toEqual([]);
    });

    test('are counted in the log of a push, too', async () => {
      await submitted(1, 'away');
      const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-policies-'));
      try {
        await mkdir(path.join(folder, policyId));
        await writeFile(path.join(folder, policyId, '1.json'), policyText(1, '6d'));
        await push(crew.store, { by: author.id, reason: 'asked for' }, folder);
      } finally {
        await rm(folder, { recursive: true });
      }
      expect(await told()).toBe('Ann submitted revision 2 of notes, which drops a timeline.');
    });
  });
});
