import { readFileSync } from 'node:fs';
import { confirmClock, readClock, type ClockRecord, type Reading } from 'latchkey/clock';
import type { SessionEvent, TokenLifetimes } from 'latchkey/session';
import { describe, expect, test } from 'vitest';
import { duration, programOf, Story } from './story.ts';

interface ClockVector {
  readonly name: string;
  readonly tolerance: number;
  readonly record?: ClockRecord | null;
  readonly steps: readonly {
    readonly reading: Reading;
    readonly confirmedAt?: number;
    readonly expect: { readonly now: number; readonly state: string; readonly provenNow: number | null };
  }[];
}

interface ReducerVector {
  readonly name: string;
  readonly policy: string;
  readonly events: readonly (SessionEvent & { readonly now: number })[];
  readonly expect: {
    readonly facts?: Readonly<Record<string, unknown>>;
    readonly effects?: Readonly<Record<string, number>>;
    readonly decisions?: Readonly<Record<string, readonly [outcome: string, reason: string | null]>>;
  };
}

interface Reducer {
  readonly idp: Readonly<Record<'accessTokenLifetime' | 'refreshIdle' | 'refreshAbsolute', string>>;
  readonly policies: Readonly<Record<string, unknown>>;
  readonly vectors: readonly ReducerVector[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T;
}

const clock = read<{ readonly vectors: readonly ClockVector[] }>('clock');
const reducer = read<Reducer>('reducer');
/** By file: vectors that do not pass yet, with the event or kind each waits for. */
const pending = read<Readonly<Record<string, Readonly<Record<string, string>>>>>('pending');

/** Runs every vector; a pending one must fail, so that the list never says less than the product can. */
function runAll<V extends { readonly name: string }>(
  file: string,
  vectors: readonly V[],
  run: (vector: V) => void,
): void {
  const waiting = pending[file] ?? {};
  describe(`${file} vectors`, () => {
    test.each(vectors.filter(({ name }) => !Object.hasOwn(waiting, name)))('$name', run);
    test.each(vectors.filter(({ name }) => Object.hasOwn(waiting, name)))('pending: $name', (vector) => {
      expect(() => run(vector)).toThrow();
    });
    test('pending names only vectors that exist', () => {
      expect(vectors.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(waiting)));
    });
  });
}

runAll('clock', clock.vectors, ({ record = null, steps, tolerance }) => {
  let kept = record;
  for (const { reading, confirmedAt, expect: wanted } of steps) {
    if (confirmedAt !== undefined) kept = confirmClock(reading, confirmedAt, 0);
    const { now, state, provenNow = null, record: next } = readClock(kept, reading, tolerance);
    expect({ now, state, provenNow }).toEqual(wanted);
    kept = next;
  }
});

runAll('reducer', reducer.vectors, ({ policy, events, expect: wanted }) => {
  const story = new Story(programOf(reducer.policies[policy]), events[0]?.now);
  const effects = events.flatMap(({ now, ...event }) => story.passTo(now).happens(withTokens(event)));
  expect(shortfalls(story.request(''), wanted.facts ?? {}, 'facts')).toEqual([]);
  for (const [type, count] of Object.entries(wanted.effects ?? {}))
    expect(
      effects.filter((effect) => effect.type === type),
      type,
    ).toHaveLength(count);
  for (const [capability, decided] of Object.entries(wanted.decisions ?? {})) {
    const { outcome, reason } = story.decide(capability);
    expect([outcome, reason], capability).toEqual(decided);
  }
});

function withTokens(event: SessionEvent): SessionEvent {
  if (event.type !== 'session-established' && event.type !== 'token-refresh') return event;
  const { accessTokenLifetime, refreshIdle, refreshAbsolute } = reducer.idp;
  const tokens: TokenLifetimes = {
    accessLifetime: duration(accessTokenLifetime),
    refreshIdle: duration(refreshIdle),
    refreshAbsolute: duration(refreshAbsolute),
  };
  return { ...event, tokens };
}

/** Where `actual` lacks what is wanted: objects by the members named, lists in full length, null for absent. */
function shortfalls(actual: unknown, wanted: unknown, path: string): readonly string[] {
  const missed = (): readonly string[] => [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`];
  if (wanted === null) return actual === undefined ? [] : missed();
  if (typeof wanted !== 'object') return Object.is(actual, wanted) ? [] : missed();
  if (Array.isArray(wanted) && (!Array.isArray(actual) || actual.length !== wanted.length)) return missed();
  if (typeof actual !== 'object' || actual === null) return missed();
  return Object.entries(wanted).flatMap(([key, value]) =>
    shortfalls((actual as Record<string, unknown>)[key], value, `${path}/${key}`),
  );
}
