/** The story of a timeline told again, event by event, up to one instant: slow, obvious, and without segments. */
import type { Program, Request } from 'latchkey';
import { readClock, type Reading } from 'latchkey/clock';
import { apply, factsOf, readSession, startSession, type SessionEvent } from 'latchkey/session';
import type { Timeline } from 'latchkey/timeline';

/** The request at `at`, an offset from the start, after all events of that time. */
export function requestBy(program: Program, timeline: Timeline, at: number, capability: string): Request {
  const { start, timeZone, risk, facts: custom, idp } = timeline;
  const { tolerance } = program.policy.clock;
  const facts = timeZone === undefined ? timeline.device : { ...timeline.device, timeZone };
  let session = startSession({ facts, risk, custom });
  let [ahead, mono, boot, asleep, last] = [0, 0, 0, false, 0];
  const reach = (time: number): Reading => {
    if (!asleep) mono += time - last;
    last = time;
    return { wall: start + time + ahead, mono, boot: String(boot) };
  };
  const look = (reading: Reading): ReturnType<typeof readClock> =>
    readClock(session.accounts[session.selected]?.clock, reading, tolerance);
  for (const { at: time, event } of timeline.events.filter((timed) => timed.at <= at)) {
    const before = reach(time);
    if (!asleep) session = readSession(session, before, tolerance).session;
    if (event.type === 'clock-change') ahead += event.delta;
    if (event.type === 'sleep') asleep = true;
    if (event.type === 'wake') asleep = false;
    if (event.type === 'reboot') [mono, boot] = [0, boot + 1];
    const reading = reach(time);
    if (!asleep) session = readSession(session, reading, tolerance).session;
    const { now, provenNow } = look(reading);
    const proven = provenNow === undefined ? {} : { provenNow };
    const occasion = { now, ...proven, reading, confirmedAt: start + time, program };
    session = apply(session, withTokens(event, idp), occasion).session;
  }
  return factsOf(session, look(reach(at)), { capability });
}

function withTokens(
  event: SessionEvent,
  { accessTokenLifetime, refreshIdle, refreshAbsolute }: Timeline['idp'],
): SessionEvent {
  if (event.type !== 'session-established' && event.type !== 'token-refresh') return event;
  const idle = refreshIdle === undefined ? {} : { refreshIdle };
  const absolute = refreshAbsolute === undefined ? {} : { refreshAbsolute };
  return { ...event, tokens: { accessLifetime: accessTokenLifetime, ...idle, ...absolute } };
}
