import { Draft, type DraftOptions } from '$lib/state/draft.svelte.ts';
import type { DraftRecord, DraftStore } from '$lib/state/drafts.ts';
import { describe, expect, test } from 'vitest';
import { HandSchedule } from './hand-schedule.ts';

const base = { lockVersion: 3, text: 'shared' };

/** A device's store, shared by the tabs of a test; `refusal` makes it refuse everything. */
class Shelf implements DraftStore {
  refusal: Error | null = null;
  record: DraftRecord | null = null;

  async read(): Promise<DraftRecord | null> {
    this.#check();
    return this.record;
  }

  async write(record: DraftRecord, over: string | null): Promise<boolean> {
    this.#check();
    if ((this.record?.stamp ?? null) !== over) return false;
    this.record = record;
    return true;
  }

  async remove(_: string, stamp: string): Promise<boolean> {
    this.#check();
    if (this.record !== null && this.record.stamp !== stamp) return false;
    this.record = null;
    return true;
  }

  async list(): Promise<readonly DraftRecord[]> {
    return this.record === null ? [] : [this.record];
  }

  spill(record: DraftRecord, over: string | null): void {
    this.#check();
    if ((this.record?.stamp ?? null) === over) this.record = record;
  }

  #check(): void {
    if (this.refusal !== null) throw this.refusal;
  }
}

let stamps = 0;

function tab(shelf: Shelf, options: Partial<DraftOptions> = {}): { draft: Draft; hand: HandSchedule } {
  const hand = new HandSchedule();
  const draft = new Draft({
    policy: 'shop',
    base,
    store: shelf,
    schedule: hand.schedule,
    now: () => 1000,
    stamp: () => `stamp-${(stamps += 1)}`,
    ...options,
  });
  return { draft, hand };
}

describe('keeping', () => {
  test('starts with the server’s text and keeps nothing of it', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    expect(await draft.open()).toBe('shared');
    await draft.flush();
    expect(shelf.record).toBeNull();
    expect(draft.state).toEqual({ kind: 'same' });
  });

  test('shows saving, then saved, and keeps the last text with its base', async () => {
    const shelf = new Shelf();
    const { draft, hand } = tab(shelf);
    await draft.open();
    draft.changed('a');
    draft.changed('ab');
    expect(draft.state).toEqual({ kind: 'saving' });
    expect(draft.unsaved).toBe(true);
    expect(hand.waiting).toEqual([250]);
    hand.run();
    await draft.flush();
    expect(draft.state).toEqual({ kind: 'saved', at: 1000 });
    expect(draft.unsaved).toBe(false);
    expect(shelf.record).toMatchObject({ policy: 'shop', text: 'ab', base });
  });

  test('is restored by the next visit', async () => {
    const shelf = new Shelf();
    const first = tab(shelf).draft;
    await first.open();
    first.changed('mine');
    await first.flush();
    const { draft } = tab(shelf);
    expect(await draft.open()).toBe('mine');
    expect(draft.state).toEqual({ kind: 'saved', at: 1000 });
    expect(draft.from).toEqual(base);
  });

  test('ends when the text is the server’s again', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    await draft.open();
    draft.changed('mine');
    await draft.flush();
    draft.changed('shared');
    await draft.flush();
    expect(shelf.record).toBeNull();
    expect(draft.state).toEqual({ kind: 'same' });
  });

  test('remembers what the server had when the text was begun, whatever it has now', async () => {
    const shelf = new Shelf();
    const from = { lockVersion: 2, text: 'older' };
    shelf.record = { policy: 'shop', text: 'mine', base: from, savedAt: 5, stamp: 's' };
    const { draft } = tab(shelf);
    expect(await draft.open()).toBe('mine');
    expect(draft.from).toEqual(from);
    draft.changed('mine, more');
    await draft.flush();
    expect(shelf.record).toMatchObject({ text: 'mine, more', base: from });
  });

  test('ends when the server has the text', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    await draft.open();
    draft.changed('mine');
    await draft.flush();
    draft.rebase({ lockVersion: 4, text: 'mine' });
    await draft.flush();
    expect(shelf.record).toBeNull();
    expect(draft.state).toEqual({ kind: 'same' });
  });

  test('goes on while the server has only a part of it', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    await draft.open();
    draft.changed('mine');
    await draft.flush();
    draft.changed('mine, more');
    draft.rebase({ lockVersion: 4, text: 'mine' });
    await draft.flush();
    expect(shelf.record).toMatchObject({ text: 'mine, more', base: { lockVersion: 4, text: 'mine' } });
  });
});

describe('leaving the page', () => {
  test('keeps what is not kept yet before it is gone', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    await draft.open();
    draft.changed('mine');
    expect(draft.leave()).toBe(true);
    expect(shelf.record?.text).toBe('mine');
  });

  test('writes nothing when all is kept', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    await draft.open();
    expect(draft.leave()).toBe(true);
    expect(shelf.record).toBeNull();
  });

  test('is warned of when the device refuses', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    await draft.open();
    draft.changed('mine');
    shelf.refusal = new Error('no space');
    expect(draft.leave()).toBe(false);
  });
});

describe('a device that refuses', () => {
  test('opens the server’s text and says why', async () => {
    const shelf = new Shelf();
    shelf.refusal = new Error('private window');
    const { draft } = tab(shelf);
    expect(await draft.open()).toBe('shared');
    expect(draft.state).toEqual({ kind: 'failed', why: 'private window' });
  });

  test('counts the text as unsaved until a later try succeeds', async () => {
    const shelf = new Shelf();
    const { draft } = tab(shelf);
    await draft.open();
    shelf.refusal = new Error('no space');
    draft.changed('mine');
    await draft.flush();
    expect(draft.state).toEqual({ kind: 'failed', why: 'no space' });
    expect(draft.unsaved).toBe(true);
    shelf.refusal = null;
    await draft.flush();
    expect(draft.state).toEqual({ kind: 'saved', at: 1000 });
    expect(shelf.record?.text).toBe('mine');
  });
});

describe('two tabs', () => {
  async function clash(): Promise<{ shelf: Shelf; draft: Draft }> {
    const shelf = new Shelf();
    const here = tab(shelf).draft;
    const there = tab(shelf).draft;
    await here.open();
    await there.open();
    there.changed('theirs');
    await there.flush();
    here.changed('mine');
    await here.flush();
    return { shelf, draft: here };
  }

  test('never overwrite each other unasked', async () => {
    const { shelf, draft } = await clash();
    expect(draft.state).toEqual({ kind: 'conflict' });
    expect(draft.leave()).toBe(false);
    draft.changed('mine, more');
    await draft.flush();
    expect(shelf.record?.text).toBe('theirs');
  });

  test('go on with this text when asked to', async () => {
    const { shelf, draft } = await clash();
    await draft.keepMine();
    expect(shelf.record?.text).toBe('mine');
    expect(draft.state.kind).toBe('saved');
  });

  test('go on with the other text when asked to', async () => {
    const { draft } = await clash();
    expect(await draft.takeTheirs()).toBe('theirs');
    expect(draft.state.kind).toBe('saved');
    expect(draft.unsaved).toBe(false);
  });

  test('leave each other’s text alone when the server has this one', async () => {
    const { shelf, draft } = await clash();
    draft.rebase({ lockVersion: 4, text: 'mine' });
    await draft.flush();
    expect(draft.state).toEqual({ kind: 'same' });
    expect(shelf.record?.text).toBe('theirs');
    expect(draft.leave()).toBe(true);
  });
});
