/** The whole simulated device at one time, and what an event makes of it. */
import { readClock, type ClockReading } from '../clock/index.ts';
import type { Program } from '../program.ts';
import type { Instant, Milliseconds } from '../request.ts';
import { apply, readSession, startSession, type Applied, type Session, type SessionEvent } from '../session/index.ts';
import { FIRST_BOOT, moveClocks, readingOf, type DeviceClocks } from './device.ts';
import type { Idp, TimedEvent, Timeline } from './timeline.ts';

export interface Moment {
  readonly start: Instant;
  readonly program: Program;
  readonly session: Session;
  /** The device's own, which no app can store. */
  readonly clocks: DeviceClocks;
}

/** Before the first event: a device of its own, online, with nobody signed in. */
export function firstMoment({ start, device, timeZone, risk, facts }: Timeline, program: Program): Moment {
  const session = startSession({
    facts: { ...device, ...(timeZone === undefined ? {} : { timeZone }) },
    risk,
    custom: facts,
  });
  return { start, program, session, clocks: FIRST_BOOT };
}

/**
 * Readings are stored just before and just after what the event does to the device itself: its clocks, and
 * which of `programs` is active. What it does to the session is for `applied`.
 */
export function readAround(before: Moment, { at, event }: TimedEvent, programs: readonly Program[]): Moment {
  const { start, program, session, clocks } = kept(before, at);
  const moved = moveClocks(clocks, event, at);
  const around = { start, program: activated(program, event, programs), session, clocks: moved };
  // Clocks that nothing moved would be read alike once more.
  return moved === clocks ? around : kept(around, at);
}

/** What the session makes of the event. */
export function applied(moment: Moment, { at, event }: TimedEvent, idp: Idp): Applied {
  const { start, program, session, clocks } = moment;
  const { now, provenNow } = lookAt(moment, at);
  const proven = provenNow === undefined ? {} : { provenNow };
  const reading = readingOf(clocks, start, at);
  return apply(session, withTokens(event, idp), { now, ...proven, reading, confirmedAt: start + at, program });
}

/** The clock guard's answer at a true time no earlier than the moment; nothing is stored by looking. */
export function lookAt({ start, program, session, clocks }: Moment, at: Milliseconds): ClockReading {
  const record = session.accounts[session.selected]?.clock;
  return readClock(record, readingOf(clocks, start, at), program.policy.clock.tolerance);
}

/** Stores a reading, but in sleep, when looking leaves no trace. */
function kept(moment: Moment, at: Milliseconds): Moment {
  const { start, program, session, clocks } = moment;
  if (clocks.asleep) return moment;
  const read = readSession(session, readingOf(clocks, start, at), program.policy.clock.tolerance);
  return { start, program, session: read.session, clocks };
}

function activated(active: Program, event: SessionEvent, programs: readonly Program[]): Program {
  if (event.type !== 'policy-activated') return active;
  const program = programs.find(({ policy }) => policy.version === event.version);
  if (program === undefined) throw new TypeError(`no program of version ${event.version} was given`);
  return program;
}

function withTokens(event: SessionEvent, idp: Idp): SessionEvent {
  if (event.type !== 'session-established' && event.type !== 'token-refresh') return event;
  const { accessTokenLifetime: accessLifetime, refreshIdle, refreshAbsolute } = idp;
  return {
    ...event,
    tokens: {
      accessLifetime,
      ...(refreshIdle === undefined ? {} : { refreshIdle }),
      ...(refreshAbsolute === undefined ? {} : { refreshAbsolute }),
    },
  };
}
