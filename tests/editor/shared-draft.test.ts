import type { DraftClient, ReadAnswer, SaveAnswer, SharedSave, Unanswered } from '$lib/state/draft-client.ts';
import { statusOf } from '$lib/state/draft-status.ts';
import type { DraftTexts } from '$lib/state/merge-drafts.ts';
import { SharedDraft } from '$lib/state/shared-draft.svelte.ts';
import { sameTexts, textsIn, textsKey, type RevisionTexts, type SharedVersion } from '$lib/state/shared-version.ts';
import { describe, expect, test } from 'vitest';
import { HandSchedule } from './hand-schedule.ts';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
const texts = (value: object, timelines: DraftTexts['timelines'] = []): DraftTexts => ({
  text: json(value),
  timelines,
});
const START = { title: 'Shop', description: 'one', owner: 'two' };

function revision(number: number, value: object): RevisionTexts {
  return { id: `revision-${number}`, number, version: number, ...texts(value) };
}

/** The server's draft, as the rules of `saveDraft` keep it; `trouble` makes it answer nothing else. */
class House implements DraftClient {
  version: SharedVersion = {
    ...{ ...texts(START), lockVersion: 0, base: revision(1, START), newer: null },
    ...{ updatedBy: null, updatedAt: null },
  };
  present: readonly string[] = [];
  trouble: Unanswered | null = null;
  readonly saves: SharedSave[] = [];
  #seen = '';

  async read(): Promise<ReadAnswer> {
    if (this.trouble !== null) return this.trouble;
    this.#seen = this.#told;
    return { kind: 'read', version: this.version, present: this.present };
  }

  async look(): Promise<ReadAnswer> {
    return this.#seen === this.#told ? { kind: 'same' } : this.read();
  }

  get #told(): string {
    return JSON.stringify([this.version, this.present]);
  }

  async save(save: SharedSave): Promise<SaveAnswer> {
    if (this.trouble !== null) return this.trouble;
    if (save.lockVersion !== this.version.lockVersion) return { kind: 'stale' };
    this.saves.push(save);
    const { base, newer } = this.version;
    const from = save.baseRevision === undefined ? { base, newer } : { base: newer, newer: null };
    return this.put({ ...from, text: save.text, timelines: save.timelines }, 'Ann');
  }

  async discard(lockVersion: number): Promise<SaveAnswer> {
    if (this.trouble !== null) return this.trouble;
    if (lockVersion !== this.version.lockVersion) return { kind: 'stale' };
    const base = this.version.newer ?? this.version.base;
    return this.put({ base, newer: null, ...texts(START), ...base }, 'Ann');
  }

  put(version: Partial<SharedVersion>, by: string): SaveAnswer & { kind: 'kept' } {
    const lockVersion = this.version.lockVersion + 1;
    this.version = { ...this.version, ...version, lockVersion, updatedBy: by, updatedAt: 1 };
    return { kind: 'kept', lockVersion };
  }
}

/** Somebody at work; `editor` is what they see. */
class Somebody {
  readonly hand = new HandSchedule();
  readonly shared: SharedDraft;
  editor: DraftTexts;
  heard: SharedVersion | null = null;

  constructor(house: House, mayEdit = true) {
    this.editor = house.version;
    this.shared = new SharedDraft({
      ...{ known: house.version, client: house, schedule: this.hand.schedule, now: () => 1, mayEdit },
      apply: (merged) => (this.editor = merged),
      heard: (version) => (this.heard = version),
    });
  }

  types(value: object | string): void {
    this.editor = { ...this.editor, text: typeof value === 'string' ? value : json(value) };
    this.shared.changed(this.editor);
  }

  /** Runs every timer that is set, until none is; a server that stays away would go on for ever. */
  async waits(): Promise<void> {
    for (let turns = 0; this.hand.waiting.length > 0 && turns < 5; turns += 1) {
      this.hand.run();
      await this.shared.flush();
    }
  }

  get value(): unknown {
    return JSON.parse(this.editor.text) as unknown;
  }
}

describe('alone', () => {
  test('what is typed is on the server after a pause, once', async () => {
    const house = new House();
    const ann = new Somebody(house);
    ann.types({ ...START, title: 'Sho' });
    ann.types({ ...START, title: 'Shops' });
    expect(ann.shared.state).toEqual({ kind: 'saving' });
    expect(ann.hand.waiting).toEqual([800]);
    await ann.waits();
    expect(ann.shared.state).toEqual({ kind: 'shared' });
    expect(house.saves).toHaveLength(1);
    expect(house.version.text).toBe(json({ ...START, title: 'Shops' }));
    expect(ann.heard?.lockVersion).toBe(1);
  });

  test('nothing is sent where nothing changed', async () => {
    const house = new House();
    const ann = new Somebody(house);
    ann.types({ ...START, title: 'Sho' });
    ann.types(START);
    await ann.waits();
    expect(house.saves).toEqual([]);
    expect(ann.shared.state).toEqual({ kind: 'shared' });
  });

  test('timelines are saved with the policy', async () => {
    const house = new House();
    const ann = new Somebody(house);
    ann.shared.changed({ text: house.version.text, timelines: [{ name: 'day', text: '{}' }] });
    await ann.waits();
    expect(house.version.timelines).toEqual([{ name: 'day', text: '{}' }]);
  });

  test('a server that is away is tried again, ever less often, and what was typed arrives', async () => {
    const house = new House();
    const ann = new Somebody(house);
    house.trouble = { kind: 'unreachable' };
    ann.types({ ...START, title: 'Shops' });
    const waits: unknown[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await ann.shared.flush();
      expect(ann.shared.state).toEqual({ kind: 'offline' });
      waits.push(...ann.hand.waiting);
    }
    expect(waits).toEqual([2000, 5000, 15_000, 30_000, 30_000]);
    house.trouble = null;
    await ann.waits();
    expect(ann.shared.state).toEqual({ kind: 'shared' });
    expect(house.version.text).toBe(json({ ...START, title: 'Shops' }));
  });

  test('a refusal is said and not tried again unasked', async () => {
    const house = new House();
    const ann = new Somebody(house);
    house.trouble = { kind: 'refused', status: 401, why: 'Sign in first.' };
    ann.types({ ...START, title: 'Shops' });
    await ann.waits();
    expect(ann.shared.state).toEqual({ kind: 'refused', why: 'Sign in first.', signIn: true });
    expect(ann.hand.waiting).toEqual([]);
    house.trouble = null;
    await ann.shared.flush();
    expect(ann.shared.state).toEqual({ kind: 'shared' });
  });

  test('who may not edit tries things out, and nothing is sent', async () => {
    const house = new House();
    const vic = new Somebody(house, false);
    vic.types({ ...START, title: 'Mine' });
    await vic.shared.flush();
    expect(house.saves).toEqual([]);
    expect(vic.shared.state).toEqual({ kind: 'private' });
    await vic.shared.discard();
    expect(vic.value).toEqual(START);
  });
});

describe('two at once', () => {
  test('changes in different places are both kept, for both', async () => {
    const house = new House();
    const [ann, bob] = [new Somebody(house), new Somebody(house)];
    ann.types({ ...START, title: 'Shops' });
    bob.types({ ...START, owner: 'bob' });
    await ann.waits();
    await bob.waits();
    const both = { ...START, title: 'Shops', owner: 'bob' };
    expect(bob.value).toEqual(both);
    expect(bob.shared.met).toEqual({ by: 'Ann' });
    await ann.shared.look();
    expect(ann.value).toEqual(both);
    expect(JSON.parse(house.version.text)).toEqual(both);
    for (const each of [ann, bob]) expect(each.shared.state).toEqual({ kind: 'shared' });
  });

  test('who comes and goes is seen, and is no change of the draft', async () => {
    const house = new House();
    const ann = new Somebody(house);
    expect(ann.shared.present).toEqual([]);
    house.present = ['Bob'];
    await ann.shared.look();
    expect(ann.shared.present).toEqual(['Bob']);
    await ann.shared.look();
    expect(ann.shared.present).toEqual(['Bob']);
    house.trouble = { kind: 'unreachable' };
    house.present = [];
    await ann.shared.look();
    house.trouble = null;
    expect(ann.shared.present, 'nobody knows of any change').toEqual(['Bob']);
    await ann.shared.look();
    expect(ann.shared.present).toEqual([]);
    expect(ann.shared.met).toBeNull();
    expect(house.saves).toEqual([]);
  });

  test('what is typed while a save is under way is not lost', async () => {
    const house = new House();
    const ann = new Somebody(house);
    ann.types({ ...START, title: 'Shop 1' });
    const saving = ann.shared.flush();
    ann.types({ ...START, title: 'Shop 12' });
    await saving;
    expect(ann.shared.state).toEqual({ kind: 'saving' });
    await ann.waits();
    expect(JSON.parse(house.version.text)).toEqual({ ...START, title: 'Shop 12' });
  });

  async function clash() {
    const house = new House();
    const [ann, bob] = [new Somebody(house), new Somebody(house)];
    ann.types({ ...START, title: 'Ann’s', owner: 'ann' });
    await ann.waits();
    bob.types({ ...START, title: 'Bob’s', description: 'bob' });
    await bob.waits();
    return { house, ann, bob };
  }

  test('the same place is asked about, and nothing is overwritten meanwhile', async () => {
    const { house, bob } = await clash();
    expect(bob.shared.state).toMatchObject({ kind: 'conflict', clashes: [{ pointer: '/title' }] });
    expect(JSON.parse(house.version.text)).toMatchObject({ title: 'Ann’s' });
    expect(bob.value).toMatchObject({ title: 'Bob’s' });
    expect(house.saves).toHaveLength(1);
  });

  test.each([
    ['mine', 'Bob’s'],
    ['theirs', 'Ann’s'],
  ] as const)('choosing %s keeps that, and everything else of both', async (side, title) => {
    const { house, bob } = await clash();
    bob.shared.resolve({ 'policy/title': side });
    await bob.waits();
    expect(bob.shared.state).toEqual({ kind: 'shared' });
    expect(JSON.parse(house.version.text)).toEqual({ title, description: 'bob', owner: 'ann' });
  });

  test('a clash that is typed away is gone', async () => {
    const { house, bob } = await clash();
    bob.types({ ...START, title: 'Shop', description: 'bob' });
    await bob.waits();
    expect(bob.shared.state).toEqual({ kind: 'shared' });
    expect(JSON.parse(house.version.text)).toEqual({ title: 'Ann’s', description: 'bob', owner: 'ann' });
  });

  test('a clash follows what is saved meanwhile', async () => {
    const { ann, bob } = await clash();
    ann.types({ ...START, title: 'Bob’s', owner: 'ann' });
    await ann.waits();
    await bob.shared.look();
    expect(bob.shared.state).not.toMatchObject({ kind: 'conflict' });
    await bob.waits();
    expect(bob.value).toEqual({ title: 'Bob’s', description: 'bob', owner: 'ann' });
  });

  test('half-typed text is never merged into: it waits until it can be read', async () => {
    const house = new House();
    const [ann, bob] = [new Somebody(house), new Somebody(house)];
    ann.types({ ...START, title: 'Ann’s' });
    await ann.waits();
    bob.types('{ "title": ');
    await bob.waits();
    expect(bob.shared.state).toMatchObject({ kind: 'conflict' });
    expect(bob.editor.text).toBe('{ "title": ');
    bob.types({ ...START, owner: 'bob' });
    await bob.waits();
    expect(bob.value).toEqual({ ...START, title: 'Ann’s', owner: 'bob' });
  });

  test('discarding what somebody else has just changed is not done', async () => {
    const house = new House();
    const [ann, bob] = [new Somebody(house), new Somebody(house)];
    ann.types({ ...START, title: 'Ann’s' });
    await ann.waits();
    expect(await bob.shared.discard()).toBe(false);
    expect(bob.value).toMatchObject({ title: 'Ann’s' });
    expect(await bob.shared.discard()).toBe(true);
    expect(bob.value).toEqual(START);
  });
});

describe('what a device kept', () => {
  test('is merged with what was saved meanwhile, from where it began', async () => {
    const house = new House();
    house.put({ ...texts({ ...START, owner: 'ann' }) }, 'Ann');
    const bob = new Somebody(house);
    bob.editor = texts({ ...START, title: 'Bob’s' });
    bob.shared.start(bob.editor, texts(START));
    await bob.waits();
    expect(JSON.parse(house.version.text)).toEqual({ ...START, title: 'Bob’s', owner: 'ann' });
    expect(bob.value).toEqual(JSON.parse(house.version.text));
  });

  test('keeps where it began while a clash is open and others go on', async () => {
    const house = new House();
    house.put({ ...texts({ ...START, title: 'Ann’s', owner: 'ann' }) }, 'Ann');
    const bob = new Somebody(house);
    bob.editor = texts({ ...START, title: 'Bob’s' });
    bob.shared.start(bob.editor, texts(START));
    expect(bob.shared.state).toMatchObject({ kind: 'conflict' });
    house.put({ ...texts({ ...START, title: 'Ann’s', owner: 'ann', description: 'ann' }) }, 'Ann');
    await bob.shared.look();
    bob.shared.resolve({ 'policy/title': 'mine' });
    await bob.waits();
    expect(JSON.parse(house.version.text)).toEqual({ title: 'Bob’s', owner: 'ann', description: 'ann' });
  });
});

test('a newer revision is brought in, and the draft is made from it from then on', async () => {
  const house = new House();
  house.put({ ...texts({ ...START, title: 'Shops' }), newer: revision(2, { ...START, owner: 'new' }) }, 'Ann');
  const ann = new Somebody(house);
  ann.shared.bringIn();
  await ann.waits();
  expect(JSON.parse(house.version.text)).toEqual({ ...START, title: 'Shops', owner: 'new' });
  expect(house.saves[0]?.baseRevision).toBe('revision-2');
  expect(ann.shared.known).toMatchObject({ base: { number: 2 }, newer: null });
});

test('texts are the same whatever the order of timelines, and come back out of one text', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ name, text: name }));
  const some = { text: 'x', timelines: [a, b].filter((each) => each !== undefined) };
  expect(sameTexts(some, { ...some, timelines: some.timelines.toReversed() })).toBe(true);
  expect(sameTexts(some, { ...some, timelines: [] })).toBe(false);
  expect(textsIn(textsKey(some))).toEqual(some);
  for (const other of ['', 'null', '{"title":"a policy"}', '{"text":1,"timelines":[]}']) {
    expect(textsIn(other)).toBeNull();
  }
});

test.each([
  ['same', 'shared', false, 'published'],
  ['same', 'shared', true, 'saved'],
  ['failed', 'shared', true, 'saved'],
  ['conflict', 'shared', true, 'saved'],
  ['saved', 'saving', true, 'saving'],
  ['conflict', 'saving', true, 'saving'],
  ['failed', 'saving', true, 'failed'],
  ['saved', 'offline', true, 'offline'],
  ['conflict', 'offline', true, 'tabs'],
  ['failed', 'offline', true, 'failed'],
  ['same', 'private', false, 'published'],
  ['saved', 'private', true, 'private'],
  ['saved', 'refused', true, 'refused'],
  ['saved', 'conflict', true, 'conflict'],
] as const)('%s on the device and %s on the server (changed: %s) is %s', (device, shared, changed, status) => {
  const states = { at: 0, why: '', signIn: false, clashes: [] };
  expect(statusOf({ ...states, kind: device }, { ...states, kind: shared }, changed)).toBe(status);
});
