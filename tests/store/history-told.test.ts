import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comment, breakGlass, lookBack, publish, runTimelines } from '$lib/server/changes/index.ts';
import { historyPage, historyTable } from '$lib/server/history/index.ts';
import type { Person } from '$lib/server/person.ts';
import type { HistoryPage } from '$lib/state/history-page.ts';
import { openCrew, type Crew } from './crew.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment, approve, submitted } from './desk.ts';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('history in words', () => {
    let place: Place;
    let crew: Crew;
    let people: Record<'viewer' | 'auditor' | 'author' | 'approver' | 'gone', Person>;

    beforeAll(async () => {
      place = await make();
      crew = await openCrew(place);
      const { store, accounts, admin } = crew;
      people = {
        viewer: await crew.join('Vera', 'viewer'),
        auditor: await crew.join('Otto', 'auditor'),
        author: await crew.join('Ann', 'author'),
        approver: await crew.join('Bob', 'approver'),
        gone: await crew.join('Gone', 'approver'),
      };
      await addEnvironment(store, 'production');
      const expiresAt = crew.clock.now + 3_600_000;
      await accounts.makeAppKey(admin, { name: 'Tablets', environment: 'production', expiresAt });
      const one = await submitted(store, 1, 7, people.author);
      await comment(store, people.approver, { revisionId: one.id, pointer: '', text: 'Is <b>seven</b> enough?' });
      await runTimelines(store, people.author, one.id);
      await approve(store, one, people.gone);
      const target = { environment: 'production', reason: 'asked for', ticket: 'OPS-7' };
      await publish(store, people.approver, { ...target, revisionId: one.id, contentHash: one.contentHash });
      const two = await submitted(store, 2, 6, people.author);
      const urgent = { environment: 'production', reason: 'stolen tablets, the limit must go' };
      const release = await breakGlass(store, people.approver, {
        ...{ ...urgent, revisionId: two.id, contentHash: two.contentHash },
      });
      await lookBack(store, admin, { releaseId: release.id, verdict: 'object', message: 'Not this way.' });
      await accounts.erasePerson(admin, people.gone.id);
    });
    afterAll(async () => place.remove());

    const page = (by: Person, query = '', policy?: string): Promise<HistoryPage> =>
      historyPage(crew, { by, query: new URLSearchParams(query), policy });
    const told = ({ entries }: HistoryPage) => entries.map(({ sentence }) => sentence);

    test('says who did what to what, in sentences, with names; the erased have none', async () => {
      const { entries, policy } = await page(people.viewer, '', 'notes');
      expect(policy).toEqual({ id: 'notes', title: 'notes' });
      const erased = `An erased person (${people.gone.id.slice(0, 8)})`;
      expect(entries.map(({ sentence, quote, why, ticket }) => [sentence, quote, why, ticket])).toEqual([
        [
          'Ada looked back at the emergency publish of notes in production and objected to it.',
          ...['Not this way.', null, null],
        ],
        [
          'Emergency: Bob published version 2 of notes in production without waiting for an approval.',
          ...['stolen tablets, the limit must go', null, null],
        ],
        ['Ann submitted revision 2 of notes.', 'why', 'asked for', null],
        ['Ann began to write in the draft of notes.', null, null, null],
        ['Bob published version 1 of notes in production.', 'asked for', null, 'OPS-7'],
        [`${erased} approved revision 1 of notes.`, null, null, null],
        ['Ann ran the timelines of revision 1 of notes: all held.', null, null, null],
        ['Bob commented on revision 1 of notes.', 'Is <b>seven</b> enough?', null, null],
        ['Ann submitted revision 1 of notes.', 'why', 'asked for', null],
        ['Ann made the policy notes.', null, null, null],
      ]);
      expect(entries.map(({ tone }) => tone).slice(0, 3)).toEqual(['emergency', 'emergency', 'plain']);
      const published = entries.find(({ ticket }) => ticket !== null);
      expect(published?.rows.map(({ table, revision }) => [table, revision?.number])).toEqual([
        ['simulation_run', 1],
        ['release', 1],
      ]);
    });

    test.each([
      ['kind=emergencies', 2, /emergency/i],
      ['kind=people', 14, /joined|invitation|key|link|erased/i],
      ['kind=releases&environment=production', 3, /emergency|published/i],
      ['kind=reviews&policy=notes', 3, /ran|commented|approved/],
      ['kind=installation', 3, /log began|key|environment/],
      ['kind=sign-ins', 0, /never/],
      ['policy=nowhere', 0, /never/],
      ['person=system', 4, /Latchkey|key|log|link/],
    ])('asked for %s there are %d', async (query, count, all) => {
      const found = await page(people.auditor, query);
      expect(told(found)).toHaveLength(count);
      for (const sentence of told(found)) expect(sentence).toMatch(all);
    });

    test('a person and a time narrow, too, and pages follow each other', async () => {
      const whole = await page(people.auditor);
      const mine = await page(people.auditor, `person=${people.author.id}`);
      expect(told(mine).every((sentence) => sentence.startsWith('Ann'))).toBe(true);
      const middle = whole.entries.at(10)?.at ?? 0;
      const until = await page(people.auditor, `to=${new Date(middle).toISOString()}`);
      const since = await page(people.auditor, `from=${new Date(middle).toISOString().slice(0, -1)}`);
      expect([...since.entries, ...until.entries].map(({ seq }) => seq)).toEqual(whole.entries.map(({ seq }) => seq));
      const second = await page(people.auditor, 'before=4');
      expect(second).toMatchObject({ newest: false, next: null });
      expect(second.entries.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    });

    test.each([
      ['kind=gossip', 400],
      ['from=yesterday', 400],
      ['to=2026-13-45T10:00', 400],
      ['before=-1', 400],
      ['before=1e9', 400],
    ])('%s is no address', async (query, status) => {
      await expect(page(people.auditor, query)).rejects.toMatchObject({ status });
    });

    test('the whole log is for those who audit; the history of a policy is for all, where there is one', async () => {
      await expect(page(people.viewer)).rejects.toMatchObject({ status: 403 });
      await expect(page(people.author)).rejects.toMatchObject({ status: 403 });
      await expect(historyTable(crew, { by: people.author, query: new URLSearchParams() })).rejects.toMatchObject({
        status: 403,
      });
      await expect(page(people.approver)).resolves.toMatchObject({ policy: null });
      await expect(page(people.viewer, '', 'nowhere')).rejects.toMatchObject({ status: 404 });
      // What the address says of another policy does not widen.
      expect(told(await page(people.viewer, 'policy=other', 'notes'))).toHaveLength(10);
    });

    test('a table holds what the pages hold, and no formula', async () => {
      const lines = [];
      for await (const piece of await historyTable(crew, {
        ...{ by: people.auditor, query: new URLSearchParams('kind=releases') },
      })) {
        lines.push(...piece.trimEnd().split('\r\n'));
      }
      const { entries } = await page(people.auditor, 'kind=releases');
      expect(lines).toHaveLength(entries.length + 1);
      expect(lines[0]).toBe('"seq","at","what","words","why","ticket","type","actor","subject","hash"');
      for (const [index, { seq, hash, sentence }] of entries.entries()) {
        expect(lines[index + 1]).toContain(`"${seq}","2026-`);
        expect(lines[index + 1]).toContain(`"${sentence}"`);
        expect(lines[index + 1]).toContain(`"${hash}"`);
      }
    });
  });
});
