import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakGlass, lookBack, publish } from '$lib/server/changes/index.ts';
import {
  checkedNow,
  comparePage,
  evidencePage,
  exportOf,
  inForcePage,
  integrityTold,
  keyText,
  newestCheckpoint,
  separationPage,
  separationTable,
} from '$lib/server/history/index.ts';
import type { Person } from '$lib/server/person.ts';
import { openCrew, type Crew } from './crew.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment, approve, submitted } from './desk.ts';

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('screens of the history', () => {
    let place: Place;
    let crew: Crew;
    let viewer: Person;
    let approver: Person;
    const at: number[] = [];

    beforeAll(async () => {
      place = await make();
      crew = await openCrew(place);
      const { store, admin } = crew;
      viewer = await crew.join('Vera', 'viewer');
      const author = await crew.join('Ann', 'author');
      approver = await crew.join('Bob', 'approver');
      await addEnvironment(store, 'production');
      await addEnvironment(store, 'staging', 0);
      const one = await submitted(store, 1, 7, author);
      await approve(store, one, approver);
      const said = { environment: 'production', reason: 'asked for', ticket: 'OPS-7' };
      at.push(
        (await publish(store, approver, { ...said, revisionId: one.id, contentHash: one.contentHash })).created_at,
      );
      const two = await submitted(store, 2, 6, author);
      const there = { environment: 'staging', reason: 'to try it', revisionId: two.id, contentHash: two.contentHash };
      at.push((await publish(store, admin, there)).created_at);
      const urgent = { environment: 'production', reason: 'stolen tablets, the limit must go' };
      const release = await breakGlass(store, approver, {
        ...{ ...urgent, revisionId: two.id, contentHash: two.contentHash },
      });
      at.push(release.created_at);
      await lookBack(store, admin, { releaseId: release.id, verdict: 'accept', message: 'It had to be.' });
    });
    afterAll(async () => place.remove());

    const asked = (query = '', by = approver) => ({ by, query: new URLSearchParams(query) });
    const ofNotes = (query = '') => ({ ...asked(query, viewer), policy: 'notes' });
    const iso = (instant: number) => new Date(instant).toISOString();

    test.each([
      ['before the first release', () => (at[0] ?? 0) - 1, [], []],
      ['at the instant of the first', () => at[0] ?? 0, ['v1 Bob'], []],
      ['just before the second', () => (at[1] ?? 0) - 1, ['v1 Bob'], []],
      ['at the second', () => at[1] ?? 0, ['v1 Bob'], ['v2 ']],
      ['at the emergency', () => at[2] ?? 0, ['v2 '], ['v2 ']],
    ])('what was in force %s', async (_, instant, production, staging) => {
      for (const query of [asked(`at=${iso(instant())}`), ofNotes(`at=${iso(instant())}`)]) {
        const page = await inForcePage(crew, query, 0);
        expect(page).toMatchObject({ at: instant(), isNow: false, stops: at });
        const told = page.environments.map(({ id, lines }) => [
          id,
          lines.map(({ version, approvedBy }) => `v${version} ${approvedBy.join()}`),
        ]);
        expect(told).toEqual([
          ['production', production],
          ['staging', staging],
        ]);
      }
    });

    test('without an instant it is what is in force now; a policy lists its releases', async () => {
      const now = await inForcePage(crew, asked(), crew.clock.now);
      expect(now).toMatchObject({ isNow: true, releases: [], policy: null });
      expect(now.environments[0]?.lines[0]).toMatchObject({
        kind: 'break_glass',
        publishedBy: 'Bob',
        seq: 2,
        number: 2,
      });
      const { releases } = await inForcePage(crew, ofNotes(), crew.clock.now);
      expect(releases.map(({ environment, seq, ticket }) => `${environment} ${seq} ${ticket}`)).toEqual([
        ...['production 2 null', 'staging 1 null', 'production 1 OPS-7'],
      ]);
    });

    test('two revisions are compared, the newest two unless others are named', async () => {
      const newest = await comparePage(crew, ofNotes());
      expect(newest.compared).toMatchObject({ before: { number: 1 }, after: { number: 2 }, same: 0 });
      expect(newest).toEqual(await comparePage(crew, ofNotes('a=1&b=2')));
      const lines = newest.compared?.document.parts.flatMap((part) => part.lines) ?? [];
      const changed = lines
        .filter(({ kind }) => kind !== 'same')
        .map(({ kind, text }) => [kind, text.trim().slice(0, 20)]);
      expect(changed).toContainEqual(['removed', '"version": 1,']);
      expect(changed).toContainEqual(['added', '"version": 2,']);
      expect(newest.compared?.timelines.map(({ name, kind }) => [name, kind])).toEqual([['away', 'changed']]);
      const same = await comparePage(crew, ofNotes('a=2&b=2'));
      expect(same.compared).toMatchObject({ document: { kind: 'same', parts: [], left: 0 }, timelines: [], same: 1 });
      await expect(comparePage(crew, ofNotes('a=3'))).rejects.toMatchObject({ status: 404 });
    });

    test('separation of duties names everybody, and tells what breaks the rule from what is good to know', async () => {
      const page = await separationPage(crew, asked());
      expect(page).toMatchObject({ all: 3, breaking: 2, page: 1, pages: 1 });
      const [urgent, alone, good] = page.lines;
      expect(urgent).toMatchObject({ author: 'Ann', approvedBy: [], publishedBy: 'Bob', lookedBackBy: ['Ada'] });
      expect(urgent?.findings).toMatchObject([{ breaks: true }]);
      expect(alone).toMatchObject({ environment: 'staging', publishedBy: 'Ada', findings: [{ breaks: true }] });
      expect(good).toMatchObject({ approvedBy: ['Bob'], publishedBy: 'Bob', findings: [] });

      const breaking = await separationPage(crew, asked('show=breaking&environment=staging'));
      expect(breaking).toMatchObject({ all: 1, breaking: 1, lines: [{ environment: 'staging' }] });
      const table = await separationTable(crew, asked('show=breaking'));
      expect(table).toHaveLength(3);
      expect(table[1]).toContain('"emergency","Ann","","","Bob","Ada"');
      await expect(separationPage(crew, asked('page=0'))).rejects.toMatchObject({ status: 400 });
    });

    test('a check is told while it runs; whoever asks meanwhile hears of the same one', async () => {
      const lines = async (stream: ReadableStream<Uint8Array>) =>
        (await new Response(stream).text()).trimEnd().split('\n');
      const [first, second] = await Promise.all([
        lines(checkedNow(crew.store, approver, 5)),
        lines(checkedNow(crew.store, approver, 6)),
      ]);
      const last = (told: readonly string[]) => JSON.parse(told.at(-1) ?? '') as object;
      expect(last(first)).toMatchObject({ told: { count: 0, checkedAt: 5 } });
      expect(last(second)).toEqual(last(first));
      expect(first.slice(0, -1).map((line) => JSON.parse(line) as object)).toContainEqual({
        progress: { phase: 'rows', checked: expect.any(Number) as number, of: null },
      });
      await expect(integrityTold(crew.store, 6)).resolves.toMatchObject({ checkedAt: 5 });
      // Asked again it is checked again, although nothing was written.
      expect(last(await lines(checkedNow(crew.store, approver, 7)))).toMatchObject({ told: { checkedAt: 7 } });
      await checkedNow(crew.store, approver, 8).cancel();
    });

    test('evidence says what to keep, and hands it out', async () => {
      const page = await evidencePage(crew.store, approver);
      expect(page.keys).toMatchObject([{ text: crew.store.verifierKey, current: true }]);
      const { size, note } = await newestCheckpoint(crew.store, approver);
      expect(page.signed).toBe(size);
      expect(note.split('\n').slice(0, 2)).toEqual([crew.store.log, String(size)]);
      await expect(keyText(crew.store, approver, page.keys[0]?.name ?? '')).resolves.toBe(
        `${crew.store.verifierKey}\n`,
      );
      await expect(keyText(crew.store, approver, 'another')).rejects.toMatchObject({ status: 404 });
    });

    test('only those who audit see more than one policy', async () => {
      const query = asked('', viewer);
      const refused = { status: 403 };
      await expect(inForcePage(crew, query, 0)).rejects.toMatchObject(refused);
      await expect(separationPage(crew, query)).rejects.toMatchObject(refused);
      await expect(separationTable(crew, query)).rejects.toMatchObject(refused);
      await expect(evidencePage(crew.store, viewer)).rejects.toMatchObject(refused);
      await expect(newestCheckpoint(crew.store, viewer)).rejects.toMatchObject(refused);
      await expect(keyText(crew.store, viewer, 'any')).rejects.toMatchObject(refused);
      expect(() => exportOf(crew.store, viewer)).toThrow(expect.objectContaining(refused));
      expect(() => checkedNow(crew.store, viewer, 0)).toThrow(expect.objectContaining(refused));
    });
  });
});
