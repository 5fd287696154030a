/** TimelineDocument → Timeline: times become numbers, and what is not said gets its default. */
import type { Instant, Milliseconds } from '../request.ts';
import type { SessionEvent } from '../session/index.ts';
import { INSTANTS_OF_EVENTS, type TimelineDocument, type WrittenEvent, type WrittenExpectation } from './document.ts';
import type { Expectation, Idp, TimedEvent, Timeline } from './timeline.ts';
import { isFault, readDelta, readInstant, readLength, readWhen, type OrFault } from './when.ts';

const HOUR: Milliseconds = 3_600_000;

/** Throws `TypeError` for a document in which validation would have found a problem. */
export function normalizeTimeline(document: TimelineDocument): Timeline {
  const { title, timeZone, session = {}, device = {}, risk = 'LOW', facts = {}, idp = {}, expect = [] } = document;
  const [policy = '', version] = document.policy.split('@');
  const start = sure(readInstant(document.start));
  const { unlockedAt, ...rest } = device;
  return {
    title,
    policy,
    ...(version === undefined ? {} : { version: Number(version) }),
    start,
    ...(timeZone === undefined ? {} : { timeZone }),
    until: offset(document.until, start),
    session,
    device: unlockedAt === undefined ? rest : { ...rest, unlockedAt: sure(readInstant(unlockedAt)) },
    risk,
    facts,
    idp: normalizeIdp(idp),
    events: document.events.map((event, index) => normalizeEvent(event, index, start, session)),
    expect: expect.map((each, index) => normalizeExpectation(each, index, start)),
  };
}

function normalizeIdp(idp: NonNullable<TimelineDocument['idp']>): Idp {
  const { accessTokenLifetime, refreshIdle, refreshAbsolute, maxActiveTokens } = idp;
  return {
    accessTokenLifetime: accessTokenLifetime === undefined ? HOUR : sure(readLength(accessTokenLifetime)),
    ...(refreshIdle === undefined ? {} : { refreshIdle: sure(readLength(refreshIdle)) }),
    ...(refreshAbsolute === undefined ? {} : { refreshAbsolute: sure(readLength(refreshAbsolute)) }),
    ...(maxActiveTokens === undefined ? {} : { maxActiveTokens }),
  };
}

function normalizeEvent(
  { at, expect, ...event }: WrittenEvent,
  index: number,
  start: Instant,
  session: Timeline['session'],
): TimedEvent {
  return {
    at: offset(at, start),
    event: withPerson(withTimes(event), session) as unknown as SessionEvent,
    path: `/events/${index}`,
    ...(expect === undefined ? {} : { expect }),
  };
}

type Members = Readonly<Record<string, unknown>>;

function withTimes(event: Members): Members {
  const entries = Object.entries(event).map(([key, value]) => {
    if (typeof value !== 'string') return [key, value];
    if (INSTANTS_OF_EVENTS.includes(key)) return [key, sure(readInstant(value))];
    return event['type'] === 'clock-change' && key === 'delta' ? [key, sure(readDelta(value))] : [key, value];
  });
  return Object.fromEntries(entries) as Members;
}

/** A sign-in of somebody else takes no rights from the person the timeline is about. */
function withPerson(event: Members, { iss, tenant, ...own }: Timeline['session']): Members {
  if (event['type'] !== 'session-established') return event;
  const same = event['sub'] === undefined || event['sub'] === own.sub;
  return {
    ...(iss === undefined ? {} : { iss }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(same ? own : {}),
    ...event,
  };
}

function normalizeExpectation(written: WrittenExpectation, index: number, start: Instant): Expectation {
  const { at, from, to, ...rest } = written;
  return {
    ...rest,
    ...(at === undefined ? {} : { at: offset(at, start) }),
    ...(from === undefined ? {} : { from: offset(from, start) }),
    ...(to === undefined ? {} : { to: offset(to, start) }),
    path: `/expect/${index}`,
  };
}

function offset(text: string, start: Instant): Milliseconds {
  const read = sure(readWhen(text, start));
  if (read === undefined) throw new TypeError('not an offset');
  return read;
}

function sure<T>(reading: OrFault<T>): T {
  if (isFault(reading)) throw new TypeError(reading.fault.message);
  return reading;
}
