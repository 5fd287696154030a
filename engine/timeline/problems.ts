/** What is wrong with a timeline that its shape cannot tell: times, their order, and events that cannot happen. */
import { isObject, member } from '../own.ts';
import { pointerTo } from '../json-pointer.ts';
import { quote, type Problem } from '../problem.ts';
import type { Milliseconds } from '../request.ts';
import { isZone } from '../time/zone.ts';
import { confirmationProblems } from './confirmations.ts';
import { entriesOf, INSTANTS_OF_EVENTS, type Entry } from './document.ts';
import { isFault, readDelta, readInstant, readLength, readWhen, type OrFault } from './when.ts';

/** Judges whatever is of the right shape and passes over the rest, which the schema has reported. */
export function timelineProblems(document: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const read = <T>(parent: Entry, key: string, reader: (text: string) => OrFault<T>): T | undefined => {
    const text = member(parent.value, key);
    if (typeof text !== 'string') return undefined;
    const value = reader(text);
    if (!isFault(value)) return value;
    problems.push({ pointer: pointerTo(parent.pointer, key), ...value.fault });
    return undefined;
  };
  const root: Entry = { value: document, pointer: '' };
  const start = read(root, 'start', readInstant);
  const when = (parent: Entry, key: string): Milliseconds | undefined =>
    read(parent, key, (text) => readWhen(text, start));
  const until = when(root, 'until');
  if (until === 0) problems.push(emptyTimeline());
  const events = entriesOf(document, 'events');
  const expectations = entriesOf(document, 'expect');
  readDetails(root, events, read);
  problems.push(...zoneProblems([{ entry: root, key: 'timeZone' }, ...zoneChanges(events)]));
  problems.push(
    ...orderProblems(
      events,
      events.map((event) => when(event, 'at')),
      until,
    ),
  );
  problems.push(...expectations.flatMap((each) => rangeProblems(each, (key) => when(each, key), until)));
  problems.push(...[...expectations, ...attemptsExpected(events)].flatMap(emptyExpectation));
  problems.push(...confirmationProblems(document, events));
  return problems;
}

type Read = <T>(parent: Entry, key: string, reader: (text: string) => OrFault<T>) => T | undefined;

function readDetails(root: Entry, events: readonly Entry[], read: Read): void {
  read({ value: member(root.value, 'device'), pointer: '/device' }, 'unlockedAt', readInstant);
  const idp = { value: member(root.value, 'idp'), pointer: '/idp' };
  // What is no duration at all has been reported with the shape; here only the length counts.
  for (const key of ['accessTokenLifetime', 'refreshIdle', 'refreshAbsolute', 'leeway']) read(idp, key, readLongest);
  for (const event of events) {
    for (const key of INSTANTS_OF_EVENTS) read(event, key, readInstant);
    if (member(event.value, 'type') === 'clock-change') read(event, 'delta', readDelta);
  }
}

function readLongest(text: string): OrFault<Milliseconds> {
  const length = readLength(text);
  return isFault(length) && length.fault.code === 'bad_duration' ? 0 : length;
}

function emptyTimeline(): Problem {
  const message = 'the timeline ends where it starts';
  return { code: 'out_of_range', pointer: '/until', message, help: 'write how long it lasts, such as `9d`' };
}

function orderProblems(
  events: readonly Entry[],
  times: readonly (Milliseconds | undefined)[],
  until: Milliseconds | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  let before = 0;
  events.forEach(({ value, pointer }, index) => {
    const at = times[index];
    if (at === undefined) return;
    const written = quote(String(member(value, 'at')));
    const place = { pointer: `${pointer}/at` };
    if (at < before) {
      const help = 'put the event where its time belongs; events stand in order of time';
      problems.push({
        code: 'event_out_of_order',
        ...place,
        message: `${written} lies before the event above it`,
        help,
      });
    }
    if (until !== undefined && at >= until) {
      const help = 'let the timeline last longer, or leave the event out';
      problems.push({
        code: 'event_after_end',
        ...place,
        message: `${written} is not before the end of the timeline`,
        help,
      });
    }
    before = at;
  });
  return problems;
}

function rangeProblems(
  { value, pointer }: Entry,
  when: (key: string) => Milliseconds | undefined,
  until: Milliseconds | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  const [at, from, to] = [when('at'), when('from'), when('to')];
  for (const [key, time] of [
    ['at', at],
    ['from', from],
    ['to', to],
  ] as const) {
    if (time === undefined || until === undefined || time <= until) continue;
    const message = `${quote(String(member(value, key)))} lies after the end of the timeline`;
    const help = 'let the timeline last longer, or look at an earlier time';
    problems.push({ code: 'out_of_range', pointer: `${pointer}/${key}`, message, help });
  }
  if (from !== undefined && to !== undefined && from > to) {
    const message = 'the range ends before it begins';
    problems.push({ code: 'out_of_range', pointer: `${pointer}/to`, message, help: 'swap `from` and `to`' });
  }
  return problems;
}

function attemptsExpected(events: readonly Entry[]): readonly Entry[] {
  return events.flatMap(({ value, pointer }) => {
    const expect = member(value, 'expect');
    return isObject(expect) ? [{ value: expect, pointer: `${pointer}/expect` }] : [];
  });
}

function emptyExpectation({ value, pointer }: Entry): readonly Problem[] {
  if (!isObject(value)) return [];
  if (['outcome', 'reason', 'obligations'].some((key) => member(value, key) !== undefined)) return [];
  const help = 'add `outcome`, `reason` or `obligations`';
  return [{ code: 'missing_key', pointer, message: 'the expectation expects nothing', help }];
}

interface Zone {
  readonly entry: Entry;
  readonly key: string;
}

function zoneChanges(events: readonly Entry[]): readonly Zone[] {
  return events
    .filter(({ value }) => member(value, 'type') === 'time-zone-change')
    .map((entry) => ({ entry, key: 'to' }));
}

function zoneProblems(zones: readonly Zone[]): readonly Problem[] {
  return zones.flatMap(({ entry, key }) => {
    const zone = member(entry.value, key);
    if (typeof zone !== 'string' || isZone(zone)) return [];
    const message = `${quote(zone)} is not a time zone`;
    const help = 'write an IANA name, such as `Europe/Berlin` or `UTC`';
    return [{ code: 'unknown_zone', pointer: pointerTo(entry.pointer, key), message, help }];
  });
}
